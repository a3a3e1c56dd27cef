// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/daemon/convert/doc_builder.hpp"

#include "tests/unit/daemon/convert/biff_builder.hpp"

#include <algorithm>

namespace passerelle::convert::tests {
namespace {

constexpr std::size_t kTextOffset = 1536; // behind the 154 + 8 * 93 bytes of the beginning
constexpr std::size_t kPage = 512;

std::string text_of(const Doc& doc, const std::u16string& text) {
    std::string bytes;
    for (const char16_t character : text)
        bytes += little(character, doc.is_narrow ? 1 : 2);
    return bytes;
}

std::string pieces(const Doc& doc, std::size_t length) {
    std::string places;
    std::string pieces;
    for (std::size_t at = 0; at < length; at += doc.piece) {
        const std::size_t offset = doc.is_narrow ? 2 * (kTextOffset + at) | 0x40000000 : kTextOffset + 2 * at;
        places += little(at, 4);
        pieces += little(0, 2) + little(offset, 4) + little(0, 2);
    }
    const std::string table = places + little(length, 4) + pieces;
    return "\x01" + little(2, 2) + "ab" + "\x02" + little(table.size(), 4) + table;
}

/// A page with one run for each of the document's.
std::string run_page(const Doc& doc) {
    std::string page(kPage, '\0');
    std::size_t at = kPage - 2;
    const std::size_t count = doc.runs.size();
    for (std::size_t i = 0; i < count; ++i) {
        const DocRun& run = doc.runs[i];
        page.replace(4 * i, 8, little(kTextOffset + 2 * run.begin, 4) + little(kTextOffset + 2 * run.end, 4));
        at -= (run.properties.size() + 2) / 2 * 2;
        page[at] = static_cast<char>(run.properties.size());
        page.replace(at + 1, run.properties.size(), run.properties);
        page[4 * (count + 1) + i] = static_cast<char>(at / 2);
    }
    page.back() = static_cast<char>(count);
    return page;
}

/// A page with the properties of each paragraph.
std::string paragraph_page(const Doc& doc) {
    std::string page(kPage, '\0');
    std::size_t at = kPage - 2;
    const std::size_t count = doc.paragraphs.size();
    for (std::size_t i = 0; i < count; ++i) {
        const DocRun& run = doc.paragraphs[i];
        page.replace(4 * i, 8, little(kTextOffset + 2 * run.begin, 4) + little(kTextOffset + 2 * run.end, 4));
        const bool is_even = run.properties.size() % 2 == 0;
        const std::string bytes = (is_even ? little(0, 1) + little(run.properties.size() / 2, 1)
                                           : little((run.properties.size() + 1) / 2, 1)) +
                                  run.properties;
        at -= (bytes.size() + 1) / 2 * 2;
        page.replace(at, bytes.size(), bytes);
        page[4 * (count + 1) + 13 * i] = static_cast<char>(at / 2);
    }
    page.back() = static_cast<char>(count);
    return page;
}

} // namespace

std::vector<Stream> word_document(const Doc& doc) {
    std::u16string text;
    std::string fib(kTextOffset, '\0');
    fib.replace(0, 4, little(0xA5EC, 2) + little(0xC1, 2));
    fib.replace(10, 2, little(0x0200, 2));
    constexpr std::array<std::size_t, 7> kLengths = {76, 80, 84, 92, 96, 100, 104};
    for (std::size_t i = 0; i < kLengths.size(); ++i) {
        fib.replace(kLengths[i], 4, little(doc.parts[i].size(), 4));
        text += doc.parts[i];
    }
    const std::string bytes = text_of(doc, text);
    const std::size_t text_bytes = (bytes.size() + kPage) / kPage * kPage;
    auto tables = doc.tables;
    tables.emplace(33, pieces(doc, text.size()));
    const std::size_t page = (kTextOffset + text_bytes) / kPage;
    if (!doc.runs.empty()) tables.emplace(12, little(0, 8) + little(page, 4));
    if (!doc.paragraphs.empty()) tables.emplace(13, little(0, 8) + little(page + 2, 4));
    tables.emplace(6, little(0, 8) + little(0, 2) + little((page + 1) * kPage, 4) + little(0, 6));
    std::string table_stream = "not at the beginning";
    for (const auto& [number, table] : tables) {
        fib.replace(154 + 8 * static_cast<std::size_t>(number), 8,
                    little(table_stream.size(), 4) + little(table.size(), 4));
        table_stream += table;
    }
    std::string section = little(doc.section_properties.size(), 2) + doc.section_properties;
    section.resize(kPage, '\0');
    return {{"WordDocument", fib + bytes + std::string(text_bytes - bytes.size(), '\0') + run_page(doc) + section +
                                 paragraph_page(doc)},
            {"1Table", table_stream}};
}

} // namespace passerelle::convert::tests
