// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/journal/text_search.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <sqlite3.h>
#include <utf8proc.h>

namespace passerelle::journal {
namespace {

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
}

bool contains_lowered(std::string_view text, std::string_view wanted) {
    const auto same = [](char letter, char lowered) { return lower(letter) == lowered; };
    return wanted.empty() || std::search(text.begin(), text.end(), wanted.begin(), wanted.end(), same) != text.end();
}

std::string_view text_of(sqlite3_value* value) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return text == nullptr ? std::string_view()
                           : std::string_view(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
}

void contains_text(sqlite3_context* context, int, sqlite3_value** values) {
    const auto text = text_of(values[0]);
    const auto wanted = text_of(values[1]);
    // Most names are ASCII: nothing has to be copied for them.
    const bool found =
        is_ascii(text) ? contains_lowered(text, wanted) : searchable(text).find(wanted) != std::string::npos;
    sqlite3_result_int(context, found ? 1 : 0);
}

} // namespace

std::string searchable(std::string_view text) {
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

void add_text_search(sqlite3* database) {
    sqlite3_create_function(database, "contains_text", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, &contains_text,
                            nullptr, nullptr);
}

} // namespace passerelle::journal
