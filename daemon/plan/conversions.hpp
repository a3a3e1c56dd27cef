// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/plan/plan.hpp"

#include <string>
#include <string_view>

namespace passerelle::plan {

/// Whether documents of this OpenDocument format ("odt") are to be made.
[[nodiscard]] bool is_chosen(std::string_view format, const ConvertChoice& choice);

/// True for a name like "Budget.xlsm" in a family that is to be converted: its macros would be lost, so it stays as it
/// is.
[[nodiscard]] bool keeps_macros(const std::string& name, const ConvertChoice& choice);

} // namespace passerelle::plan
