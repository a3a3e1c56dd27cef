// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/dav/endpoint.hpp"
#include "client/dav/types.hpp"
#include "core/result.hpp"

#include <span>
#include <stop_token>
#include <vector>

namespace passerelle::dav {

/// Writes several files, and makes folders (entries without content), through the companion app's endpoint
/// (docs/api/ingest.yaml); one outcome an entry in their order. Makes parents and never overwrites, so that the same
/// request may be sent again when its answer was lost: what stands there with the same bytes counts as brought. An
/// entry that the batch could not bring has `upload.not_in_batch` (retryable): sent alone it arrives, or tells why it
/// cannot; so has each where the app refuses them all (403). Error of the whole: the request's own.
[[nodiscard]] Result<std::vector<Result<Uploaded>>> put_ingest(const Endpoint& endpoint,
                                                               std::span<const FileUpload> files, std::stop_token stop);

} // namespace passerelle::dav
