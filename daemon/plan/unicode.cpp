// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/plan/unicode.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <utf8proc.h>

namespace passerelle::plan::unicode {

namespace {

bool all_bytes_below(unsigned char bound, std::string_view text) {
    return std::ranges::all_of(text, [bound](char c) { return static_cast<unsigned char>(c) < bound; });
}

bool is_ascii(std::string_view text) {
    return all_bytes_below(0x80, text);
}

/// UTF-8 up to U+02FF has no byte from 0xCC on: nothing there combines with its neighbour, and all of it is in form C.
/// That is every name in a Latin script whose letters were not taken apart.
bool is_surely_nfc(std::string_view text) {
    return all_bytes_below(0xCC, text);
}

const utf8proc_uint8_t* bytes_of(std::string_view text) {
    return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

struct CodePoint {
    std::size_t bytes;
    utf8proc_int32_t value; ///< negative: no UTF-8, one byte long
};

CodePoint first_of(std::string_view text) {
    utf8proc_int32_t value = -1;
    const auto length = utf8proc_iterate(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &value);
    if (length <= 0) return {1, -1};
    return {static_cast<std::size_t>(length), value};
}

/// Names are short: they are mapped in place on the stack, which takes half the time of utf8proc_map.
std::string mapped(std::string_view text, int flags) {
    const auto options = static_cast<utf8proc_option_t>(flags);
    const auto bytes = static_cast<utf8proc_ssize_t>(text.size());
    std::array<utf8proc_int32_t, 512>
        points; // NOLINT(cppcoreguidelines-pro-type-member-init): written before it is read
    const auto room = static_cast<utf8proc_ssize_t>(points.size()) - 1; // reencode ends the text with a zero byte
    const auto count = utf8proc_decompose(bytes_of(text), bytes, points.data(), room, options);
    if (count >= 0 && count <= room) {
        const auto length = utf8proc_reencode(points.data(), count, options);
        return {reinterpret_cast<const char*>(points.data()),
                static_cast<std::size_t>(std::max<utf8proc_ssize_t>(length, 0))};
    }
    utf8proc_uint8_t* buffer = nullptr;
    const auto length = utf8proc_map(bytes_of(text), bytes, &buffer, options);
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(buffer, &std::free);
    if (length < 0) return std::string(text);
    return {reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(length)};
}

} // namespace

std::string repaired(std::string_view text, std::string_view replacement) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const auto point = first_of(text);
        result += point.value < 0 ? replacement : text.substr(0, point.bytes);
        text.remove_prefix(point.bytes);
    }
    return result;
}

std::string nfc(std::string_view text) {
    if (is_surely_nfc(text)) return std::string(text);
    return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string case_key(std::string_view text) {
    if (!is_ascii(text)) return mapped(text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD);
    std::string key(text);
    std::ranges::transform(key, key.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return key;
}

std::size_t front_bytes(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text.size();
    std::size_t at = 0;
    std::size_t whole_points = 0;
    std::size_t whole_characters = 0;
    utf8proc_int32_t before = 0;
    utf8proc_int32_t state = 0;
    while (at <= limit) {
        const auto point = first_of(text.substr(at));
        if (at == 0 || utf8proc_grapheme_break_stateful(before, point.value, &state)) whole_characters = at;
        whole_points = at;
        before = point.value;
        at += point.bytes;
    }
    return whole_characters > 0 ? whole_characters : whole_points;
}

std::u32string decoded(std::string_view text) {
    std::u32string points;
    points.reserve(text.size());
    while (!text.empty()) {
        const auto point = first_of(text);
        points += point.value < 0 ? static_cast<char32_t>(static_cast<unsigned char>(text.front()))
                                  : static_cast<char32_t>(point.value);
        text.remove_prefix(point.bytes);
    }
    return points;
}

} // namespace passerelle::plan::unicode
