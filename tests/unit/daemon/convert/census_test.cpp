// SPDX-License-Identifier: AGPL-3.0-or-later
// A good result is compared, then damaged: each damage must show.
#include "core/reason_codes.hpp"
#include "daemon/convert/compare.hpp"
#include "tests/unit/daemon/convert/office_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::convert {
namespace {

using ::testing::IsEmpty;
using tests::docx;
using tests::gone;
using tests::opendocument;
using tests::Parts;
using tests::pptx;
using tests::xlsx;

class Comparing : public ::testing::Test {
  protected:
    std::vector<Reason> of(const std::string& format, const Parts& before, const Parts& after) {
        tests::write_zip(folder.path() / "before", before);
        tests::write_zip(folder.path() / "after", after);
        return compare(folder.path() / "before", format, folder.path() / "after");
    }
    std::vector<Reason> text(const std::string& body, const std::string& content) {
        return of("docx", docx(body), opendocument("text", content));
    }
    std::vector<Reason> sheet(const std::string& rows, const std::string& content) {
        return of("xlsx", xlsx(rows),
                  opendocument("spreadsheet", "<table:table table:name=\"Budget\">" + content + "</table:table>"));
    }
    tests::TemporaryFolder folder;
};

std::string run(const std::string& words) {
    return "<w:r><w:t xml:space=\"preserve\">" + words + "</w:t></w:r>";
}
std::string paragraph(const std::string& words) {
    return "<w:p>" + run(words) + "</w:p>";
}

Reason words_differ(const std::string& gone, const std::string& total, const std::string& added,
                    const std::string& words) {
    return Reason(codes::convert_words_differ,
                  {{"missing", gone}, {"total", total}, {"added", added}, {"words", words}});
}

TEST_F(Comparing, TheSameWordsInOtherPiecesAreFaithful) {
    EXPECT_THAT(text("<w:p>" + run("Compte ren") + run("du de l&apos;assemblée") + "</w:p>",
                     "<text:p>Compte<text:s/>rendu de l&apos;<text:span>assemblée</text:span></text:p>"),
                IsEmpty());
}

TEST_F(Comparing, MissingAndNewWordsAreCounted) {
    EXPECT_EQ(text(paragraph("un deux trois"), "<text:p>un deux quatre cinq</text:p>"),
              std::vector{words_differ("1", "3", "2", "« trois »")});
    EXPECT_EQ(text(paragraph("un"), "<text:p>un deux</text:p>"), std::vector{words_differ("0", "1", "1", "« deux »")});
}

TEST_F(Comparing, OnlyTheFirstMissingWordsAreShownAndNoneAtLength) {
    EXPECT_EQ(text(paragraph("a b c d e f g a"), "<text:p>b</text:p>"),
              std::vector{words_differ("7", "8", "0", "« a », « c », « d », « e », « f », …")});
    std::string accents;
    for (int i = 0; i < 30; ++i)
        accents += "é";
    EXPECT_EQ(text(paragraph("y x" + accents), "<text:p>y</text:p>"),
              std::vector{words_differ("1", "2", "0", "« x" + accents.substr(0, 38) + "… »")});
}

TEST_F(Comparing, AWordThatIsThereOnceLessIsMissed) {
    EXPECT_EQ(text(paragraph("oui oui oui"), "<text:p>oui oui</text:p>"),
              std::vector{words_differ("1", "3", "0", "« oui »")});
}

TEST_F(Comparing, MovedTextIsNoticed) {
    EXPECT_EQ(text(paragraph("un") + paragraph("deux"), "<text:p>deux</text:p><text:p>un</text:p>"),
              std::vector{Reason(codes::convert_order_differs)});
}

TEST_F(Comparing, JoinedWordsAreNoLostWords) {
    EXPECT_EQ(text(paragraph("voir page"), "<text:p>voirpage</text:p>"),
              std::vector{Reason(codes::convert_spaces_differ, {{"count", "1"}})});
}

TEST_F(Comparing, WhatFieldsShowMayChange) {
    const std::string field = "<w:p>" + run("Page ") +
                              "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> PAGE "
                              "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" +
                              run("7") + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    EXPECT_THAT(text(field, "<text:p>Page <text:page-number>1</text:page-number></text:p>"), IsEmpty());
    EXPECT_EQ(text(field, "<text:p>Feuille <text:page-number>1</text:page-number></text:p>"),
              std::vector{words_differ("1", "1", "1", "« Page »")});
}

TEST_F(Comparing, DeletedTextIsNoText) {
    EXPECT_THAT(text("<w:p>" + run("gardé") + "<w:del><w:r><w:delText>effacé</w:delText></w:r></w:del></w:p>",
                     "<text:tracked-changes><text:changed-region><text:deletion><text:p>effacé</text:p></text:deletion>"
                     "</text:changed-region></text:tracked-changes><text:p>gardé</text:p>"),
                IsEmpty());
}

TEST_F(Comparing, ALostTableIsCounted) {
    const std::string table = "<w:tbl><w:tr><w:tc>" + paragraph("case") + "</w:tc></w:tr></w:tbl>";
    EXPECT_THAT(text(table, "<table:table><table:table-row><table:table-cell><text:p>case</text:p></table:table-cell>"
                            "</table:table-row></table:table>"),
                IsEmpty());
    EXPECT_EQ(text(table, "<text:p>case</text:p>"), std::vector{gone(codes::convert_tables_lost)});
}

TEST_F(Comparing, ALostCommentAndItsWordsAreCounted) {
    const std::string space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    const Parts before =
        docx(paragraph("texte"), {{"word/comments.xml", "<w:comments " + space + "><w:comment w:id=\"1\">" +
                                                            paragraph("à vérifier") + "</w:comment></w:comments>"}});
    const auto with = [](const std::string& remark) {
        return opendocument("text", "<text:p>texte<office:annotation><dc:creator>Jeanne</dc:creator>"
                                    "<dc:date>2024-03-12T10:00:00</dc:date>"
                                    "<meta:creator-initials>JD</meta:creator-initials><text:p>" +
                                        remark + "</text:p></office:annotation></text:p>");
    };
    EXPECT_THAT(of("docx", before, with("à vérifier")), IsEmpty());
    EXPECT_EQ(of("docx", before, with("à voir")),
              std::vector{Reason(codes::convert_comments_differ, {{"missing", "1"}})});
    EXPECT_EQ(of("docx", before, opendocument("text", "<text:p>texte</text:p>")),
              std::vector{gone(codes::convert_comments_lost)});
}

TEST_F(Comparing, ALostFootnoteIsCounted) {
    const std::string space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    const Parts before =
        docx("<w:p>" + run("texte") + "<w:r><w:footnoteReference w:id=\"2\"/></w:r>" + run(".") + "</w:p>",
             {{"word/footnotes.xml", "<w:footnotes " + space + "><w:footnote w:type=\"separator\">" +
                                         paragraph("____") + "</w:footnote><w:footnote w:id=\"2\">" +
                                         paragraph("source") + "</w:footnote></w:footnotes>"}});
    EXPECT_THAT(
        of("docx", before,
           opendocument("text", "<text:p>texte<text:note><text:note-citation>1</text:note-citation><text:note-body>"
                                "<text:p>source</text:p></text:note-body></text:note>.</text:p>")),
        IsEmpty());
    EXPECT_EQ(of("docx", before, opendocument("text", "<text:p>texte.</text:p><text:p>source</text:p>")),
              std::vector{gone(codes::convert_footnotes_lost)});
}

TEST_F(Comparing, AHeaderInUseMustStay) {
    const std::string space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    const auto with = [&](const std::string& type) {
        return docx(paragraph("texte") + "<w:sectPr><w:headerReference w:type=\"" + type +
                        "\" r:id=\"rId1\"/></w:sectPr>",
                    {{"word/header1.xml", "<w:hdr " + space + ">" + paragraph("Les Amis") + "</w:hdr>"}});
    };
    const std::string master =
        "<style:master-page><style:header><text:p>Les Amis</text:p></style:header></style:master-page>";
    EXPECT_THAT(of("docx", with("default"), opendocument("text", "<text:p>texte</text:p>", master)), IsEmpty());
    EXPECT_EQ(
        of("docx", with("default"), opendocument("text", "<text:p>texte</text:p>")),
        (std::vector{Reason(codes::convert_header_words_lost, {{"missing", "2"}}), gone(codes::convert_headers_lost)}));
    EXPECT_THAT(of("docx", with("first"), opendocument("text", "<text:p>texte</text:p>")), IsEmpty()) << "switched off";
}

const std::string kRows =
    "<row><c t=\"inlineStr\"><is><t>Loyer</t></is></c><c><v>850.5</v></c><c><f>B1*12</f><v>10206</v></c>"
    "<c><v>45000</v></c></row>";
std::string cells(const std::string& label, const std::string& value, const std::string& formula,
                  const std::string& date) {
    return "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>" + label +
           "</text:p></table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"" + value +
           "\"><text:p>irrelevant</text:p></table:table-cell><table:table-cell office:value-type=\"float\" " + formula +
           "/><table:table-cell office:value-type=\"date\" office:date-value=\"" + date + "\"/></table:table-row>";
}
const std::string kFormula = "table:formula=\"of:=[.B1]*12\" office:value=\"10206\"";

Reason in_budget(std::string_view code, const std::string& cells) {
    return Reason(code, {{"sheet", "Budget"}, {"count", "1"}, {"cells", cells}});
}

TEST_F(Comparing, CellsKeepTheirTextsValuesFormulasAndDates) {
    EXPECT_THAT(sheet(kRows, cells("Loyer", "850.5", kFormula, "2023-03-15")), IsEmpty());
}

TEST_F(Comparing, AnyChangedCellIsNoticed) {
    EXPECT_EQ(sheet(kRows, cells("Loyer", "850.6", kFormula, "2023-03-15")),
              std::vector{in_budget(codes::convert_cell_values_differ, "B1")});
    EXPECT_EQ(sheet(kRows, cells("Loyer", "850.5", kFormula, "2023-03-16")),
              std::vector{in_budget(codes::convert_cell_values_differ, "D1")});
    EXPECT_EQ(sheet(kRows, cells("", "850.5", kFormula, "2023-03-15")),
              std::vector{in_budget(codes::convert_cell_texts_differ, "A1")});
    EXPECT_EQ(
        sheet(kRows, cells("Loyer", "850.5", "table:formula=\"of:=[.B1]*12\" office:value=\"10205\"", "2023-03-15")),
        std::vector{in_budget(codes::convert_formula_results_differ, "C1")});
}

TEST_F(Comparing, ALostFormulaIsNoticed) {
    const auto reasons = sheet(kRows, cells("Loyer", "850.5", "office:value=\"10206\"", "2023-03-15"));
    EXPECT_THAT(reasons, ::testing::Contains(in_budget(codes::convert_formulas_lost, "C1")));
}

TEST_F(Comparing, AFunctionThatLibreOfficeDoesNotKnowIsNoticed) {
    const auto with = [&](const std::string& formula) {
        return sheet(kRows, cells("Loyer", "850.5", "table:formula=\"of:=" + formula + "\" office:value=\"10206\"",
                                  "2023-03-15"));
    };
    EXPECT_THAT(with("SUM([.B1];ABS(2))*[$'Prévu (mairie)'.C1]&amp;&quot;total (net)&quot;"), IsEmpty());
    const auto unknown = std::vector{in_budget(codes::convert_formulas_unknown, "C1")};
    EXPECT_EQ(with("_xlfn.xlookup([.A2];[.A2:.A6];[.B2:.B6])"), unknown);
    EXPECT_EQ(with("SUM([.B1];mafonction())"), unknown);
}

TEST_F(Comparing, AFormulaThatNowGivesAnErrorIsNamed) {
    const std::string error = "table:formula=\"of:=[.B1]/0\" office:value-type=\"string\" calcext:value-type=\"error\" "
                              "xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\"";
    const std::string cell = "<table:table-cell " + error + "><text:p>#DIV/0!</text:p></table:table-cell>";
    const std::string row =
        "<row r=\"12\"><c r=\"D12\"><f>B1*2</f><v>2</v></c><c r=\"E12\"><f>B1*2</f><v>2</v></c></row>";
    const std::string empty = "<table:table-row table:number-rows-repeated=\"11\"><table:table-cell/></table:table-row>"
                              "<table:table-row><table:table-cell table:number-columns-repeated=\"3\"/>";
    const std::string good = "<table:table-cell office:value-type=\"float\" table:formula=\"of:=[.B1]*2\" "
                             "office:value=\"2\"/>";
    EXPECT_THAT(sheet(row, empty + good + good + "</table:table-row>"), IsEmpty());
    EXPECT_EQ(sheet(row, empty + cell + good + "</table:table-row>"),
              std::vector{in_budget(codes::convert_formula_errors, "D12")});
    EXPECT_EQ(sheet(row, empty + cell + cell + "</table:table-row>"),
              std::vector{
                  Reason(codes::convert_formula_errors, {{"sheet", "Budget"}, {"count", "2"}, {"cells", "D12, E12"}})});
}

TEST_F(Comparing, ResultsThatChangeWithEveryOpeningOnlyInform) {
    const auto reasons = sheet(
        "<row><c><f>TODAY()</f><v>45000</v></c><c><f>A1+1</f><v>45001</v></c><c t=\"str\"><f>\"\"</f><v></v></c></row>",
        "<table:table-row><table:table-cell office:value-type=\"float\" table:formula=\"of:=TODAY()\" "
        "office:value=\"46000\"/><table:table-cell office:value-type=\"float\" table:formula=\"of:=[.A1]+1\" "
        "office:value=\"46001\"/><table:table-cell office:value-type=\"string\" table:formula=\"of:=&quot;&quot;\"/>"
        "</table:table-row>");
    EXPECT_EQ(reasons, std::vector{Reason(codes::convert_results_not_compared, {{"count", "2"}})});
    EXPECT_EQ(verdict_of(reasons), VerdictKind::faithful);
}

TEST_F(Comparing, OnlyTheFirstOfManyCellsAreNamed) {
    std::string row = "<row r=\"3\">";
    for (int i = 0; i < 30; ++i)
        row += "<c><v>7</v></c>";
    EXPECT_EQ(sheet(row + "</row>", ""),
              std::vector{Reason(codes::convert_cell_values_differ,
                                 {{"sheet", "Budget"}, {"count", "30"}, {"cells", "A3, B3, C3, D3, E3, …"}})});
}

TEST(CellAddress, IsReadAndWrittenAsPeopleDo) {
    for (const std::string text : {"A1", "Z9", "AA10", "AZ1", "BA1", "XFD1048576"}) {
        CellAddress address;
        EXPECT_TRUE(read_address(text, address)) << text;
        EXPECT_EQ(to_string(address), text);
    }
    CellAddress address;
    for (const std::string text : {"", "A", "1", "A0", "1A", "A1B", "XFE1", "A1048577", "A99999999999", "AAAAAAAAAAA1"})
        EXPECT_FALSE(read_address(text, address)) << text;
}

TEST_F(Comparing, RepeatedCellsCountEach) {
    EXPECT_THAT(
        sheet("<row><c><v>1</v></c><c><v>1</v></c></row><row><c><v>1</v></c><c><v>1</v></c></row>",
              "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell "
              "table:number-columns-repeated=\"2\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>"),
        IsEmpty());
}

TEST_F(Comparing, ALieAboutRepeatsEnds) {
    EXPECT_EQ(sheet("<row><c><v>1</v></c></row>",
                    "<table:table-row table:number-rows-repeated=\"4000000000\"><table:table-cell "
                    "table:number-columns-repeated=\"4000000000\" office:value-type=\"float\" office:value=\"1\"/>"
                    "</table:table-row>"),
              std::vector{Reason(codes::convert_not_compared)});
}

TEST_F(Comparing, ALostSheetIsNoticed) {
    EXPECT_EQ(of("xlsx", xlsx(kRows), opendocument("spreadsheet", "")),
              std::vector{Reason(codes::convert_sheets_differ, {{"before", "1"}, {"after", "0"}})});
}

std::string slide(const std::string& words) {
    return "<draw:page><draw:custom-shape><text:p>" + words + "</text:p></draw:custom-shape></draw:page>";
}

TEST_F(Comparing, ACommentOnASlideIsFoundAgain) {
    Parts before = pptx({"Bilan"});
    before.emplace_back("ppt/slides/_rels/slide1.xml.rels",
                        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                        "<Relationship Id=\"rId1\" Target=\"../comments/comment1.xml\" Type=\"http://schemas."
                        "openxmlformats.org/officeDocument/2006/relationships/comments\"/></Relationships>");
    before.emplace_back("ppt/comments/comment1.xml",
                        "<p:cmLst xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"><p:cm>"
                        "<p:text>à vérifier</p:text></p:cm></p:cmLst>");
    const auto with = [](const std::string& comment) {
        return opendocument("presentation", "<draw:page><draw:custom-shape><text:p>Bilan</text:p></draw:custom-shape>" +
                                                comment + "</draw:page>");
    };
    EXPECT_THAT(of("pptx", before,
                   with("<officeooo:annotation><dc:creator>Jeanne</dc:creator><dc:date>2024-03-12T10:00:00</dc:date>"
                        "<text:p>à vérifier</text:p></officeooo:annotation>")),
                IsEmpty());
    EXPECT_EQ(of("pptx", before, with("")), std::vector{gone(codes::convert_comments_lost)});
}

TEST_F(Comparing, ALostSlideIsNoticed) {
    const Parts before = pptx({"Bilan", "Projets"});
    EXPECT_THAT(of("pptx", before, opendocument("presentation", slide("Bilan") + slide("Projets"))), IsEmpty());
    EXPECT_EQ(of("pptx", before, opendocument("presentation", slide("Bilan"))),
              (std::vector{words_differ("1", "2", "0", "« Projets »"), gone(codes::convert_slides_differ, 2, 1),
                           gone(codes::convert_paragraphs_lost, 2, 1)}));
    EXPECT_EQ(of("pptx", before, opendocument("presentation", slide("Projets") + slide("Bilan"))),
              std::vector{Reason(codes::convert_order_differs)});
}

TEST_F(Comparing, WhatCannotBeReadIsNotCalledFaithful) {
    const Reason not_compared(codes::convert_not_compared);
    const Parts good = opendocument("text", "<text:p>texte</text:p>");
    EXPECT_EQ(of("doc", docx(paragraph("texte")), good), std::vector{not_compared});
    EXPECT_EQ(text("<w:p><broken>", "<text:p>texte</text:p>"), std::vector{not_compared});
    EXPECT_EQ(text(paragraph("texte") + "<w:altChunk/>", "<text:p>texte</text:p>"), std::vector{not_compared});
    Parts with_type = docx("");
    with_type[2].second =
        "<!DOCTYPE w [<!ENTITY e \"texte\">]><w:document xmlns:w=\"http://schemas.openxmlformats.org/"
        "wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>";
    EXPECT_EQ(of("docx", with_type, good), std::vector{not_compared});
}

} // namespace
} // namespace passerelle::convert
