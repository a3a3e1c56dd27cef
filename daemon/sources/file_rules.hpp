// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/sources/source.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace passerelle::sources {

[[nodiscard]] std::string lower_ascii(std::string_view text);

/// What follows the last slash.
[[nodiscard]] std::string_view name_of_path(std::string_view path);
/// What stands before the last slash; empty at the top.
[[nodiscard]] std::string_view folder_of_path(std::string_view path);
[[nodiscard]] std::string join_path(std::string_view folder, std::string_view name);

/// ".docx" with its dot, if the name ends in something that looks like an extension (1 to 8 letters or digits after a
/// dot that is not the first character); empty otherwise.
[[nodiscard]] std::string_view extension_of(std::string_view name);
[[nodiscard]] std::string_view stem_of(std::string_view name);

/// Files that only a system or Dropbox itself has a use for: desktop.ini, Thumbs.db, .DS_Store, "Icon\r", .dropbox,
/// .dropbox.attr.
[[nodiscard]] bool is_system_file(std::string_view name);

/// Bytes that a file of this name may have to be a mere link to an online document (.gdoc, .paper and their kin); 0: no
/// such name.
[[nodiscard]] std::uint64_t stub_limit(std::string_view name);

/// The link in such a file, or nothing if the content does not look like one.
[[nodiscard]] std::optional<std::string> stub_link(std::string_view name, std::string_view content);

/// Marks what a file's name and place alone say: system files, conflicted copies, shared spaces.
void apply_file_rules(Item& item);

} // namespace passerelle::sources
