// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"

#include <optional>
#include <stop_token>
#include <string>

namespace passerelle::jobs {

/// The file at `path`, if it has these bytes already; nothing where there is none or another one. Two questions at
/// most: size first, and the digest, for which the server reads the file, only where the size agrees.
[[nodiscard]] Result<std::optional<nextcloud::Uploaded>> find_stored_copy(nextcloud::Nextcloud& server,
                                                                          const std::string& path, std::uint64_t size,
                                                                          const std::string& sha256,
                                                                          const std::stop_token& stop);

} // namespace passerelle::jobs
