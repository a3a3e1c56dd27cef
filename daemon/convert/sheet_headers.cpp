// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/sheet_headers.hpp"

#include "daemon/convert/word_list.hpp"

#include <algorithm>

namespace passerelle::convert {
namespace {

constexpr std::string_view kDigits = "0123456789";

/// How much of the text after a `&` belongs to the code.
std::size_t code_length(std::string_view text) {
    constexpr std::size_t kColour = 7; // K and six characters
    std::size_t end = 1;
    if (text.front() == '"') {
        end = text.find('"', 1);
        return end == std::string_view::npos ? text.size() : end + 1;
    }
    if (text.front() == 'K') end = kColour;
    if (kDigits.find(text.front()) != std::string_view::npos) end = text.find_first_not_of(kDigits);
    return std::min(end, text.size());
}

} // namespace

void add_sheet_header(WordList& words, std::string_view text) {
    constexpr std::string_view kPlaces = "LCR";
    while (!text.empty()) {
        const std::size_t code = text.find('&');
        words.add(text.substr(0, code));
        if (code == std::string_view::npos) break;
        text.remove_prefix(code + 1);
        if (text.empty()) break;
        if (text.front() == '&') words.add("&");
        if (kPlaces.find(text.front()) != std::string_view::npos) words.end_word();
        text.remove_prefix(code_length(text));
    }
    words.end_word();
}

} // namespace passerelle::convert
