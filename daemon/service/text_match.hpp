// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cctype>
#include <string_view>

namespace passerelle::service {

/// Whether one text stands in the other, ASCII letters without regard to case.
[[nodiscard]] inline bool contains_without_case(std::string_view text, std::string_view wanted) {
    const auto lower = [](char letter) { return std::tolower(static_cast<unsigned char>(letter)); };
    return !std::ranges::search(text, wanted, {}, lower, lower).empty() || wanted.empty();
}

} // namespace passerelle::service
