// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/sheet_headers.hpp"

#include "daemon/convert/word_list.hpp"

#include <algorithm>

namespace passerelle::convert {
namespace {

constexpr std::size_t kLongestHeader = 4096; // Excel takes 255 characters
constexpr std::string_view kFields = "PNDT"; // page, pages, date, time
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

void count_sheet_header(Census& census, std::string_view text) {
    const std::size_t words_before = census.running.words().size();
    add_sheet_header(census.running, text);
    bool fills_itself = false;
    for (std::size_t at = text.find('&'); at != std::string_view::npos && at + 1 < text.size();
         at = text.find('&', at + 2))
        fills_itself = fills_itself || kFields.find(text[at + 1]) != std::string_view::npos;
    if (fills_itself) census.facts.add(Fact::fields);
    if (census.running.words().size() > words_before) census.facts.add(Fact::headers);
}

void SheetHeaders::start(std::string_view name, const XmlAttributes& attributes) {
    const auto is_on = [&](std::string_view attribute) {
        const auto value = attributes.get(attribute);
        return value == "1" || value == "true";
    };
    if (name == "x:headerFooter") {
        has_even_pages_ = is_on("differentOddEven");
        has_first_page_ = is_on("differentFirst");
    }
    is_open_ = name == "x:oddHeader" || name == "x:oddFooter" ||
               (has_even_pages_ && (name == "x:evenHeader" || name == "x:evenFooter")) ||
               (has_first_page_ && (name == "x:firstHeader" || name == "x:firstFooter"));
    text_.clear();
}

void SheetHeaders::end(std::string_view) {
    if (is_open_) count_sheet_header(census_, text_);
    is_open_ = false;
}

void SheetHeaders::text(std::string_view piece) {
    if (is_open_ && text_.size() + piece.size() <= kLongestHeader) text_ += piece;
}

} // namespace passerelle::convert
