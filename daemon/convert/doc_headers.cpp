// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/doc_headers.hpp"

#include "daemon/convert/little_endian.hpp"

namespace passerelle::convert {
namespace {

/// [MS-DOC] 2.8.26 PlcfSed: the properties of each section. Whether its first page has headers of its own.
std::vector<bool> sections_with_title_page(const DocFile& doc, std::string_view table) {
    constexpr std::size_t kSectionBytes = 12;
    constexpr std::uint16_t kTitlePage = 0x300A;
    const std::size_t count = table.size() < 4 ? 0 : (table.size() - 4) / (4 + kSectionBytes);
    std::vector<bool> sections;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t offset = u32_at(table, 4 * (count + 1) + kSectionBytes * i + 2);
        bool has_title_page = false;
        // An offset of all ones, behind the end of every stream, means a section without properties.
        const std::string_view properties =
            doc.text_bytes(std::uint64_t{offset} + 2, u16_at(doc.text_bytes(offset, 2), 0));
        each_sprm(properties, [&](const Sprm& sprm) {
            if (sprm.code == kTitlePage) has_title_page = sprm.operand[0] != 0;
        });
        sections.push_back(has_title_page);
    }
    return sections;
}

} // namespace

/// [MS-DOC] 2.3.3: six stories of the lines above notes, then for each section the headers of even and odd pages, the
/// footers of even and odd pages, the header and the footer of the first page.
std::optional<std::vector<DocRange>> headers_in_use(const DocFile& doc) {
    constexpr std::size_t kStories = 6;
    constexpr std::array<bool, kStories> kOfEvenPages = {true, false, true, false, false, false};
    constexpr std::array<bool, kStories> kOfFirstPage = {false, false, false, false, true, true};
    const auto stories = doc.table(DocTable::header_stories);
    const auto sections = doc.table(DocTable::sections);
    const auto properties = doc.table(DocTable::document_properties);
    if (!stories || !sections || !properties) return std::nullopt;
    const bool has_even_pages = (u16_at(*properties, 0) & 1) != 0; // [MS-DOC] 2.7.2 DopBase: fFacingPages
    const DocRange part = doc.part(DocPart::headers);

    std::vector<DocRange> headers;
    std::size_t number = kStories;
    std::uint32_t reached = 0;
    for (const bool has_title_page : sections_with_title_page(doc, *sections)) {
        for (std::size_t kind = 0; kind < kStories; ++kind, ++number) {
            if (4 * number + 8 > stories->size()) return headers; // sections behind the last header
            const DocRange story{u32_at(*stories, 4 * number), u32_at(*stories, 4 * number + 4)};
            if (story.begin < reached || story.end < story.begin || story.end > part.end - part.begin)
                return std::nullopt;
            reached = story.end;
            if ((kOfEvenPages[kind] && !has_even_pages) || (kOfFirstPage[kind] && !has_title_page)) continue;
            headers.push_back({part.begin + story.begin, part.begin + story.end});
        }
    }
    return headers;
}

} // namespace passerelle::convert
