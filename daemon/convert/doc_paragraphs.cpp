// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/doc_paragraphs.hpp"

#include "daemon/convert/little_endian.hpp"

#include <algorithm>
#include <utility>

namespace passerelle::convert {
namespace {

constexpr std::size_t kPageBytes = 512;

// [MS-DOC] 2.6.2 and 2.6.3: properties of paragraphs and of tables.
constexpr std::uint16_t kInTable = 0x2416;
constexpr std::uint16_t kRowEnd = 0x2417;
constexpr std::uint16_t kOutlineLevel = 0x2640;
constexpr std::uint16_t kList = 0x460B;
constexpr std::uint16_t kElsewhere = 0x6646; // the properties stand in another stream
constexpr std::array<std::uint16_t, 8> kFrame = {0x8418, 0x8419, 0x841A, 0x261B, 0x442B, 0x940E, 0x940F, 0x360D};

constexpr std::uint16_t kLastHeadingStyle = 9; // [MS-DOC] 2.9.271: the first ten styles are fixed
constexpr unsigned char kBodyLevel = 9;
constexpr std::uint16_t kListsEnd = 0x07FF;

constexpr char16_t kCellEnd = 0x07;
constexpr char16_t kSectionEnd = 0x0C;
constexpr char16_t kParagraphEnd = 0x0D;
constexpr char16_t kFieldBegin = 0x13;
constexpr char16_t kFieldEnd = 0x15;
constexpr char16_t kSpace = 0x20;
constexpr char16_t kFixedSpace = 0xA0;

} // namespace

std::optional<DocParagraphs> DocParagraphs::read(const DocFile& doc) {
    constexpr std::uint32_t kPageNumber = 0x3FFFFF;
    const auto pages = doc.table(DocTable::paragraph_pages);
    if (!pages) return std::nullopt;
    const std::size_t count = pages->size() < 4 ? 0 : (pages->size() - 4) / 8;
    if (count == 0 || count > doc.text_size() / kPageBytes) return std::nullopt;
    DocParagraphs paragraphs;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t number = u32_at(*pages, 4 * (count + 1) + 4 * i) & kPageNumber;
        if (!paragraphs.read_page(doc.text_bytes(std::uint64_t{number} * kPageBytes, kPageBytes))) return std::nullopt;
    }
    std::sort(paragraphs.runs_.begin(), paragraphs.runs_.end(),
              [](const Run& left, const Run& right) { return left.begin < right.begin; });
    return paragraphs;
}

/// [MS-DOC] 2.9.175 PapxFkp.
bool DocParagraphs::read_page(std::string_view page) {
    constexpr std::size_t kReferenceBytes = 13;
    if (page.size() < kPageBytes) return false;
    const std::size_t count = static_cast<unsigned char>(page.back());
    if (4 * (count + 1) + kReferenceBytes * count >= kPageBytes) return false;
    bool understood = true;
    for (std::size_t i = 0; i < count; ++i) {
        const auto byte = [&](std::size_t at) { return std::size_t{static_cast<unsigned char>(page[at])}; };
        const std::size_t at = 2 * byte(4 * (count + 1) + kReferenceBytes * i);
        Run run;
        if (at != 0 && at + 2 < kPageBytes) {
            const bool is_even = byte(at) == 0; // then the length stands in the byte behind
            run = is_even ? properties(page.substr(at + 2, 2 * byte(at + 1)), understood)
                          : properties(page.substr(at + 1, 2 * byte(at) - 1), understood);
        }
        run.begin = u32_at(page, 4 * i);
        run.end = u32_at(page, 4 * i + 4);
        runs_.push_back(run);
    }
    return understood;
}

DocParagraphs::Run DocParagraphs::properties(std::string_view style_and_properties, bool& understood) {
    Run run;
    if (style_and_properties.size() < 2) return run;
    const std::uint16_t style = u16_at(style_and_properties, 0);
    run.is_heading = style > 0 && style <= kLastHeadingStyle;
    each_sprm(style_and_properties.substr(2), [&](const Sprm& sprm) {
        const auto first = static_cast<unsigned char>(sprm.operand[0]);
        if (sprm.code == kInTable) run.is_in_table = first != 0;
        if (sprm.code == kRowEnd) run.is_row_end = first != 0;
        if (sprm.code == kOutlineLevel) run.is_heading = first < kBodyLevel;
        if (sprm.code == kList) run.is_in_list = u16_at(sprm.operand, 0) > 0 && u16_at(sprm.operand, 0) < kListsEnd;
        if (sprm.code == kElsewhere) understood = false;
        if (std::find(kFrame.begin(), kFrame.end(), sprm.code) != kFrame.end()) run.is_framed = true;
    });
    return run;
}

const DocParagraphs::Run* DocParagraphs::at(std::uint32_t offset) const {
    const auto after = std::upper_bound(runs_.begin(), runs_.end(), offset,
                                        [](std::uint32_t place, const Run& run) { return place < run.begin; });
    if (after == runs_.begin() || offset >= std::prev(after)->end) return nullptr;
    return &*std::prev(after);
}

void DocParagraphs::count(const DocFile& doc, DocRange range, Census& census) const {
    bool has_text = false; // of its own: what fields show may be empty in the result
    bool is_in_table = false;
    std::uint64_t in_row = 0; // paragraphs that are a text box's if the table is
    std::size_t fields = 0;
    doc.each_place(range, [&](const DocPlace& place) {
        if (place.character == kFieldBegin) ++fields;
        if (place.character == kFieldEnd && fields > 0) --fields;
        if (place.character > kSpace && place.character != kFixedSpace && fields == 0 && !place.is_deleted)
            has_text = true;
        if (place.character != kParagraphEnd && place.character != kCellEnd && place.character != kSectionEnd) return;
        const Run* run = at(place.offset);
        if (!run) return;
        if (run->is_row_end) {
            if (!run->is_framed) census.facts.add(Fact::paragraphs, in_row);
            if (!std::exchange(is_in_table, true)) census.facts.add(Fact::tables);
            in_row = 0;
        } else if (!run->is_in_table) {
            is_in_table = false;
        }
        const bool counts = std::exchange(has_text, false) && !run->is_framed && !place.is_deleted;
        if (!counts) return;
        if (run->is_in_table)
            ++in_row;
        else
            census.facts.add(Fact::paragraphs);
        if (run->is_heading)
            census.facts.add(Fact::headings);
        else if (run->is_in_list)
            census.facts.add(Fact::lists);
    });
}

} // namespace passerelle::convert
