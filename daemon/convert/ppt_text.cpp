// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/ppt_text.hpp"

#include "daemon/convert/legacy_text.hpp"
#include "daemon/convert/little_endian.hpp"

namespace passerelle::convert {

std::string PptText::words() const {
    std::string kept;
    for (std::size_t at = 0; at + 2 <= utf16.size(); at += 2) {
        if (!fields.contains(static_cast<std::uint32_t>(at / 2))) kept.append(utf16, at, 2);
    }
    return utf8_from_utf16(kept);
}

void PptTexts::read(PptStream& stream, const PptRecord& record) {
    if (record.type == Ppt::text_header) texts.emplace_back();
    if (texts.empty()) return;
    PptText& text = texts.back();
    switch (record.type) {
    case Ppt::text_wide:
        text.utf16 = stream.text(record);
        return;
    case Ppt::text_narrow:
        text.utf16.clear();
        for (const char byte : stream.text(record)) {
            text.utf16.push_back(byte);
            text.utf16.push_back('\0');
        }
        return;
    case Ppt::slide_number_field:
    case Ppt::date_field:
    case Ppt::generic_date_field:
    case Ppt::header_field:
    case Ppt::footer_field:
    case Ppt::rtf_date_field:
        text.fields.insert(u32_at(stream.bytes(record, 4), 0));
        return;
    case Ppt::interaction:
        if (is_link(stream, record)) ++text.links;
        return;
    default:
        return;
    }
}

bool is_link(PptStream& stream, const PptRecord& interaction) {
    constexpr char kFollowsLink = 4;
    constexpr char kFirstOutside = 8;
    constexpr char kLastOutside = 10;
    const auto atom = stream.child(interaction, Ppt::interaction_atom);
    if (!atom || interaction.instance != 0) return false; // 1: when the pointer passes over it
    const std::string fields = stream.bytes(*atom, 16);   // [MS-PPT] 2.8.3 InteractiveInfoAtom
    return fields.size() == 16 && fields[8] == kFollowsLink && fields[12] >= kFirstOutside &&
           fields[12] <= kLastOutside;
}

} // namespace passerelle::convert
