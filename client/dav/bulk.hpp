// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/dav/endpoint.hpp"
#include "client/dav/types.hpp"
#include "core/result.hpp"

#include <span>
#include <stop_token>
#include <vector>

namespace passerelle::dav {

/// Writes several files in one request, one outcome a file in their order. The server compares each file's digest. It
/// overwrites silently and makes no parents. A file that the batch could not bring has `upload.not_in_batch`
/// (retryable): sent alone it arrives, or tells why it cannot. Error of the whole: the request's own.
[[nodiscard]] Result<std::vector<Result<Uploaded>>> put_bulk(const Endpoint& endpoint,
                                                             std::span<const FileUpload> files, std::stop_token stop);

} // namespace passerelle::dav
