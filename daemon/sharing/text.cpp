// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/text.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <utf8proc.h>

namespace passerelle::sharing {
namespace {

/// What cp1252 has at 0x80 to 0x9f; elsewhere it is Latin-1.
constexpr std::array<utf8proc_int32_t, 32> kCp1252{0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                                   0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
                                                   0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                                   0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};

const utf8proc_uint8_t* bytes_of(std::string_view text) {
    return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

/// The length of the first character; 0 where the text starts with no UTF-8.
std::size_t first_length(std::string_view text) {
    utf8proc_int32_t character = -1;
    const auto used = utf8proc_iterate(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &character);
    return used > 0 ? static_cast<std::size_t>(used) : 0;
}

std::string mapped(std::string_view text, int flags) {
    utf8proc_uint8_t* buffer = nullptr;
    const auto length = utf8proc_map(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &buffer,
                                     static_cast<utf8proc_option_t>(flags));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(buffer, &std::free);
    if (length < 0) return std::string(text);
    return {reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(length)};
}

/// What separates words: ASCII punctuation of that kind, the no-break spaces and the typographic apostrophe.
std::size_t separator_length(std::string_view text) {
    const auto c = static_cast<unsigned char>(text.front());
    if (c <= ' ' || c == '-' || c == '_' || c == '\'' || c == 0x7f) return 1;
    for (const std::string_view other : {"\u00a0", "\u202f", "\u2019", "\u2010", "\u2011", "\ufeff"})
        if (text.starts_with(other)) return other.size();
    return 0;
}

} // namespace

std::string lower_ascii(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
}

std::string folded(std::string_view text) {
    const bool ascii = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    const auto plain =
        ascii ? lower_ascii(text)
              : mapped(text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
    std::string words;
    for (std::string_view rest = plain; !rest.empty();) {
        if (const auto length = separator_length(rest); length > 0) {
            if (!words.empty() && words.back() != ' ') words += ' ';
            rest.remove_prefix(length);
        } else {
            words += rest.front();
            rest.remove_prefix(1);
        }
    }
    if (words.ends_with(' ')) words.pop_back();
    return words;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n\v\f";
    const auto first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

std::string cleaned(std::string_view text, std::size_t max_bytes) {
    std::string clean;
    for (text = trimmed(text); !text.empty();) {
        const auto length = first_length(text);
        if (clean.size() + std::max<std::size_t>(length, 1) > max_bytes) break;
        const auto c = static_cast<unsigned char>(text.front());
        if (length == 0)
            clean += '?';
        else if (c < 0x20 || c == 0x7f)
            clean += ' ';
        else
            clean += text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return std::string(trimmed(clean));
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto length = first_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string from_cp1252(std::string_view text) {
    std::string utf8;
    utf8.reserve(text.size() + text.size() / 8);
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        utf8proc_uint8_t encoded[4];
        const utf8proc_int32_t character = byte >= 0x80 && byte < 0xa0 ? kCp1252[byte - 0x80] : byte;
        const auto size = utf8proc_encode_char(character, encoded);
        utf8.append(reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size));
    }
    return utf8;
}

std::string composed(std::string_view text) {
    const bool surely = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0xcc; });
    return surely ? std::string(text) : mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

} // namespace passerelle::sharing
