// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/dav/endpoint.hpp"
#include "client/dav/types.hpp"
#include "core/result.hpp"

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

/// Whether an upload arrived whose answer was lost: a file of its path, its size and its SHA-256 is there. The server
/// hashes the stored bytes for it, and only where the size agrees.
namespace passerelle::dav {

[[nodiscard]] Result<std::optional<Uploaded>> find_same(const Endpoint& endpoint, const FileUpload& file,
                                                        std::stop_token stop);

/// The same for a batch, in its order: one listing a folder instead of one question a file.
[[nodiscard]] Result<std::vector<std::optional<Uploaded>>>
find_same(const Endpoint& endpoint, std::span<const FileUpload> files, std::stop_token stop);

} // namespace passerelle::dav
