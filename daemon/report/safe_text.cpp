// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/safe_text.hpp"

#include <fmt/format.h>
#include <iterator>
#include <utf8proc.h>

namespace passerelle::report {
namespace {

constexpr std::string_view kReplacement = "\ufffd";

bool misleads(utf8proc_int32_t character) {
    return (character >= 0x202a && character <= 0x202e) || // embeddings and overrides of direction
           (character >= 0x2066 && character <= 0x2069) || // isolates
           character == 0x2028 || character == 0x2029 || character == 0xfeff;
}

/// No character at all, and forbidden in XML.
bool is_noncharacter(utf8proc_int32_t character) {
    return character == 0xfffe || character == 0xffff;
}

void append_utf8(std::string& text, utf8proc_int32_t character) {
    utf8proc_uint8_t bytes[4];
    const auto size = utf8proc_encode_char(character, bytes);
    text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

void append_visible(std::string& text, utf8proc_int32_t character) {
    if (character < 0x20)
        append_utf8(text, 0x2400 + character);
    else if (character == 0x7f)
        append_utf8(text, 0x2421);
    else if ((character >= 0x80 && character < 0xa0) || misleads(character) || is_noncharacter(character))
        fmt::format_to(std::back_inserter(text), "‹U+{:04X}›", character);
    else
        append_utf8(text, character);
}

bool is_formula(std::string_view text) {
    return !text.empty() && std::string_view("=+-@").find(text.front()) != std::string_view::npos;
}

std::string quoted(std::string text, char separator) {
    if (text.find_first_of(std::string("\"\r\n") + separator) == std::string::npos) return text;
    std::string cell = "\"";
    for (const char letter : text) {
        if (letter == '"') cell += '"';
        cell += letter;
    }
    return cell + '"';
}

} // namespace

std::string visible(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    for (std::size_t at = 0; at < text.size();) {
        utf8proc_int32_t character = -1;
        const auto used = utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &character);
        if (used <= 0) {
            shown += kReplacement;
            ++at;
            continue;
        }
        append_visible(shown, character);
        at += static_cast<std::size_t>(used);
    }
    return shown;
}

std::string html_text(std::string_view text) {
    std::string escaped;
    for (const char letter : visible(text)) {
        switch (letter) {
        case '&':
            escaped += "&amp;";
            break;
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        case '\'':
            escaped += "&#39;";
            break;
        default:
            escaped += letter;
        }
    }
    return escaped;
}

std::string csv_text(std::string_view text, char separator) {
    auto shown = visible(text);
    if (is_formula(shown)) shown.insert(0, 1, '\'');
    return quoted(std::move(shown), separator);
}

std::string rooted_path(std::string_view path) {
    return path.empty() ? std::string() : "/" + visible(path);
}

std::string csv_path(std::string_view path, char separator) {
    return quoted(rooted_path(path), separator);
}

} // namespace passerelle::report
