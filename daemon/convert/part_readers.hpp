// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/census.hpp"
#include "daemon/convert/package.hpp"

#include <string>

namespace passerelle::convert {

/// Adds the text of a DrawingML part (a diagram, the drawings on a sheet) to `words`. False when it cannot be read.
[[nodiscard]] bool read_drawing_text(const Package& package, const std::string& part, WordList& words);

/// Counts what the drawings on a sheet hold: text boxes into the asides, pictures, charts. False when it cannot be
/// read.
[[nodiscard]] bool read_sheet_drawing(const Package& package, const std::string& part, Census& census);

} // namespace passerelle::convert
