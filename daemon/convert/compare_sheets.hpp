// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"
#include "daemon/convert/census.hpp"

#include <vector>

namespace passerelle::convert {

/// What differs in the cells: texts, values, formulas and their results. Where both sides know the addresses of cells
/// the first few are named, else the parameter `cells` is "?".
[[nodiscard]] std::vector<Reason> sheet_differences(const std::vector<SheetCensus>& before,
                                                    const std::vector<SheetCensus>& after);

} // namespace passerelle::convert
