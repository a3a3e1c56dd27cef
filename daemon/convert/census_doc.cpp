// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/census.hpp"
#include "daemon/convert/doc_file.hpp"
#include "daemon/convert/doc_headers.hpp"
#include "daemon/convert/doc_paragraphs.hpp"
#include "daemon/convert/doc_text.hpp"
#include "daemon/convert/legacy_text.hpp"
#include "daemon/convert/little_endian.hpp"
#include "daemon/convert/office_art.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace passerelle::convert {
namespace {

constexpr std::size_t kPlaceBytes = 4;
constexpr std::array kOfParagraphs = {Fact::paragraphs, Fact::headings, Fact::lists, Fact::tables};

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
        if (const auto paragraphs = DocParagraphs::read(doc_)) {
            paragraphs->count(doc_, doc_.part(DocPart::main), census_);
        } else {
            for (const Fact fact : kOfParagraphs)
                census_.facts.set_unknown(fact);
        }
        census_.facts.add(Fact::tracked_changes, doc_.changes());
        if (!notes() || !comments() || !drawings()) return std::nullopt;
        words(doc_.part(DocPart::main), census_.body);
        for (const DocPart part : {DocPart::footnotes, DocPart::endnotes, DocPart::text_boxes})
            words(doc_.part(part), census_.asides);
        words(doc_.part(DocPart::comments), census_.comments);
        words(doc_.part(DocPart::header_text_boxes), census_.running);
        const auto headers = headers_in_use(doc_);
        if (!headers) return std::nullopt;
        for (const DocRange& header : *headers) {
            const std::size_t words_before = census_.running.words().size();
            words(header, census_.running);
            if (census_.running.words().size() > words_before) census_.facts.add(Fact::headers);
        }
        return std::move(census_);
    }

  private:
    /// A note or comment on deleted text is gone with it, and which ones are is not known here.
    bool is_counted(Fact fact) const {
        if (fact == Fact::footnotes || fact == Fact::comments) return !doc_.has_deletions();
        constexpr std::array kCounted = {Fact::links,       Fact::fields,           Fact::headers,
                                         Fact::form_fields, Fact::embedded_objects, Fact::tracked_changes};
        return std::find(kCounted.begin(), kCounted.end(), fact) != kCounted.end() ||
               std::find(kOfParagraphs.begin(), kOfParagraphs.end(), fact) != kOfParagraphs.end();
    }

    /// Without the signs of notes that somebody chose: the result has them as signs and not as text.
    void words(DocRange range, WordList& flow) {
        DocText text(census_, flow);
        const auto take = [&](char16_t character) { text.take(character); };
        for (auto sign = signs_.lower_bound(range.begin); sign != signs_.end() && *sign < range.end; ++sign) {
            doc_.each_character({range.begin, *sign}, take);
            range.begin = *sign + 1;
        }
        doc_.each_character(range, take);
        text.end();
    }

    bool notes() {
        return notes_of(DocPart::footnotes, DocTable::footnote_references, DocTable::footnote_texts) &&
               notes_of(DocPart::endnotes, DocTable::endnote_references, DocTable::endnote_texts);
    }

    /// [MS-DOC] 2.8.17 PlcffndRef: with each reference stands a number, 0 where somebody chose a sign of his own, which
    /// begins the note's text as well.
    bool notes_of(DocPart part, DocTable references_table, DocTable texts_table) {
        constexpr std::size_t kDataBytes = 2;
        const auto table = doc_.table(references_table);
        const auto texts = doc_.table(texts_table);
        if (!table || !texts) return false;
        const std::size_t count = references(*table, kDataBytes);
        census_.facts.add(Fact::footnotes, count);
        for (std::size_t i = 0; i < count; ++i) {
            if (u16_at(*table, kPlaceBytes * (count + 1) + kDataBytes * i) != 0) continue;
            add_sign(DocPart::main, u32_at(*table, kPlaceBytes * i));
            if (kPlaceBytes * (i + 1) <= texts->size()) add_sign(part, u32_at(*texts, kPlaceBytes * i));
        }
        return true;
    }

    void add_sign(DocPart part, std::uint32_t place) {
        const DocRange range = doc_.part(part);
        if (place < range.end - range.begin) signs_.insert(range.begin + place);
    }

    /// [MS-DOC] 2.9.172 OfficeArtContent: what all drawings share, then those of the text and those of the headers,
    /// each with a byte before it that says which.
    bool drawings() {
        constexpr std::size_t kHeaderBytes = 8;
        constexpr char kOfText = 0;
        const auto table = doc_.table(DocTable::drawings);
        if (!table) return false;
        std::string_view rest = *table;
        const auto skip = [&](std::size_t bytes) { rest.remove_prefix(std::min(rest.size(), bytes)); };
        skip(kHeaderBytes + u32_at(rest, 4));
        while (rest.size() > kHeaderBytes) {
            WordList& flow = rest[0] == kOfText ? census_.asides : census_.running;
            skip(1);
            const std::size_t bytes = kHeaderBytes + u32_at(rest, 4);
            flow.add(word_art_in(rest.substr(0, bytes)));
            flow.end_word();
            skip(bytes);
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
    std::set<std::uint32_t> signs_; ///< places of signs of notes
    Census census_;
};

} // namespace

std::optional<Census> count_doc(CompoundFile& file) {
    const auto doc = DocFile::open(file);
    return doc ? DocumentReader(*doc).read() : std::nullopt;
}

} // namespace passerelle::convert
