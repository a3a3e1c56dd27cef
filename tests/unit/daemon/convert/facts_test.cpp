// SPDX-License-Identifier: AGPL-3.0-or-later
// Each fact is found in both formats, and missed when it is taken out of a good result.
#include "core/reason_codes.hpp"
#include "daemon/convert/compare.hpp"
#include "daemon/convert/fonts.hpp"
#include "daemon/convert/only_faithful.hpp"
#include "daemon/convert/rules.hpp"
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

TEST(Rules, EachFallsWhenItsFactIsGoneAndSaysWhy) {
    ASSERT_EQ(rules().size(), kFacts);
    for (const Rule& rule : rules()) {
        SCOPED_TRACE(rule.reason);
        EXPECT_FALSE(rule.why.empty());
        Census before;
        before.facts.add(rule.fact, 2);
        EXPECT_THAT(differences(before, before), IsEmpty());
        EXPECT_EQ(differences(before, {}), std::vector{gone(rule.reason, 2)});
        Census unknown;
        unknown.facts.set_unknown(rule.fact);
        EXPECT_THAT(differences(before, unknown), IsEmpty());
        EXPECT_THAT(differences(unknown, before), IsEmpty());
    }
}

TEST(Rules, OneLessIsMissedWhereEachCounts) {
    for (const Rule& rule : rules()) {
        Census before;
        Census after;
        before.facts.add(rule.fact, 2);
        after.facts.add(rule.fact, 1);
        EXPECT_EQ(differences(before, after).empty(), rule.holds == Holds::not_all_gone) << rule.reason;
        after.facts.add(rule.fact, 2);
        EXPECT_EQ(differences(before, after).empty(), rule.holds != Holds::same) << rule.reason;
    }
}

/// A document, its good conversion, and the same without the one thing.
struct Damage {
    std::string name;
    std::string format;
    Parts before;
    Parts good;
    Parts damaged;
    Reason reason;
};

void PrintTo(const Damage& damage, std::ostream* out) {
    *out << damage.name;
}

Parts replaced(Parts parts, const std::string& what, const std::string& by) {
    for (auto& [name, bytes] : parts) {
        const auto at = bytes.find(what);
        if (at == std::string::npos) continue;
        bytes.replace(at, what.size(), by);
        return parts;
    }
    throw std::invalid_argument("no part holds " + what);
}

Parts text(const std::string& content) {
    return opendocument("text", content);
}
Parts sheet(const std::string& content) {
    return opendocument("spreadsheet", "<table:table table:name=\"Budget\">" + content + "</table:table>");
}
Parts slide(const std::string& more) {
    return opendocument("presentation", "<draw:page draw:style-name=\"p1\"><draw:custom-shape><text:p>Bilan</text:p>"
                                        "</draw:custom-shape>" +
                                            more + "</draw:page>");
}
Parts styled(const Parts& parts, const std::string& style) {
    return replaced(parts, "<office:body>",
                    "<office:automatic-styles>" + style + "</office:automatic-styles><office:body>");
}
/// After the rows of the one sheet.
Parts workbook(const std::string& more) {
    return xlsx("</sheetData>" + more + "<sheetData>");
}

const std::string kRun = "<w:r><w:t>Budget</w:t></w:r>";
const std::string kPlain = "<text:p>Budget</text:p>";
const std::string kLoext = " xmlns:loext=\"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0\"";
const std::string kCalcext = " xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\"";
const std::string kAnim = " xmlns:anim=\"urn:oasis:names:tc:opendocument:xmlns:animation:1.0\"";
const std::string kWordSpace = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

std::vector<Damage> texts() {
    const auto comments = [](const std::string& author) {
        return docx("<w:p>" + kRun + "</w:p>",
                    {{"word/comments.xml", "<w:comments " + kWordSpace + "><w:comment w:id=\"1\" w:author=\"" + author +
                                               "\"><w:p><w:r><w:t>oui</w:t></w:r></w:p></w:comment></w:comments>"}});
    };
    const auto annotation = [](const std::string& author) {
        return text("<text:p>Budget<office:annotation><dc:creator>" + author +
                    "</dc:creator><text:p>oui</text:p></office:annotation></text:p>");
    };
    const std::string equation = "<m:oMath xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"/>";
    const std::string object =
        "<manifest:file-entry manifest:full-path=\"Object 1/\" manifest:media-type=\"application/"
        "vnd.oasis.opendocument.formula\"/></manifest:manifest>";
    return {
        {"Heading", "docx", docx("<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>" + kRun + "</w:p>"),
         text("<text:h>Budget</text:h>"), text(kPlain), gone(codes::convert_headings_lost)},
        {"HeadingByStyle", "docx",
         docx("<w:p><w:pPr><w:pStyle w:val=\"Sous\"/></w:pPr>" + kRun + "</w:p>",
              {{"word/styles.xml",
                "<w:styles " + kWordSpace +
                    "><w:style w:type=\"paragraph\" w:styleId=\"Titre\">"
                    "<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style><w:style w:type=\"paragraph\" "
                    "w:styleId=\"Sous\"><w:basedOn w:val=\"Titre\"/></w:style></w:styles>"}}),
         text("<text:h>Budget</text:h>"), text(kPlain), gone(codes::convert_headings_lost)},
        {"List", "docx", docx("<w:p><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr>" + kRun + "</w:p>"),
         text("<text:list><text:list-item>" + kPlain + "</text:list-item></text:list>"), text(kPlain),
         gone(codes::convert_lists_lost)},
        {"Link", "docx", docx("<w:p><w:hyperlink r:id=\"rId9\">" + kRun + "</w:hyperlink></w:p>"),
         text("<text:p><text:a>Budget</text:a></text:p>"), text(kPlain), gone(codes::convert_links_lost)},
        {"TrackedChange", "docx", docx("<w:p><w:ins w:id=\"1\" w:author=\"Jeanne\">" + kRun + "</w:ins></w:p>"),
         text("<text:tracked-changes><text:changed-region/></text:tracked-changes>" + kPlain), text(kPlain),
         gone(codes::convert_changes_lost)},
        {"PageNumber", "docx", docx("<w:p>" + kRun + "<w:fldSimple w:instr=\" PAGE \"/></w:p>"),
         text("<text:p>Budget<text:page-number/></text:p>"), text(kPlain), gone(codes::convert_fields_lost)},
        {"FormField", "docx", docx("<w:p><w:sdt><w:sdtPr><w:comboBox/></w:sdtPr>" + kRun + "</w:sdt></w:p>"),
         text("<text:p><loext:content-control" + kLoext + ">Budget</loext:content-control></text:p>"), text(kPlain),
         gone(codes::convert_form_fields_lost)},
        {"Equation", "docx", docx("<w:p>" + kRun + equation + "</w:p>"),
         replaced(text(kPlain), "</manifest:manifest>", object), text(kPlain), gone(codes::convert_equations_lost)},
        {"Paragraph", "docx", docx("<w:p>" + kRun + "</w:p><w:p/><w:p>" + kRun + "</w:p>"), text(kPlain + kPlain),
         text("<text:p>Budget<text:line-break/>Budget</text:p>"), gone(codes::convert_paragraphs_lost, 2, 1)},
        {"TextBox", "docx",
         docx("<w:p>" + kRun + "<w:r><w:pict><v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\"><v:textbox>" +
              "<w:txbxContent><w:p>" + kRun + "</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"),
         text("<text:p>Budget<draw:frame><draw:text-box>" + kPlain + "</draw:text-box></draw:frame></text:p>"),
         text(kPlain + kPlain), gone(codes::convert_shapes_lost)},
        {"Header", "docx",
         docx("<w:p>" + kRun + "</w:p><w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId1\"/></w:sectPr>",
              {{"word/header1.xml", "<w:hdr " + kWordSpace + "><w:p>" + kRun + "</w:p></w:hdr>"}}),
         opendocument("text", kPlain,
                      "<style:master-page><style:header>" + kPlain + "</style:header></style:master-page>"),
         text(kPlain), gone(codes::convert_headers_lost)},
        {"CommentAuthor", "docx", comments("Jeanne"), annotation("Jeanne"), annotation(""),
         Reason(codes::convert_comment_authors_lost, {{"authors", "Jeanne"}})},
    };
}

std::vector<Damage> workbooks() {
    const std::string cell = "<table:table-row><table:table-cell/></table:table-row>";
    const std::string hidden_sheet = "<style:style style:name=\"ta1\"><style:table-properties table:display=\"false\"/>"
                                     "</style:style>";
    Parts pivot = workbook("");
    pivot.emplace_back("xl/worksheets/_rels/sheet1.xml.rels",
                       "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                       "<Relationship Id=\"rId1\" Target=\"../pivotTables/pivotTable1.xml\" Type=\"http://schemas."
                       "openxmlformats.org/officeDocument/2006/relationships/pivotTable\"/></Relationships>");
    return {
        {"MergedCells", "xlsx", workbook("<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>"),
         sheet("<table:table-row><table:table-cell table:number-columns-spanned=\"2\"/></table:table-row>"),
         sheet(cell), gone(codes::convert_merged_cells_lost)},
        {"ConditionalFormat", "xlsx", workbook("<conditionalFormatting sqref=\"A1\"/>"),
         sheet(cell + "<calcext:conditional-format" + kCalcext + "/>"), sheet(cell),
         gone(codes::convert_conditional_formats_lost)},
        {"Validation", "xlsx",
         workbook("<dataValidations><dataValidation type=\"list\" sqref=\"A1\"/></dataValidations>"),
         sheet("<table:content-validation/>" + cell), sheet(cell), gone(codes::convert_validations_lost)},
        {"PivotTable", "xlsx", pivot, sheet(cell + "<table:data-pilot-table/>"), sheet(cell),
         gone(codes::convert_pivot_tables_lost)},
        {"HiddenSheet", "xlsx", replaced(workbook(""), "sheetId=", "state=\"hidden\" sheetId="),
         styled(replaced(sheet(cell), "table:name", "table:style-name=\"ta1\" table:name"), hidden_sheet), sheet(cell),
         gone(codes::convert_hidden_sheets_differ)},
    };
}

std::vector<Damage> presentations() {
    const std::string effect = "<style:style style:name=\"p1\"><style:drawing-page-properties "
                               "xmlns:smil=\"urn:oasis:names:tc:opendocument:xmlns:smil-compatible:1.0\" "
                               "smil:type=\"fade\"/></style:style>";
    Parts notes = pptx({"Bilan"});
    notes.emplace_back("ppt/slides/_rels/slide1.xml.rels",
                       "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                       "<Relationship Id=\"rId1\" Target=\"../notesSlides/notesSlide1.xml\" Type=\"http://schemas."
                       "openxmlformats.org/officeDocument/2006/relationships/notesSlide\"/></Relationships>");
    notes.emplace_back("ppt/notesSlides/notesSlide1.xml",
                       "<p:notes xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" "
                       "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><p:sp><a:p><a:r>"
                       "<a:t>Merci</a:t></a:r></a:p></p:sp></p:notes>");
    const std::string hidden = "<style:style style:name=\"p1\"><style:drawing-page-properties presentation:visibility="
                               "\"hidden\"/></style:style>";
    return {
        {"HiddenSlide", "pptx", replaced(pptx({"Bilan"}), "><p:cSld>", " show=\"0\"><p:cSld>"),
         styled(slide(""), hidden), slide(""), gone(codes::convert_hidden_slides_differ)},
        {"Transition", "pptx",
         replaced(pptx({"Bilan"}), "</p:cSld>", "</p:cSld><p:transition><p:fade/></p:transition>"),
         styled(slide(""), effect), slide(""), gone(codes::convert_transitions_lost)},
        {"SpeakerNotes", "pptx", notes,
         slide("<presentation:notes><draw:frame><draw:text-box><text:p>Merci</text:p></draw:text-box></draw:frame>"
               "</presentation:notes>"),
         slide("<draw:custom-shape><text:p>Merci</text:p></draw:custom-shape>"),
         gone(codes::convert_speaker_notes_lost)},
        {"Animation", "pptx", replaced(pptx({"Bilan"}), "</p:cSld>", "</p:cSld><p:timing><p:set/></p:timing>"),
         slide("<anim:par" + kAnim + "><anim:set/></anim:par>"), slide("<anim:par" + kAnim + "/>"),
         gone(codes::convert_animations_lost)},
    };
}

class Damaged : public ::testing::TestWithParam<Damage> {};

TEST_P(Damaged, IsNoticedAndTheGoodResultIsFaithful) {
    const Damage& damage = GetParam();
    const tests::TemporaryFolder folder;
    tests::write_zip(folder.path() / "before", damage.before);
    tests::write_zip(folder.path() / "good", damage.good);
    tests::write_zip(folder.path() / "damaged", damage.damaged);
    EXPECT_THAT(compare(folder.path() / "before", damage.format, folder.path() / "good"), IsEmpty());
    EXPECT_EQ(compare(folder.path() / "before", damage.format, folder.path() / "damaged"), std::vector{damage.reason});
}

std::string name_of(const ::testing::TestParamInfo<Damage>& info) {
    return info.param.name;
}
INSTANTIATE_TEST_SUITE_P(Text, Damaged, ::testing::ValuesIn(texts()), name_of);
INSTANTIATE_TEST_SUITE_P(Spreadsheet, Damaged, ::testing::ValuesIn(workbooks()), name_of);
INSTANTIATE_TEST_SUITE_P(Presentation, Damaged, ::testing::ValuesIn(presentations()), name_of);

TEST(Metadata, WhatTheDocumentSaysOfItselfMustStay) {
    Census before;
    before.metadata = {.title = "Nos  statuts", .author = "Jeanne", .created = "2014-05-06T07:08:09"};
    Census after;
    after.metadata = {.title = "Nos statuts", .author = "Jeanne", .created = "2014-05-06T07:08:09", .language = "fr"};
    EXPECT_THAT(differences(before, after), IsEmpty());
    after.metadata.author.clear();
    after.metadata.created = "2026-05-06T07:08:09";
    const auto reasons = differences(before, after);
    EXPECT_EQ(reasons, std::vector{Reason(codes::convert_metadata_lost, {{"fields", "Jeanne, 2014-05-06T07:08:09"}})});
    EXPECT_EQ(verdict_of(reasons), VerdictKind::check);
}

TEST(Fonts, AreMissedUnlessTheyOrTheirTwinsAreThere) {
    const std::set<std::string> asked = {"Passerelle Sans 93", "Liberation Sans", "arial", "Wingdings", ""};
    EXPECT_EQ(missing_fonts(asked), std::set<std::string>{"Passerelle Sans 93"});
    Census before;
    before.fonts = asked;
    const auto reasons = differences(before, {});
    EXPECT_EQ(reasons, std::vector{Reason(codes::convert_fonts_missing, {{"fonts", "Passerelle Sans 93"}})});
    EXPECT_EQ(verdict_of(reasons), VerdictKind::faithful);
}

TEST(LinkedPictures, AreToldAndAreNoDifference) {
    Census before;
    before.linked_pictures = 2;
    const auto reasons = differences(before, {});
    EXPECT_EQ(reasons, std::vector{Reason(codes::convert_linked_pictures, {{"count", "2"}})});
    EXPECT_EQ(verdict_of(reasons), VerdictKind::faithful);
}

TEST(OnlyFaithful, ADocumentToBeCheckedIsKeptAndItsResultRemoved) {
    const tests::TemporaryFolder folder;
    const auto output = folder.path() / "result.odt";
    const Reason order(codes::convert_order_differs);
    tests::write_file(output, "result");
    EXPECT_EQ(keep_unless_faithful({VerdictKind::faithful, {}, {}}, output).kind, VerdictKind::faithful);
    EXPECT_TRUE(std::filesystem::exists(output));
    const Verdict kept = keep_unless_faithful({VerdictKind::check, {order}, {}}, output);
    EXPECT_EQ(kept.kind, VerdictKind::kept);
    EXPECT_EQ(kept.reasons, (std::vector{Reason(codes::convert_only_faithful), order}));
    EXPECT_FALSE(std::filesystem::exists(output));
}

TEST(OnlyFaithful, OnlyACompleteComparisonMakesAnOriginalDispensable) {
    EXPECT_TRUE(is_surely_faithful({VerdictKind::faithful, {}, {}}));
    EXPECT_TRUE(is_surely_faithful({VerdictKind::faithful, {Reason(codes::convert_fonts_missing)}, {}}));
    EXPECT_FALSE(is_surely_faithful({VerdictKind::faithful, {Reason(codes::convert_less_certain)}, {}}));
    EXPECT_FALSE(is_surely_faithful({VerdictKind::faithful, {Reason(codes::convert_results_not_compared)}, {}}));
    EXPECT_FALSE(is_surely_faithful({VerdictKind::check, {}, {}}));
    EXPECT_FALSE(is_surely_faithful({VerdictKind::kept, {}, {}}));
}

TEST(Differences, AnOldFormatIsComparedWithLessCertainty) {
    Census before;
    before.is_certain = false;
    before.facts.add(Fact::comments, 2);
    Census after;
    after.facts.add(Fact::comments, 2);
    EXPECT_EQ(differences(before, after), std::vector{Reason(codes::convert_less_certain)});
    EXPECT_EQ(verdict_of(differences(before, after)), VerdictKind::faithful);
    EXPECT_EQ(verdict_of(differences(before, Census())), VerdictKind::check);
}

} // namespace
} // namespace passerelle::convert
