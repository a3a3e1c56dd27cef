// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace passerelle::exports {

/// Text as it stands in HTML and XML, in attributes too.
[[nodiscard]] inline std::string escaped(std::string_view text) {
    std::string markup;
    for (const char byte : text) {
        switch (byte) {
        case '&':
            markup += "&amp;";
            break;
        case '<':
            markup += "&lt;";
            break;
        case '>':
            markup += "&gt;";
            break;
        case '"':
            markup += "&quot;";
            break;
        case '\'':
            markup += "&#39;";
            break;
        default:
            markup += byte;
        }
    }
    return markup;
}

} // namespace passerelle::exports
