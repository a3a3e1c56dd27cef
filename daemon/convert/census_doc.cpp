// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/census.hpp"
#include "daemon/convert/doc_file.hpp"
#include "daemon/convert/doc_headers.hpp"
#include "daemon/convert/doc_text.hpp"
#include "daemon/convert/legacy_text.hpp"
#include "daemon/convert/little_endian.hpp"

#include <algorithm>

namespace passerelle::convert {
namespace {

constexpr std::size_t kPlaceBytes = 4;

/// How many references stand in a table of places and, for each, `data_bytes` of data ([MS-DOC] 2.2.2 PLC).
std::size_t references(std::string_view table, std::size_t data_bytes) {
    return table.size() < kPlaceBytes ? 0 : (table.size() - kPlaceBytes) / (kPlaceBytes + data_bytes);
}

class DocumentReader {
  public:
    explicit DocumentReader(const DocFile& doc) : doc_(doc) {}

    std::optional<Census> read() {
        census_.is_certain = false;
        for (std::size_t fact = 0; fact < kFacts; ++fact)
            if (!is_counted(static_cast<Fact>(fact))) census_.facts.set_unknown(static_cast<Fact>(fact));
        words(doc_.part(DocPart::main), census_.body);
        for (const DocPart part : {DocPart::footnotes, DocPart::endnotes, DocPart::text_boxes})
            words(doc_.part(part), census_.asides);
        words(doc_.part(DocPart::comments), census_.comments);
        words(doc_.part(DocPart::header_text_boxes), census_.running);
        const auto headers = headers_in_use(doc_);
        if (!headers) return std::nullopt;
        for (const DocRange& header : *headers)
            words(header, census_.running);
        if (!notes() || !comments()) return std::nullopt;
        return std::move(census_);
    }

  private:
    /// A note or comment on deleted text is gone with it, and which ones are is not known here.
    bool is_counted(Fact fact) const {
        return !doc_.has_deletions() && (fact == Fact::footnotes || fact == Fact::comments);
    }

    void words(DocRange range, WordList& flow) {
        DocText text(census_, flow);
        doc_.each_character(range, [&](char16_t character) { text.take(character); });
        text.end();
    }

    bool notes() {
        constexpr std::size_t kDataBytes = 2;
        for (const DocTable kind : {DocTable::footnote_references, DocTable::endnote_references}) {
            const auto table = doc_.table(kind);
            if (!table) return false;
            census_.facts.add(Fact::footnotes, references(*table, kDataBytes));
        }
        return true;
    }

    /// [MS-DOC] 2.9.7 ATRDPre10: with each reference stands the number of its author.
    bool comments() {
        constexpr std::size_t kDataBytes = 30;
        constexpr std::size_t kAuthor = 20;
        const auto table = doc_.table(DocTable::comment_references);
        const auto names = doc_.table(DocTable::comment_authors);
        if (!table || !names) return false;
        const std::vector<std::string> authors = names_in(*names);
        const std::size_t count = references(*table, kDataBytes);
        census_.facts.add(Fact::comments, count);
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t author = u16_at(*table, kPlaceBytes * (count + 1) + kDataBytes * i + kAuthor);
            if (author < authors.size() && !authors[author].empty()) census_.comment_authors.insert(authors[author]);
        }
        return true;
    }

    /// Each with its count of UTF-16 units before it.
    static std::vector<std::string> names_in(std::string_view table) {
        std::vector<std::string> names;
        while (table.size() >= 2) {
            const std::size_t bytes = std::size_t{2} * u16_at(table, 0);
            names.push_back(utf8_from_utf16(table.substr(2, bytes)));
            table.remove_prefix(std::min(table.size(), 2 + bytes));
        }
        return names;
    }

    const DocFile& doc_;
    Census census_;
};

} // namespace

std::optional<Census> count_doc(CompoundFile& file) {
    const auto doc = DocFile::open(file);
    return doc ? DocumentReader(*doc).read() : std::nullopt;
}

} // namespace passerelle::convert
