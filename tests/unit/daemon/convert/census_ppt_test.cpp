// SPDX-License-Identifier: AGPL-3.0-or-later
// Presentations of the old binary format, record by record, against what became of them.
#include "core/reason_codes.hpp"
#include "tests/unit/daemon/convert/biff_builder.hpp"
#include "tests/unit/daemon/convert/old_documents.hpp"
#include "tests/unit/daemon/convert/ppt_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::convert {
namespace {

using ::testing::ElementsAre;
using namespace tests;

class OldPresentation : public OldDocuments {
  protected:
    OldPresentation() : OldDocuments("ppt", "presentation") {}
    std::optional<Census> count(const std::vector<Stream>& streams) { return count_streams(streams); }
    std::optional<Census> slide(const PptSlide& slide, const std::string& records = {}) {
        return count(presentation({slide}, records));
    }
};

const Reason kLessCertain = less_certain();

std::string page(const std::string& text, const std::string& more = {}) {
    return "<draw:page><draw:frame><draw:text-box><text:p>" + text + "</text:p></draw:text-box></draw:frame>" + more +
           "</draw:page>";
}

std::string placeholder(int kind) {
    return atom(0x0BC3, little(0, 4) + little(static_cast<std::uint64_t>(kind), 1) + little(0, 3));
}

/// What PowerPoint 2002 and its successors add to a slide.
std::string later_records(const std::string& records, const std::u16string& name = u"___PPT10") {
    return container(0x1388, container(0x138A, ppt_string(name, 0) + atom(0x138B, records)));
}

std::string remark() {
    return later_records(container(0x2EE0, ppt_string(u"Zoé", 0) + ppt_string(u"Trop long", 1) + ppt_string(u"Z", 2)));
}

TEST_F(OldPresentation, IsFaithfulWhenItsSlidesAreThere) {
    const auto streams = presentation({{shape(narrow_text("Bilan moral")), "", remark(), ""},
                                       {shape(wide_text(u"Merci à tous")), "", "", shape(narrow_text("Applaudir"))}});
    const std::string remark_after =
        "<office:annotation><dc:creator>Zoé</dc:creator><text:p>Trop long</text:p></office:annotation>";
    const std::string notes =
        "<presentation:notes><draw:frame><draw:text-box><text:p>Applaudir</text:p></draw:text-box>"
        "</draw:frame></presentation:notes>";
    const std::string first = page("Bilan moral", remark_after);
    const std::string second = page("Merci à tous", notes);
    EXPECT_THAT(compared(streams, first + second), ElementsAre(kLessCertain));
    EXPECT_THAT(compared(streams, page("Bilan", remark_after) + second),
                ElementsAre(Reason(codes::convert_words_differ,
                                   {{"missing", "1"}, {"total", "6"}, {"added", "0"}, {"words", "« moral »"}}),
                            kLessCertain));
    EXPECT_THAT(compared(streams, first + page("Merci à tous")),
                ElementsAre(Reason(codes::convert_words_differ,
                                   {{"missing", "1"}, {"total", "6"}, {"added", "0"}, {"words", "« Applaudir »"}}),
                            gone(codes::convert_speaker_notes_lost), kLessCertain));
    EXPECT_THAT(compared(streams, page("Bilan moral") + second),
                ElementsAre(gone(codes::convert_comments_lost), kLessCertain));
    EXPECT_THAT(compared(streams, page("Bilan moral Merci à tous", remark_after + notes)),
                ElementsAre(gone(codes::convert_slides_differ, 2, 1), kLessCertain));
    EXPECT_THAT(compared(streams, second + first), ElementsAre(Reason(codes::convert_order_differs), kLessCertain));
}

TEST_F(OldPresentation, TextOfTheOutlineCountsWhereAShapeShowsIt) {
    const auto refers = [](std::uint32_t index) { return atom(0x0F9E, little(index, 4)); };
    const auto found = slide({shape(refers(1)) + shape(narrow_text("libre")) + shape(refers(7)),
                              narrow_text("nowhere") + narrow_text("corps\rdeux\x0Btrois"), "", ""});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->body.words(), words("corps deux trois libre"));
}

TEST_F(OldPresentation, DatesNumbersAndFootersAreNoText) {
    const std::string field = wide_text(u"Page * sur dix") + atom(0x0FD8, little(5, 4));
    const std::string footers = container(
        0x0FD9, atom(0x0FDA, little(0, 2) + little(0x20, 2)) + ppt_string(u"Assemblée", 2) + ppt_string(u"Haut", 1), 3);
    const std::string hidden_footer = container(0x0FD9, atom(0x0FDA, little(0, 4)) + ppt_string(u"Secret", 2));
    const PptSlide with_shapes{shape(field) + shape(narrow_text("1 mai"), placeholder(7)) +
                                   shape(narrow_text("Pied"), atom(0x0420, "\x09")),
                               "", "", ""};
    const auto census = count(presentation({with_shapes, {"", "", hidden_footer, ""}}, footers));
    ASSERT_TRUE(census);
    EXPECT_EQ(census->body.words(), words("Page sur dix"));
    EXPECT_EQ(census->computed.words(), words("1 mai"));
    EXPECT_EQ(census->running.words(), words("Pied Assemblée"));
}

TEST_F(OldPresentation, CountsWhatSlidesHold) {
    const auto link = [](int kind) {
        const std::string fields = std::string(8, '\0') + '\x04' + std::string(3, '\0') + static_cast<char>(kind);
        return container(0x0FF2, atom(0x0FF3, fields + std::string(3, '\0')));
    };
    const std::string picture = property(0x4104, 1);
    const std::string animated = container(0x1014, atom(0x0FF1, std::string(20, '\0') + "\x01" + std::string(7, '\0')));
    const std::string embedded = [&] {
        const auto object = [](std::uint32_t number, const std::string& program) {
            return container(0x0FCC, atom(0x0FC3, little(0, 8) + little(number, 4) + little(0, 12)) + program);
        };
        return container(0x0409, object(1, ppt_string(u"Excel.Sheet.8", 2)) + object(2, ""));
    }();
    const auto refers = [](std::uint32_t object) { return atom(0x0BC1, little(object, 4)); };
    const std::string hidden = atom(0x03F9, std::string(10, '\0') + little(4, 2) + little(0, 4));
    const std::string timing = later_records(container(0xF144, container(0xF144, container(0xF131, ""))));
    const std::string other_tag = later_records("not records at all", u"___PPT9");
    const PptSlide rich{shape("", link(8), picture, 75) + shape("", "", picture, 1) +
                            shape("", refers(1), picture, 75) + shape("", refers(2), picture, 75) +
                            shape(narrow_text("ici") + link(10) + link(7)),
                        "", hidden + other_tag, ""};
    const auto census = count(presentation({rich, {"", "", timing, ""}, {shape("", animated), "", "", ""}}, embedded));
    ASSERT_TRUE(census);
    EXPECT_FALSE(census->is_certain);
    const std::vector<std::pair<Fact, std::uint64_t>> expected = {
        {Fact::pictures, 1}, {Fact::embedded_objects, 1}, {Fact::links, 2},          {Fact::slides, 3},
        {Fact::tables, 0},   {Fact::hidden_slides, 1},    {Fact::animated_slides, 2}};
    for (const auto& [fact, times] : expected)
        EXPECT_EQ(census->facts.get(fact), times) << "fact " << static_cast<int>(fact);
    EXPECT_FALSE(census->facts.get(Fact::charts)) << "an embedded chart becomes one thing or the other";
}

TEST_F(OldPresentation, HowATableLooksIsNoPicture) {
    const auto streams = presentation({{shape("", "", property(0x4104, 1), 75), "", "", ""}});
    const std::string picture = "<draw:frame><draw:image/></draw:frame>";
    const std::string table = "<draw:frame><table:table/><draw:image/></draw:frame>";
    EXPECT_THAT(compared(streams, "<draw:page>" + picture + table + "</draw:page>"), ElementsAre(kLessCertain));
    EXPECT_THAT(compared(streams, "<draw:page>" + table + "</draw:page>"),
                ElementsAre(gone(codes::convert_pictures_lost), kLessCertain));
}

TEST_F(OldPresentation, WordArtIsText) {
    const auto properties = [](std::uint32_t flags) {
        const std::string text("F\0\xEA\0t\0e\0\0\0", 10);
        return atom(0xF00B, property(0x8145, 3) + property(0x80C0, 10) + property(0x00FF, flags) + "abc" + text, 3);
    };
    const auto found =
        slide({shape("", "", "", 136, properties(0x4000)) + shape("", "", "", 136, properties(0)), "", "", ""});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->body.words(), words("Fête"));
}

TEST_F(OldPresentation, ReadsTablesRowByRow) {
    const auto cell = [](const std::string& text, int left, int top) {
        const std::string place =
            little(static_cast<std::uint64_t>(left), 4) + little(static_cast<std::uint64_t>(top), 4);
        return shape(narrow_text(text), "", "", 1, atom(0xF00F, place + little(0, 8)));
    };
    const std::string itself = shape("", "", "", 0, atom(0xF122, property(0x039F, 1), 1));
    const auto found =
        slide({container(0xF003, itself + cell("d", 5, 9) + cell("b", 5, 1) + cell("c", 2, 9) + cell("a", 2, 1)), "",
               "", ""});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->facts.get(Fact::tables), 1u);
    EXPECT_EQ(found->body.words(), words("a b c d"));
}

TEST_F(OldPresentation, LaterEditsHideEarlierOnes) {
    auto streams = presentation({{shape(narrow_text("ancien")), "", "", ""}});
    std::string& stream = streams[1].bytes;
    const std::size_t old_edit = stream.size() - 36;
    const std::size_t new_slide = stream.size();
    stream += presentation({{shape(narrow_text("nouveau")), "", "", ""}})[1].bytes;
    stream.resize(new_slide + stream.find(little(0x03E8, 2), new_slide) - 2 - new_slide); // the slide alone
    const std::size_t directory = stream.size();
    stream += atom(0x1772, little(1U << 20 | 2, 4) + little(new_slide, 4));
    const std::size_t edit = stream.size();
    stream += atom(0x0FF5, little(0, 8) + little(old_edit, 4) + little(directory, 4) + little(1, 4) + little(0, 8));
    streams[0].bytes.replace(16, 4, little(edit, 4));
    const auto found = count(streams);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->body.words(), words("nouveau"));
}

TEST_F(OldPresentation, IsNotCountedWhenSomethingIsMissing) {
    const auto streams = presentation({{shape(narrow_text("mot")), "", "", ""}});
    ASSERT_TRUE(count(streams));
    EXPECT_FALSE(count({streams[1]})) << "nobody knows which edit is the newest";
    EXPECT_FALSE(count({streams[0]}));
    auto cut = streams;
    cut[1].bytes.resize(cut[1].bytes.size() - 60);
    EXPECT_FALSE(count(cut));
    auto longer = streams; // the first record, the slide, reaches over the end
    longer[1].bytes.replace(4, 4, little(0xFFFFFF, 4));
    EXPECT_FALSE(count(longer));
    auto circle = streams; // an edit that comes before itself
    const std::size_t edit = circle[1].bytes.size() - 36;
    circle[1].bytes.replace(edit + 16, 4, little(edit, 4));
    EXPECT_TRUE(count(circle));
}

TEST_F(OldPresentation, ALongTextThatVeryManyShapesShowIsRefused) {
    std::string shapes;
    for (int i = 0; i < 500; ++i)
        shapes += shape(atom(0x0F9E, little(0, 4)));
    const auto shown = [&](std::size_t length) {
        return slide({shapes, narrow_text(std::string(length, 'a')), "", ""});
    };
    EXPECT_TRUE(shown(100));
    EXPECT_FALSE(shown(40'000)) << "40 MB of text as UTF-16";
}

TEST_F(OldPresentation, GroupsWithinGroupsWithoutEndAreRefused) {
    std::string nested = shape(narrow_text("profond"));
    for (int i = 0; i < 2000; ++i)
        nested = container(0xF003, nested);
    EXPECT_FALSE(slide({nested, "", "", ""}));
}

TEST_F(OldPresentation, ItsNotesEffectsAndTitlesMustStay) {
    const std::string effect = atom(0x03F9, std::string(9, '\0') + "\x05" + std::string(6, '\0'));
    const auto streams =
        presentation({{shape(narrow_text("Bilan"), placeholder(13)), "", effect, shape(narrow_text("Merci"))}});
    const auto census = count(streams);
    ASSERT_TRUE(census);
    EXPECT_EQ(census->facts.get(Fact::transitions), 1u);
    EXPECT_EQ(census->facts.get(Fact::speaker_notes), 1u);
    EXPECT_EQ(census->facts.get(Fact::headings), 1u);
    const std::string notes = "<presentation:notes><text:p>Merci</text:p></presentation:notes>";
    const auto title = [&](const std::string& kind) {
        return "<draw:page draw:style-name=\"p1\"><draw:frame presentation:class=\"" + kind +
               "\"><draw:text-box><text:p>Bilan</text:p></draw:text-box></draw:frame>" + notes + "</draw:page>";
    };
    EXPECT_THAT(compared(streams, title("title")), ElementsAre(gone(codes::convert_transitions_lost), kLessCertain));
    EXPECT_THAT(compared(streams, title("outline")),
                ElementsAre(gone(codes::convert_headings_lost), gone(codes::convert_transitions_lost), kLessCertain));
}

} // namespace
} // namespace passerelle::convert
