// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace passerelle::fakes {

/// Writes JSON as PHP's json_encode() does: ASCII only, slashes escaped, the order of the keys kept.
[[nodiscard]] inline std::string php_json(const nlohmann::ordered_json& value) {
    std::string text;
    for (const char character : value.dump(-1, ' ', true)) {
        if (character == '/') text += '\\';
        text += character;
    }
    return text;
}

} // namespace passerelle::fakes
