// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cctype>
#include <string_view>

namespace passerelle::service {

/// Whether one text stands in the other, ASCII letters without regard to case.
[[nodiscard]] inline bool contains_without_case(std::string_view text, std::string_view wanted) {
    const auto lower = [](char letter) { return std::tolower(static_cast<unsigned char>(letter)); };
    const auto same = [&](char one, char other) { return lower(one) == lower(other); };
    return wanted.empty() || std::search(text.begin(), text.end(), wanted.begin(), wanted.end(), same) != text.end();
}

} // namespace passerelle::service
