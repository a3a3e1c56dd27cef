// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/dav/endpoint.hpp"
#include "client/dav/types.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

namespace passerelle::dav {

/// Writes a large file in chunks under `upload_id`; a call with the same id sends only the chunks that the server does
/// not have. Overwrites as little as put() does: `target.exists`, `target.changed`; but a file of the same bytes that
/// stands there already is what an earlier call with this id wrote. `on_chunk` hears the bytes that the server holds so
/// far. Errors also: `upload.hash_mismatch`, and `upload.interrupted` when the server has lost chunks (it forgets them
/// after a day) (both retryable).
[[nodiscard]] Result<Uploaded> put_chunked(const Endpoint& endpoint, const FileUpload& file,
                                           const std::string& upload_id,
                                           const std::function<void(std::uint64_t)>& on_chunk, std::stop_token stop);

} // namespace passerelle::dav
