// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/dav/endpoint.hpp"
#include "client/dav/types.hpp"
#include "core/result.hpp"

#include <stop_token>

namespace passerelle::dav {

/// Writes a new file in one request and compares the digest of what was stored. Never overwrites: `target.exists`. A
/// file whose digest differs is taken away again: `upload.hash_mismatch` (retryable).
[[nodiscard]] Result<Uploaded> put(const Endpoint& endpoint, const FileUpload& file, std::stop_token stop);

} // namespace passerelle::dav
