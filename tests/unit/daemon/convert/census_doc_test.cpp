// SPDX-License-Identifier: AGPL-3.0-or-later
// Documents of the old Word, table by table, against what became of them.
#include "core/reason_codes.hpp"
#include "tests/unit/daemon/convert/biff_builder.hpp"
#include "tests/unit/daemon/convert/doc_builder.hpp"
#include "tests/unit/daemon/convert/old_documents.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <utility>

namespace passerelle::convert {
namespace {

using ::testing::ElementsAre;
using namespace tests;

class OldDocument : public OldDocuments {
  protected:
    OldDocument() : OldDocuments("doc", "text") {}
    using OldDocuments::compared;
    std::optional<Census> count(const std::vector<Stream>& streams) { return count_streams(streams); }
    std::optional<Census> count(const Doc& doc) { return count_streams(word_document(doc)); }
    std::vector<Reason> compared(const Doc& doc, const std::string& content) {
        return compared(word_document(doc), content);
    }
};

const Reason kLessCertain = less_certain();

Doc text(const std::u16string& main) {
    Doc doc;
    doc.parts[0] = main;
    return doc;
}

/// A table of `count` places, with data of `bytes` for each.
std::string references(int count, const std::string& data) {
    std::string places;
    std::string all;
    for (int i = 0; i < count; ++i) {
        places += little(static_cast<std::uint64_t>(i), 4);
        all += data;
    }
    return places + little(99, 4) + all;
}

std::string remark_by(std::uint64_t author) {
    return std::string(20, '\0') + little(author, 2) + std::string(8, '\0');
}

TEST_F(OldDocument, IsFaithfulWhenItsWordsAreThere) {
    Doc doc = text(u"Bilan\x02 moral\x05\rÀ suivre\r");
    doc.parts[1] = u"\x02 voir page dix\r";
    doc.parts[3] = u"\x05Trop long\r";
    doc.tables[2] = references(1, little(1, 2));
    doc.tables[4] = references(1, remark_by(1));
    doc.tables[36] = little(1, 2) + little('A', 2) + little(3, 2) + little('Z', 2) + little('o', 2) + little(0xE9, 2);
    const std::string note = "<text:note><text:note-body><text:p>voir page dix</text:p></text:note-body></text:note>";
    const std::string remark =
        "<office:annotation><dc:creator>Zoé</dc:creator><text:p>Trop long</text:p></office:annotation>";
    const auto page = [](const std::string& inner) {
        return "<text:p>Bilan" + inner + " moral</text:p><text:p>À suivre</text:p>";
    };
    EXPECT_THAT(compared(doc, page(note + remark)), ElementsAre(kLessCertain));
    EXPECT_THAT(compared(doc, page(note)), ElementsAre(gone(codes::convert_comments_lost), kLessCertain));
    EXPECT_THAT(compared(doc, page(remark) + "<text:p>voir page dix</text:p>"),
                ElementsAre(gone(codes::convert_footnotes_lost), kLessCertain));
    EXPECT_THAT(compared(doc, "<text:p>Bilan</text:p><text:p>À suivre" + note + remark + "</text:p>"),
                ElementsAre(Reason(codes::convert_words_differ,
                                   {{"missing", "1"}, {"total", "7"}, {"added", "0"}, {"words", "« moral »"}}),
                            kLessCertain));
    const auto census = count(doc);
    ASSERT_TRUE(census);
    EXPECT_THAT(census->comment_authors, ElementsAre("Zoé")) << "not Anne, who wrote none";
    EXPECT_FALSE(census->facts.get(Fact::tables)) << "not counted here, which is not zero";
}

TEST_F(OldDocument, NarrowAndDividedTextReadsLikeAnyOther) {
    Doc doc = text(u"C\x9Cur \x93l\xE9ger\x94 n\x1Fon\x1E"
                   u"fumeur\r");
    doc.is_narrow = true;
    doc.piece = 2;
    const auto census = count(doc);
    ASSERT_TRUE(census);
    EXPECT_EQ(census->body.words(), words("Cœur “léger” non\u2011fumeur"));

    Doc divided = text(u"\U0001F600 et apr\u00E8s\r");
    divided.piece = 1; // half a character in each of the first two
    const auto wide = count(divided);
    ASSERT_TRUE(wide);
    EXPECT_EQ(wide->body.words(), words("😀 et après"));
}

TEST_F(OldDocument, EveryBreakEndsAWord) {
    const auto census = count(text(u"a\x07"
                                   u"b\x0B"
                                   u"c\x0C"
                                   u"d\x0D"
                                   u"e\x0E"
                                   u"f\x09"
                                   u"g\x01\x08h\r"));
    ASSERT_TRUE(census);
    EXPECT_EQ(census->body.words(), words("a b c d e f gh"));
}

TEST_F(OldDocument, FieldsShowTheirResults) {
    const auto census = count(text(u"vu \x13 HYPERLINK \"http://example.org\" \x14ici\x15, le \x13 DATE \x14"
                                   u"1 mai\x15 "
                                   u"et \x13 IF \x13 PAGE \x14"
                                   u"3\x15 = 3 \x14non\x15 rien \x13 XE \"index\" \x15.\r"));
    ASSERT_TRUE(census);
    EXPECT_EQ(census->body.words(), words("vu ici, le et rien ."));
    EXPECT_EQ(census->computed.words(), words("1 mai non"));
    EXPECT_EQ(census->facts.get(Fact::links), 1u);
    EXPECT_EQ(census->facts.get(Fact::fields), 2u) << "the date, and the page within the condition";
}

TEST_F(OldDocument, FieldsThatNeverEndHideNoMoreThanTheirText) {
    Doc doc = text(u"avant " + std::u16string(5000, u'\x13') + std::u16string(5000, u'\x15') + u"apr\u00E8s\r");
    const auto closed = count(doc);
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->body.words(), words("avant après"));
    doc.parts[0] = u"\x15\x14"
                   u"avant \x13 PAGE";
    doc.parts[5] = u"cadre\r";
    const auto open = count(doc);
    ASSERT_TRUE(open);
    EXPECT_EQ(open->body.words(), words("avant"));
    EXPECT_EQ(open->asides.words(), words("cadre"));
}

TEST_F(OldDocument, DeletedTextIsGone) {
    Doc doc = text(u"un deux trois ( (\r");
    const std::string bold = little(0x0835, 2) + "\x01";
    doc.runs = {{0, 3, bold},
                {3, 5, bold + little(0x0800, 2) + "\x01"},
                {5, 8, little(0x0800, 2) + "\x81"},
                {8, 14, little(0x0800, 2) + std::string(1, '\0')},
                {14, 15, little(0x6A09, 2) + little(7, 2) + little(0xF0E0, 2)}};
    doc.tables[2] = references(1, little(1, 2));
    const auto census = count(doc);
    ASSERT_TRUE(census);
    EXPECT_EQ(census->body.words(), words("un trois \uF0E0 ("));
    EXPECT_FALSE(census->facts.get(Fact::footnotes)) << "it may have stood in the deleted text";
}

TEST_F(OldDocument, SignsOfNotesAreNoText) {
    Doc doc = text(u"seul* et\x02 suivi\u2020\r");
    doc.parts[1] = u"* la note\r\x02 autre\r";
    doc.parts[4] = u"\u2020 fin\r";
    doc.tables[2] = little(4, 4) + little(8, 4) + little(99, 4) + little(0, 2) + little(1, 2);
    doc.tables[3] = little(0, 4) + little(10, 4) + little(18, 4) + little(19, 4);
    doc.tables[46] = little(15, 4) + little(99, 4) + little(0, 2);
    doc.tables[47] = little(0, 4) + little(6, 4) + little(7, 4);
    const auto census = count(doc);
    ASSERT_TRUE(census);
    EXPECT_EQ(census->body.words(), words("seul et suivi"));
    EXPECT_EQ(census->asides.words(), words("la note autre fin"));
    EXPECT_EQ(census->facts.get(Fact::footnotes), 3u);
    doc.tables[2].replace(0, 4, little(0xFFFFFFF0, 4));
    doc.tables[3].clear();
    EXPECT_TRUE(count(doc)) << "signs that stand nowhere";
}

TEST_F(OldDocument, WordArtIsText) {
    const auto drawing = [](const std::u16string& text) {
        std::string bytes;
        for (const char16_t character : text)
            bytes += little(character, 2);
        const auto property = [](std::uint64_t kind, std::uint64_t value) {
            return little(kind, 2) + little(value, 4);
        };
        const std::string properties = property(0x80C0, bytes.size()) + property(0x00FF, 0x4000) + bytes;
        const std::string shape = little(0x23, 2) + little(0xF00B, 2) + little(properties.size(), 4) + properties;
        return little(0xF, 2) + little(0xF002, 2) + little(shape.size(), 4) + shape;
    };
    const std::string shared = little(0xF, 2) + little(0xF000, 2) + little(3, 4) + "abc";
    Doc doc = text(u"corps\r");
    doc.tables[50] = shared + std::string(1, '\0') + drawing(u"F\u00EAte") + "\x01" + drawing(u"En-t\u00EAte");
    const auto census = count(doc);
    ASSERT_TRUE(census);
    EXPECT_EQ(census->asides.words(), words("Fête"));
    EXPECT_EQ(census->running.words(), words("En-tête"));
    doc.tables[50].replace(shared.size() + 5, 4, little(0xFFFFFFFF, 4));
    const auto cut = count(doc);
    ASSERT_TRUE(cut);
    EXPECT_TRUE(cut->running.words().empty()) << "a drawing that reaches over the end is the last one";
}

TEST_F(OldDocument, HeadersThatNoPageShowsAreNone) {
    Doc doc = text(u"corps\r");
    doc.parts[2] = u"ABCDEF";
    std::string stories;
    for (const int place : {0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7})
        stories += little(static_cast<std::uint64_t>(place), 4);
    doc.tables[11] = stories;
    const auto running = [&] {
        const auto census = count(doc);
        return census ? census->running.words() : words("none");
    };
    doc.parts[6] = u"X\r";
    EXPECT_EQ(running(), words("X B D"));
    doc.section_properties = little(0x300A, 2) + "\x01";
    EXPECT_EQ(running(), words("X B D E F"));
    doc.tables[31] = little(1, 2);
    EXPECT_EQ(running(), words("X A B C D E F"));
    EXPECT_EQ(count(doc)->facts.get(Fact::headers), 6u);
    doc.tables[11].replace(4 * 8, 4, little(200, 4));
    EXPECT_EQ(running(), words("none")) << "a header beyond the headers";
}

TEST_F(OldDocument, IsNotCountedWhenSomethingIsMissing) {
    const auto streams = word_document(text(u"mot\r"));
    ASSERT_TRUE(count(streams));
    EXPECT_FALSE(count({streams[0]}));
    EXPECT_FALSE(count({streams[1]}));
    const auto with = [&](std::size_t at, std::uint64_t value, int width) {
        auto changed = streams;
        changed[0].bytes.replace(at, static_cast<std::size_t>(width), little(value, width));
        return count(changed);
    };
    EXPECT_TRUE(with(2, 0xD9, 2)) << "Word 2000";
    EXPECT_FALSE(with(2, 0x68, 2)) << "Word 95";
    EXPECT_FALSE(with(0, 0xA5DC, 2)) << "Word 6";
    EXPECT_FALSE(with(10, 0x0300, 2)) << "encrypted";
    EXPECT_FALSE(with(10, 0, 2)) << "its tables would be in the other stream";
    EXPECT_FALSE(with(76, 2000, 4)) << "more text than pieces";
    EXPECT_FALSE(with(76, 0xFFFFFFFF, 4));
    EXPECT_FALSE(with(88, 1, 4)) << "a text of an unknown kind";
    for (const int table : {2, 3, 4, 6, 11, 12, 31, 33, 36, 46, 47, 50}) {
        EXPECT_FALSE(with(154 + 8 * static_cast<std::size_t>(table), 0xFFFFFFF0000ULL, 8)) << "table " << table;
        EXPECT_FALSE(with(158 + 8 * static_cast<std::size_t>(table), 0xFFFFFFFF, 4)) << "table " << table;
    }
}

TEST_F(OldDocument, PiecesThatLieAreRefused) {
    const std::size_t length = 8;
    const auto with = [&](const std::string& places, const std::string& offsets) {
        Doc doc = text(std::u16string(length, u'a'));
        const std::string table = places + offsets;
        doc.tables[33] = "\x02" + little(table.size(), 4) + table;
        return count(doc).has_value();
    };
    const auto at = [](std::uint64_t offset) { return little(0, 2) + little(offset, 4) + little(0, 2); };
    EXPECT_TRUE(with(little(0, 4) + little(length, 4), at(1536)));
    EXPECT_FALSE(with(little(1, 4) + little(length, 4), at(1536))) << "nothing says where the text begins";
    EXPECT_FALSE(with(little(0, 4) + little(length, 4), at(0x3FFFFFFF))) << "behind the end";
    EXPECT_FALSE(with(little(0, 4) + little(0xFFFFFFF0, 4), at(1536))) << "longer than the stream";
    EXPECT_FALSE(with(little(0, 4) + little(9, 4) + little(length, 4), at(1536) + at(1536))) << "backwards";
    std::string places = little(0, 4);
    std::string offsets;
    for (std::uint64_t i = 1; i <= 100; ++i) {
        places += little(i * 1500, 4);
        offsets += at(0);
    }
    EXPECT_FALSE(with(places, offsets)) << "the same bytes a hundred times";
}

TEST_F(OldDocument, PagesOfPropertiesThatRepeatAreRefused) {
    Doc doc = text(u"mot\r");
    std::string pages = little(0, 4);
    for (int i = 0; i < 1000; ++i)
        pages += little(0, 4);
    doc.tables[12] = pages + std::string(4000, '\0');
    EXPECT_FALSE(count(doc));
    doc.tables[12] = little(0, 8) + little(0x3FFFFF, 4);
    EXPECT_FALSE(count(doc)) << "a page behind the end";
}

TEST_F(OldDocument, DamageAtAnyByteEnds) {
    Doc doc = text(u"un \x13 DATE \x14"
                   u"deux\x15 trois\r");
    doc.parts[2] = u"ABCDEF";
    doc.runs = {{3, 8, little(0xD608, 2) + little(3, 2) + "ab" + little(0x0800, 2) + "\x01"}};
    doc.tables[4] = references(1, remark_by(0));
    doc.tables[36] = little(1, 2) + little('A', 2);
    const auto streams = word_document(doc);
    ASSERT_TRUE(count(streams));
    int counted = 0;
    for (std::size_t stream = 0; stream < 2; ++stream) {
        for (std::size_t at = 0; at < streams[stream].bytes.size(); at += stream == 0 ? 11 : 1) {
            auto damaged = streams;
            damaged[stream].bytes[at] = static_cast<char>(~damaged[stream].bytes[at]);
            counted += count(damaged) ? 1 : 0;
        }
    }
    EXPECT_GT(counted, 0) << "most bytes are text or room";
}

std::string properties(std::uint64_t style, const std::string& sprms) {
    return little(style, 2) + sprms;
}
const std::string kInTable = little(0x2416, 2) + "\x01";
const std::string kRowEnd = kInTable + little(0x2417, 2) + "\x01";

/// A paragraph for each text; a text that ends with a cell's mark stands in a table.
Doc paragraphs(const std::vector<std::pair<std::u16string, std::string>>& texts) {
    Doc doc;
    for (const auto& [text, properties] : texts) {
        const auto begin = static_cast<std::uint32_t>(doc.parts[0].size());
        doc.parts[0] += text;
        doc.paragraphs.push_back({begin, static_cast<std::uint32_t>(doc.parts[0].size()), properties});
    }
    return doc;
}

TEST_F(OldDocument, ItsParagraphsHeadingsListsAndTablesMustStay) {
    const Doc doc = paragraphs({{u"Bilan\r", properties(1, "")},
                                {u"un\r", properties(0, little(0x460B, 2) + little(3, 2))},
                                {u"deux\r", properties(0, "")},
                                {u"a\x07", properties(0, kInTable)},
                                {u"\x07", properties(0, kRowEnd)},
                                {u"b\x07", properties(0, kInTable)},
                                {u"\x07", properties(0, kRowEnd)},
                                {u" \r", properties(0, "")},
                                {u"encadré\r", properties(0, little(0x8418, 2) + little(700, 2))}});
    const std::string heading = "<text:h>Bilan</text:h>";
    const std::string list = "<text:list><text:list-item><text:p>un</text:p></text:list-item></text:list>";
    const std::string table = "<table:table><text:p>a</text:p><text:p>b</text:p></table:table>";
    const std::string frame = "<draw:text-box><text:p>encadré</text:p></draw:text-box>";
    const std::string two = "<text:p>deux</text:p>";
    EXPECT_THAT(compared(doc, heading + list + two + table + frame), ElementsAre(kLessCertain));
    EXPECT_THAT(compared(doc, "<text:p>Bilan</text:p>" + list + two + table + frame),
                ElementsAre(gone(codes::convert_headings_lost), kLessCertain));
    EXPECT_THAT(compared(doc, heading + "<text:p>un</text:p>" + two + table + frame),
                ElementsAre(gone(codes::convert_lists_lost), kLessCertain));
    EXPECT_THAT(compared(doc, heading + list + two + "<text:p>a</text:p><text:p>b</text:p>" + frame),
                ElementsAre(gone(codes::convert_tables_lost), kLessCertain));
    EXPECT_THAT(
        compared(doc, heading + list + two + "<table:table><text:p>a<text:tab/>b</text:p></table:table>" + frame),
        ElementsAre(gone(codes::convert_paragraphs_lost, 5, 4), kLessCertain));
}

TEST_F(OldDocument, ParagraphsWhosePropertiesStandElsewhereAreNotCounted) {
    const auto census = count(paragraphs({{u"a\r", properties(0, little(0x6646, 2) + little(0, 4))}}));
    ASSERT_TRUE(census);
    EXPECT_FALSE(census->facts.get(Fact::paragraphs));
    Doc damaged = paragraphs({{u"a\r", properties(1, "")}});
    damaged.tables[13] = little(0, 8) + little(0x3FFFFF, 4);
    EXPECT_FALSE(count(damaged)->facts.get(Fact::headings));
}

TEST_F(OldDocument, TrackedChangesFormFieldsAndObjectsMustStay) {
    Doc doc = text(u"un deux");
    doc.runs = {{0, 2, little(0x0801, 2) + "\x01"}};
    EXPECT_THAT(
        compared(doc, "<text:tracked-changes><text:changed-region/></text:tracked-changes><text:p>un deux</text:p>"),
        ElementsAre(kLessCertain));
    EXPECT_THAT(compared(doc, "<text:p>un deux</text:p>"),
                ElementsAre(gone(codes::convert_changes_lost), kLessCertain));
    const Doc form =
        text(u"\x13 FORMTEXT \x14Jeanne\x15\x13 EMBED Word.Document \x14\x15\x13 EMBED MSGraph.Chart \x14\x15");
    EXPECT_THAT(compared(form, "<text:p>Jeanne</text:p>"),
                ElementsAre(gone(codes::convert_form_fields_lost), gone(codes::convert_objects_lost), kLessCertain));
}

TEST_F(OldDocument, APieceMayBeDeletedAsAWhole) {
    Doc doc = text(u"un deux");
    const std::string places = little(0, 4) + little(2, 4) + little(7, 4);
    const auto piece = [](std::size_t offset, std::uint64_t modifier) {
        return little(0, 2) + little(offset, 4) + little(modifier, 2);
    };
    const auto clx = [&](std::uint64_t modifier, const std::string& properties) {
        const std::string table = places + piece(1536, 0) + piece(1540, modifier);
        return "\x01" + little(properties.size(), 2) + properties + "\x02" + little(table.size(), 4) + table;
    };
    doc.tables[33] = clx(0x41 << 1 | 1 << 8, "ab");
    EXPECT_EQ(count(doc)->body.words(), words("un"));
    doc.tables[33] = clx(1, little(0x0800, 2) + "\x01");
    EXPECT_EQ(count(doc)->body.words(), words("un"));
    doc.tables[33] = clx(0, little(0x0800, 2) + "\x01");
    EXPECT_EQ(count(doc)->body.words(), words("un deux"));
}

/// A set of properties, each with its number and its value.
Stream summary(const std::vector<std::pair<std::uint64_t, std::string>>& properties) {
    std::string places;
    std::string values;
    for (const auto& [number, value] : properties) {
        places += little(number, 4) + little(8 + 8 * properties.size() + values.size(), 4);
        values += value;
    }
    const std::string set =
        little(8 + places.size() + values.size(), 4) + little(properties.size(), 4) + places + values;
    return {"\x05SummaryInformation", std::string(44, '\0') + little(48, 4) + set};
}
std::string old_text(const std::string& bytes) {
    return little(0x1E, 4) + little(bytes.size() + 1, 4) + bytes + '\0';
}

TEST_F(OldDocument, SaysWhoWroteItAndWhen) {
    auto streams = word_document(text(u"Bilan"));
    const auto of = [&](const std::vector<std::pair<std::uint64_t, std::string>>& properties) {
        auto all = streams;
        all.push_back(summary(properties));
        auto metadata = count(all).value_or(Census()).metadata;
        EXPECT_TRUE(std::exchange(metadata.in_other_zone, false));
        return metadata;
    };
    // 2014-05-06T07:08:09
    const std::string moment = little(0x40, 4) + little(130'438'336'890'000'000, 8);
    const Metadata metadata = of({{2, old_text("\xC9t\xE9")}, {4, old_text("Jeanne")}, {12, moment}});
    EXPECT_EQ(metadata, (Metadata{.title = "Été", .author = "Jeanne", .created = "2014-05-06T07:08:09"}));
    EXPECT_EQ(of({{1, little(2, 4) + little(65001, 4)}, {2, old_text("Été")}}).title, "Été");
    EXPECT_EQ(of({{8, little(0x1F, 4) + little(2, 4) + little('Z', 2) + little(0xE9, 2)}}).last_author, "Zé");
    EXPECT_EQ(of({{13, little(0x40, 4) + std::string(8, '\xff')}}), Metadata()) << "beyond any calendar";
    EXPECT_EQ(of({{2, little(0x1E, 4) + little(0xFFFFFFFF, 4)}}), Metadata());

    streams.push_back(summary({{4, old_text("Jeanne")}}));
    EXPECT_THAT(OldDocuments::compared(streams, "<text:p>Bilan</text:p>"),
                ElementsAre(Reason(codes::convert_metadata_lost, {{"fields", "Jeanne"}}), kLessCertain));
    for (std::size_t length = 0; length < streams.back().bytes.size(); ++length) {
        auto cut = streams;
        cut.back().bytes.resize(length);
        EXPECT_TRUE(count(cut)) << length;
    }
}

} // namespace
} // namespace passerelle::convert
