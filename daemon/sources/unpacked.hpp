// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <filesystem>

namespace passerelle::sources {

/// True for the folder "Takeout" of an unpacked Takeout, told by the page at its root or by Drive's folder.
[[nodiscard]] bool is_unpacked_takeout_root(const std::filesystem::path& folder);

/// True if the zip's directory begins with the entry "/", as those of Dropbox's web page do.
[[nodiscard]] bool begins_with_root_entry(const std::filesystem::path& zip);

} // namespace passerelle::sources
