// SPDX-License-Identifier: AGPL-3.0-or-later
// Texts in the Rich Text Format against what became of them; each damage must show.
#include "core/reason_codes.hpp"
#include "tests/unit/daemon/convert/old_documents.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::convert {
namespace {

using ::testing::ElementsAre;
using namespace tests;

const Reason kLessCertain = less_certain();

class RichText : public OldDocuments {
  protected:
    RichText() : OldDocuments("rtf", "text") {}
    std::optional<Census> count_file(const std::string& bytes) { return count_bytes(bytes); }
    /// Of a document with this behind its head.
    Census count(const std::string& text) { return count_file(document(text)).value_or(Census()); }
    std::vector<Reason> compared(const std::string& text, const std::string& content) {
        return OldDocuments::compared(document(text), content);
    }
    static std::string document(const std::string& text) {
        return "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 Inconnue;}{\\f1\\fcharset204 Russe;}"
               "{\\f2\\fcharset2 Signes;}}{\\stylesheet{Normal;}{\\s1\\outlinelevel0 heading 1;}}\r\n" +
               text + "}";
    }
};

std::string paragraph(const std::string& text) {
    return "<text:p>" + text + "</text:p>";
}

Reason words_gone(const std::string& total, const std::string& word) {
    return Reason(codes::convert_words_differ,
                  {{"missing", "1"}, {"total", total}, {"added", "0"}, {"words", "« " + word + " »"}});
}

TEST_F(RichText, IsFaithfulWhenAllIsThere) {
    const std::string before = "Bilan moral{\\footnote\\pard{\\chftn} Voir annexe}\\par {\\*\\atnid ZD}{\\*\\atnauthor "
                               "Zo\\'e9}{\\*\\annotation\\pard Trop long}Merci \\'e0 tous\\par";
    const std::string note = "<text:note><text:note-citation>1</text:note-citation><text:note-body>" +
                             paragraph("Voir annexe") + "</text:note-body></text:note>";
    const std::string remark =
        "<office:annotation><dc:creator>Zoé</dc:creator>" + paragraph("Trop long") + "</office:annotation>";
    const auto reasons = [&](const std::string& after) {
        auto all = compared(before, after);
        std::erase_if(all, [](const Reason& reason) { return reason.code == codes::convert_fonts_missing; });
        return all;
    };
    const std::string first = paragraph("Bilan moral" + note);
    const std::string second = paragraph(remark + "Merci à tous");
    EXPECT_THAT(reasons(first + second), ElementsAre(kLessCertain));
    EXPECT_THAT(reasons(paragraph("Bilan" + note) + second), ElementsAre(words_gone("7", "moral"), kLessCertain));
    EXPECT_THAT(reasons(first + paragraph("Merci à tous")),
                ElementsAre(gone(codes::convert_comments_lost), kLessCertain));
    EXPECT_THAT(reasons(paragraph("Bilan moral Voir annexe") + second),
                ElementsAre(gone(codes::convert_footnotes_lost), kLessCertain));
    EXPECT_THAT(reasons(second + first), ElementsAre(Reason(codes::convert_order_differs), kLessCertain));
    EXPECT_THAT(reasons(paragraph("Bilan moral" + note + " " + remark + "Merci à tous")),
                ElementsAre(gone(codes::convert_paragraphs_lost, 2, 1), kLessCertain));
}

TEST_F(RichText, ReadsLettersHoweverTheyAreWritten) {
    EXPECT_EQ(count("\\'c9t\\'e9 {\\f1 \\'e4\\'e0} {\\f2\\'b7}").body.words(), words("Été да \uF0B7"));
    EXPECT_EQ(count("\\u201?t\\u233\\'e9 \\uc0\\u8364 5{\\uc2\\u-3913 ab}c").body.words(), words("Été €5\uF0B7c"));
    EXPECT_EQ(count("\\u55357?\\u56832?").body.words(), words("😀"));
    EXPECT_EQ(count("\\lquote a\\rquote\\~b\\_c\\-d \\{\\}\\\\").body.words(), words("‘a’ b\u2011cd {}\\"));
    EXPECT_EQ(count("cou\r\np\\'e9{\\b  ici}\\tab l\\'e0\\line bas").body.words(), words("coupé ici là bas"));
    EXPECT_EQ(count("\\mac\\f9 \\'8et\\'8e \\pc\\'82t\\'82").body.words(), words("été été"));
    EXPECT_EQ(count("{\\upr{vieux}{\\*\\ud{neuf}}}").body.words(), words("neuf"));
}

TEST_F(RichText, LeavesOutWhatIsNoText) {
    EXPECT_EQ(count("a{\\*\\inconnu non}{\\colortbl;\\red0;}{\\listtext 1.}{\\xe non}{\\deleted non}\\bin4 }}}}b")
                  .body.words(),
              words("ab"));
    EXPECT_EQ(count("{\\deleted non}").facts.get(Fact::tracked_changes), 1u);
    EXPECT_EQ(count("{\\v discret}").body.words(), words("discret")) << "hidden text is hidden in the result as well";
}

TEST_F(RichText, FieldsShowWhatSomebodyWroteOrWhatIsCalculated) {
    const auto found = count("{\\field{\\*\\fldinst HYPERLINK \"https://exemple.org\"}{\\fldrslt ici}} "
                             "{\\field{\\*\\fldinst  PAGE }{\\fldrslt 7}}");
    EXPECT_EQ(found.body.words(), words("ici"));
    EXPECT_EQ(found.computed.words(), words("7"));
    EXPECT_EQ(found.facts.get(Fact::links), 1u);
    EXPECT_EQ(found.facts.get(Fact::fields), 1u);
}

TEST_F(RichText, ASymbolIsAsItsNumberSays) {
    const std::string field = "x{\\field{\\*\\fldinst {SYMBOL 228 \\\\f \"Arial\"}}{\\fldrslt{\\f2\\'b7}}}y";
    EXPECT_EQ(count(field).body.words(), words("xä\uF0B7y"));
    EXPECT_EQ(count("a{\\field{\\*\\fldinst SYMBOL 999}{\\fldrslt}}b").body.words(), words("ab"));
    EXPECT_EQ(count("a{\\*\\fldinst SYMBOL 65}b").body.words(), words("ab")) << "without a field";
}

TEST_F(RichText, HeadersCountWhereAPageShowsThem) {
    const auto found = count("{\\header Association\\par}{\\footerf Secret\\par}texte");
    EXPECT_EQ(found.running.words(), words("Association"));
    EXPECT_EQ(found.computed.words(), words("Secret"));
    EXPECT_EQ(found.body.words(), words("texte"));
    EXPECT_EQ(found.facts.get(Fact::headers), 1u);
    EXPECT_EQ(count("\\sectd\\titlepg{\\footerf Accueil\\par}").running.words(), words("Accueil"));
}

TEST_F(RichText, CountsWhatTheTextHolds) {
    const std::string row = "\\trowd\\cellx1\\cellx2\\pard\\intbl a\\cell b\\cell\\row";
    const std::string picture = "{\\pict\\pngblip 89504e47}";
    const auto found =
        count("\\pard\\s1 Titre\\par\\pard\\ls1 point\\par\\pard " + row + row + "\\pard entre\\par" + row +
              "\\pard{\\*\\shppict" + picture + "}{\\nonshppict" + picture +
              "}{\\pict\\pngblip}{\\object\\objemb"
              "{\\*\\objdata 00}{\\result" +
              picture + "}}{\\shp{\\*\\shpinst{\\sp{\\sn pib}{\\sv " + picture + "}}{\\sp{\\sn fillBlip}{\\sv " +
              picture + "}}{\\shptxt\\pard bulle\\par}}}{\\*\\formfield x}\\par");
    const std::vector<std::pair<Fact, std::uint64_t>> expected = {
        {Fact::headings, 1},         {Fact::lists, 1},  {Fact::tables, 2},     {Fact::pictures, 2},
        {Fact::embedded_objects, 1}, {Fact::shapes, 1}, {Fact::paragraphs, 9}, {Fact::form_fields, 1}};
    for (const auto& [fact, times] : expected)
        EXPECT_EQ(found.facts.get(fact), times) << "fact " << static_cast<int>(fact);
    EXPECT_FALSE(found.facts.get(Fact::charts)) << "an embedded chart becomes one thing or the other";
    EXPECT_EQ(found.asides.words(), words("bulle"));
    EXPECT_EQ(found.body.words(), words("Titre point a b a b entre a b"));
}

TEST_F(RichText, NothingStandsBehindTheLastMark) {
    EXPECT_EQ(count("\\pard\\s1 Titre\\par").facts.get(Fact::headings), 1u);
    EXPECT_EQ(count("\\pard\\s1 Titre\\par Titre").facts.get(Fact::headings), 2u);
}

TEST_F(RichText, SaysWhoWroteItAndWhen) {
    const auto found =
        count("{\\info{\\title Nos statuts}{\\author Jeanne}{\\operator Paul}"
              "{\\creatim\\yr2014\\mo5\\dy6\\hr7\\min8}{\\revtim\\yr2015\\mo6\\dy7}{\\version2}}{\\f1 x}");
    EXPECT_EQ(found.metadata.title, "Nos statuts");
    EXPECT_EQ(found.metadata.author, "Jeanne");
    EXPECT_EQ(found.metadata.last_author, "") << "the result keeps it as a property of another kind";
    EXPECT_EQ(found.metadata.created, "2014-05-06T07:08:00");
    EXPECT_EQ(found.metadata.modified, "2015-06-07T00:00:00");
    EXPECT_THAT(found.fonts, ElementsAre("Russe"));
}

TEST_F(RichText, IsNotCountedWhenItIsCutOrNone) {
    ASSERT_TRUE(count_file("{\\rtf1 mot}"));
    EXPECT_FALSE(count_file("{\\rtf1 mot"));
    EXPECT_FALSE(count_file("{\\rtf1 mot\\bin2000000000 }"));
    EXPECT_FALSE(count_file("mot"));
    EXPECT_FALSE(count_file("{mot}"));
    EXPECT_FALSE(count_file(""));
    EXPECT_FALSE(count_file("{\\rtf1 " + std::string(5000, '{') + std::string(5000, '}') + "}"));
}

TEST_F(RichText, NumbersOutOfRangeDoNoHarm) {
    const auto found = count("\\f99999999999\\u99999999999?\\uc-5\\s-1\\outlinelevel-7\\ansicpg-1\\ls-3\\'zz\\"
                             "'4 mot\\par{\\fldrslt x}{\\fldinst y}\\ud\\cell\\row\\nestrow");
    EXPECT_EQ(found.facts.get(Fact::paragraphs), 2u);
}

} // namespace
} // namespace passerelle::convert
