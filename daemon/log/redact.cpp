// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/log/redact.hpp"

#include <algorithm>
#include <array>

namespace passerelle::log {

namespace {

constexpr std::string_view kHidden = "(hidden)";

struct Marker {
    std::string_view word;   ///< lower case
    std::string_view ending; ///< the characters that end the value
};

// A header's value goes to the end of its line; a form's, a query's or a JSON text's to its next sign.
constexpr std::array<Marker, 7> kMarkers{{
    {"authorization", "\r\n\""},
    {"cookie", "\r\n\""},
    {"password", " \t\r\n&\",;}"},
    {"passwd", " \t\r\n&\",;}"},
    {"secret", " \t\r\n&\",;}"},
    {"token", " \t\r\n&\",;}"},
    {"bearer", " \t\r\n&\",;}"},
}};

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return result;
}

void hide_user_information(std::string& text) {
    constexpr std::string_view kScheme = "://";
    for (auto at = text.find(kScheme); at != std::string::npos; at = text.find(kScheme, at)) {
        at += kScheme.size();
        const auto end = std::min(text.find_first_of("/?# \t\r\n\"'<>", at), text.size());
        const auto sign = std::string_view(text).substr(at, end - at).rfind('@');
        if (sign != std::string_view::npos) text.erase(at, sign + 1);
    }
}

/// Where the value begins that a marker's word announces: after "=", ":" or, for "Bearer x", a space; npos where none
/// does.
std::size_t value_after(std::string_view text, std::size_t word_end, const Marker& marker) {
    auto at = text.find_first_not_of("\"' \t", word_end);
    if (at == std::string_view::npos) return at;
    if (text[at] == '=' || text[at] == ':') return text.find_first_not_of("\"' \t", at + 1);
    return marker.word == "bearer" && at > word_end ? at : std::string_view::npos;
}

void hide_values(std::string& text, const Marker& marker) {
    auto plain = lower(text);
    for (auto at = plain.find(marker.word); at != std::string::npos; at = plain.find(marker.word, at)) {
        at += marker.word.size();
        const auto value = value_after(text, at, marker);
        if (value == std::string_view::npos) continue;
        const auto end = std::min(text.find_first_of(marker.ending, value), text.size());
        text.replace(value, end - value, kHidden);
        plain.replace(value, end - value, kHidden);
        at = value + kHidden.size();
    }
}

} // namespace

std::string redacted(std::string_view text) {
    std::string result(text);
    hide_user_information(result);
    for (const auto& marker : kMarkers)
        hide_values(result, marker);
    return result;
}

} // namespace passerelle::log
