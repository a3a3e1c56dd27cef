// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace passerelle::report {

using CsvTable = std::vector<std::vector<std::string>>;

/// Reads RFC 4180 strictly: lines end in CR LF, a quote stands only around a cell or doubled in it. Throws
/// std::runtime_error for anything else.
[[nodiscard]] CsvTable read_csv(std::string_view text, char separator);

} // namespace passerelle::report
