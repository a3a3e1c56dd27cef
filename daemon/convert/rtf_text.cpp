// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/rtf_text.hpp"

#include "daemon/convert/legacy_text.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace passerelle::convert {
namespace {

constexpr std::size_t kMostFonts = 10'000;
constexpr std::size_t kLongestName = 100;

/// What \fcharset stands for; the default charset (1) is the document's own and not among them.
constexpr std::array<std::pair<std::int32_t, std::uint16_t>, 19> kCharsets = {{
    {0, 1252},
    {2, kSymbolCodePage},
    {128, 932},
    {129, 949},
    {130, 1361},
    {134, 936},
    {136, 950},
    {161, 1253},
    {162, 1254},
    {163, 1258},
    {177, 1255},
    {178, 1256},
    {186, 1257},
    {204, 1251},
    {222, 874},
    {238, 1250},
    {254, 437},
    {255, 850},
}};

} // namespace

void RtfFonts::begin(std::int32_t number) {
    const bool has_room = fonts_.size() < kMostFonts || fonts_.contains(number);
    open_ = has_room ? &(fonts_[number] = Font{}) : nullptr;
}

void RtfFonts::set_charset(std::int32_t charset) {
    for (const auto& [known, code_page] : kCharsets)
        if (open_ && known == charset) open_->code_page = code_page;
}

void RtfFonts::set_code_page(std::int32_t code_page) {
    if (open_ && code_page > 0 && code_page <= std::numeric_limits<std::uint16_t>::max())
        open_->code_page = static_cast<std::uint16_t>(code_page);
}

void RtfFonts::add_to_name(char byte) {
    if (!open_ || open_->is_complete) return;
    if (byte == ';')
        open_->is_complete = true;
    else if (open_->name.size() < kLongestName)
        open_->name.push_back(byte);
}

std::uint16_t RtfFonts::code_page(std::int32_t number, std::uint16_t otherwise) const {
    const auto font = fonts_.find(number);
    return font == fonts_.end() || font->second.code_page == 0 ? otherwise : font->second.code_page;
}

std::string RtfFonts::name(std::int32_t number) const {
    const auto font = fonts_.find(number);
    return font == fonts_.end() ? "" : utf8_from_code_page(font->second.name, font->second.code_page);
}

std::string utf8_from_rtf(std::string_view bytes, std::uint16_t code_page) {
    if (code_page == kSymbolCodePage) {
        std::string symbols;
        for (const char byte : bytes) {
            symbols.push_back(byte);
            symbols.push_back(byte == ' ' ? '\0' : '\xF0');
        }
        return utf8_from_utf16(symbols);
    }
    const bool is_ascii = std::none_of(bytes.begin(), bytes.end(), [](unsigned char byte) { return byte >= 0x80; });
    return is_ascii ? std::string(bytes) : utf8_from_code_page(bytes, code_page);
}

} // namespace passerelle::convert
