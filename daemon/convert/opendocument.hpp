// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace passerelle::convert {

/// What keeps `file` from being an OpenDocument of `format` ("odt", "ods", "odp"), in a few words for the log; nothing
/// when it is one: its type stands first and uncompressed, and its content is well-formed.
[[nodiscard]] std::optional<std::string> check_opendocument(const std::filesystem::path& file,
                                                            const std::string& format);

} // namespace passerelle::convert
