// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/journal/text_search.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <sqlite3.h>
#include <utf8proc.h>

namespace passerelle::journal {
namespace {

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// What searchable() makes of any text; some microseconds for a name.
std::string folded_by_utf8proc(std::string_view text) {
    utf8proc_uint8_t* mapped = nullptr;
    const auto length = utf8proc_map(
        reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &mapped,
        static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(mapped, &std::free);
    if (length >= 0) return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length)};
    std::string bytes(text);
    std::ranges::transform(bytes, bytes.begin(), lower);
    return bytes;
}

// The letters of European names, each folded on its own, and the accents that stand behind theirs.
constexpr unsigned kFirstLetter = 0xC0, kEndOfLetters = 0x180;
constexpr unsigned kFirstAccent = 0x300, kEndOfAccents = 0x370;
constexpr unsigned kGreekIota = 0x345; // among the accents, and folded into a letter

std::string two_bytes(unsigned codepoint) {
    return {static_cast<char>(0xC0 | (codepoint >> 6)), static_cast<char>(0x80 | (codepoint & 0x3F))};
}

const std::array<std::string, kEndOfLetters - kFirstLetter>& folded_letters() {
    static const auto letters = [] {
        std::array<std::string, kEndOfLetters - kFirstLetter> folded;
        for (unsigned letter = kFirstLetter; letter < kEndOfLetters; ++letter)
            folded[letter - kFirstLetter] = folded_by_utf8proc(two_bytes(letter));
        return folded;
    }();
    return letters;
}

/// As searchable(), into a text whose room is used again; false, and nothing of use, where a sign is of no such name.
bool fold_names(std::string_view text, std::string& folded) {
    const auto& letters = folded_letters();
    folded.clear();
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x80) {
            folded += lower(text[at]);
            continue;
        }
        if (byte < 0xC2 || byte > 0xDF || at + 1 == text.size()) return false;
        const auto next = static_cast<unsigned char>(text[++at]);
        const unsigned codepoint = (byte & 0x1FU) << 6 | (next & 0x3FU);
        if ((next & 0xC0U) != 0x80) return false;
        if (codepoint >= kFirstAccent && codepoint < kEndOfAccents && codepoint != kGreekIota) continue;
        if (codepoint < kFirstLetter || codepoint >= kEndOfLetters) return false;
        folded += letters[codepoint - kFirstLetter];
    }
    return true;
}

std::string_view text_of(sqlite3_value* value) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return text == nullptr ? std::string_view()
                           : std::string_view(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
}

void contains_text(sqlite3_context* context, int, sqlite3_value** values) {
    thread_local std::string folded; // a hundred thousand names are looked through at once
    const auto text = text_of(values[0]);
    if (!fold_names(text, folded)) folded = folded_by_utf8proc(text);
    sqlite3_result_int(context, folded.find(text_of(values[1])) != std::string::npos ? 1 : 0);
}

} // namespace

std::string searchable(std::string_view text) {
    std::string folded;
    return fold_names(text, folded) ? folded : folded_by_utf8proc(text);
}

void add_text_search(sqlite3* database) {
    sqlite3_create_function(database, "contains_text", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, &contains_text,
                            nullptr, nullptr);
}

} // namespace passerelle::journal
