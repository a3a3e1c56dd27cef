// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/office_art.hpp"

#include "daemon/convert/legacy_text.hpp"
#include "daemon/convert/little_endian.hpp"

#include <algorithm>

namespace passerelle::convert {

OfficeArtProperties read_properties(std::string_view bytes, std::size_t count) {
    constexpr std::size_t kEach = 6;
    constexpr std::uint16_t kMeaning = 0x3FFF;
    constexpr std::uint16_t kStandsBehind = 0x8000; // the number is then the length of what stands behind all of them
    constexpr std::uint16_t kWordArt = 0x00C0;
    constexpr std::uint16_t kWordArtFlags = 0x00FF;
    constexpr std::uint16_t kPicture = 0x0104;
    constexpr std::uint16_t kTable = 0x039F;
    constexpr std::uint32_t kIsWordArt = 0x4000;

    OfficeArtProperties found;
    bool is_word_art = false;
    count = std::min(count, bytes.size() / kEach);
    std::string_view behind = bytes.substr(count * kEach);
    for (std::size_t at = 0; at < count * kEach; at += kEach) {
        const std::uint16_t meaning = u16_at(bytes, at) & kMeaning;
        const std::uint32_t value = u32_at(bytes, at + 2);
        if (meaning == kPicture && value != 0) found.has_picture = true;
        if (meaning == kTable && (value & 1) != 0) found.is_table = true;
        if (meaning == kWordArtFlags && (value & kIsWordArt) != 0) is_word_art = true;
        if ((u16_at(bytes, at) & kStandsBehind) == 0) continue;
        if (meaning == kWordArt) found.word_art = utf8_from_utf16(behind.substr(0, value));
        behind.remove_prefix(std::min<std::size_t>(value, behind.size()));
    }
    // A zero ends the text.
    found.word_art.resize(is_word_art ? std::min(found.word_art.find('\0'), found.word_art.size()) : 0);
    return found;
}

std::string word_art_in(std::string_view drawing) {
    constexpr std::size_t kHeaderBytes = 8;
    constexpr std::uint16_t kContainer = 0xF;
    constexpr std::uint16_t kProperties = 0xF00B;
    std::string text;
    for (std::size_t at = 0; at + kHeaderBytes <= drawing.size();) {
        const std::uint16_t version = u16_at(drawing, at);
        const std::uint16_t type = u16_at(drawing, at + 2);
        const std::uint32_t length = u32_at(drawing, at + 4);
        at += kHeaderBytes;
        if ((version & 0xF) == kContainer) continue; // what it holds is read as if it stood beside it
        if (length > drawing.size() - at) break;
        if (type == kProperties) text += read_properties(drawing.substr(at, length), version >> 4).word_art + '\n';
        at += length;
    }
    return text;
}

} // namespace passerelle::convert
