// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/dav/endpoint.hpp"
#include "client/dav/types.hpp"
#include "core/result.hpp"

#include <stop_token>

namespace passerelle::dav {

/// Writes a file in one request and compares the digest of what was stored. Where it replaces nothing it never
/// overwrites: `target.exists`; where it replaces a state, only that one: `target.changed`. A file whose digest differs
/// is `upload.hash_mismatch` (retryable), and taken away again where it is new.
[[nodiscard]] Result<Uploaded> put(const Endpoint& endpoint, const FileUpload& file, std::stop_token stop);

} // namespace passerelle::dav
