// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"

#include <filesystem>

namespace passerelle::convert {

/// LibreOffice without a user interface (Debian's -nogui packages) lacks the descriptions of Writer's windows. Nobody
/// would see those windows, but LibreOfficeKit gives each document a view, and the view a window to each comment: over
/// the missing description the whole document fails to load.
///
/// Where that is so, makes `folder`: links to all of what is installed around `program` (LibreOffice's program
/// folder), and beside them what is missing. Answers the program folder to start LibreOffice from: the one in
/// `folder`, or `program` itself where nothing is missing. Errors: `convert.unavailable`.
[[nodiscard]] Result<std::filesystem::path> complete_installation(const std::filesystem::path& program,
                                                                  const std::filesystem::path& folder);

} // namespace passerelle::convert
