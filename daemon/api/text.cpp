// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/text.hpp"

#include <algorithm>
#include <charconv>
#include <regex>
#include <utf8proc.h>

namespace passerelle::api {
namespace {

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

std::optional<char> hexadecimal(std::string_view digits) {
    unsigned value = 0;
    const auto* end = digits.data() + digits.size();
    const auto [at, error] = std::from_chars(digits.data(), end, value, 16);
    if (digits.size() != 2 || error != std::errc() || at != end) return std::nullopt;
    return static_cast<char>(value);
}

} // namespace

bool same_without_case(std::string_view one, std::string_view other) {
    return std::ranges::equal(one, other, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view take_until(std::string_view& rest, char mark) {
    const auto at = rest.find(mark);
    const auto taken = rest.substr(0, at);
    rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
    return taken;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || text.front() == '-' || error != std::errc() || at != end) return std::nullopt;
    return number;
}

bool is_time(std::string_view text) {
    static const std::regex kTime(R"(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d))");
    return text.empty() || std::regex_match(text.begin(), text.end(), kTime);
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%') {
            const auto byte = hexadecimal(text.substr(at + 1, 2));
            if (!byte) return std::nullopt;
            decoded += *byte;
            at += 2;
        } else {
            decoded += plus_is_space && text[at] == '+' ? ' ' : text[at];
        }
    }
    if (!is_plain_text(decoded)) return std::nullopt;
    return decoded;
}

bool is_plain_text(std::string_view text) {
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0) {
        utf8proc_int32_t character = 0;
        const auto bytes = utf8proc_iterate(at, left, &character);
        if (bytes <= 0 || character < 0x20 || character == 0x7f) return false;
        at += bytes;
        left -= bytes;
    }
    return true;
}

} // namespace passerelle::api
