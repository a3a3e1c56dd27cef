// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/dav/endpoint.hpp"
#include "client/dav/types.hpp"
#include "core/result.hpp"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

/// Asking about files and folders, and the acts on them that carry no content. Errors besides those named: the
/// transport's and those of dav::refusal().
namespace passerelle::dav {

/// Nothing when there is no such path.
[[nodiscard]] Result<std::optional<RemoteEntry>> find(const Endpoint& endpoint, const std::string& path,
                                                      std::stop_token stop);

/// What lies directly in a folder; nothing when there is no such folder.
[[nodiscard]] Result<std::optional<std::vector<RemoteEntry>>> list(const Endpoint& endpoint, const std::string& folder,
                                                                   std::stop_token stop);

/// The SHA-256 of the bytes as they are stored now: the server reads them again, and keeps the digest as the file's
/// checksum.
[[nodiscard]] Result<std::string> stored_sha256(const Endpoint& endpoint, const std::string& path,
                                                std::stop_token stop);

/// An existing folder is fine; an existing file is `target.exists`.
[[nodiscard]] Result<void> make_folder(const Endpoint& endpoint, const std::string& path, std::stop_token stop);

/// Errors: `target.missing`, and `target.properties_refused` when the server kept one of them as it was.
[[nodiscard]] Result<void> set_properties(const Endpoint& endpoint, const std::string& path,
                                          const Properties& properties, std::stop_token stop);

/// Gives a file another path in the account, whose folder must exist, and answers it as it is there. Only the very
/// state that has this etag is moved, otherwise `target.changed`; never overwrites: `target.exists` (both conflict).
/// Also `target.missing`.
[[nodiscard]] Result<RemoteEntry> move(const Endpoint& endpoint, const std::string& from, const std::string& to,
                                       const std::string& etag, std::stop_token stop);

/// What is not there is fine. With an `etag` only that very state is removed, otherwise `target.changed`.
[[nodiscard]] Result<void> remove(const Endpoint& endpoint, const std::string& path, std::stop_token stop,
                                  const std::string& etag = {});

} // namespace passerelle::dav
