// SPDX-License-Identifier: AGPL-3.0-or-later
// Each fact is found in both formats, and missed when it is taken out of a good result.
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
const std::string kField = " xmlns:field=\"urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0\" "
                           "field:type=\"vnd.oasis.opendocument.field";
const std::string kWordSpace = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// What leads from a part to others, each with the last step of its type's name.
Parts::value_type leads(const std::string& from, const Parts& types_and_targets) {
    std::string xml = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    for (const auto& [type, target] : types_and_targets)
        xml += "<Relationship Id=\"rId" + std::to_string(xml.size()) + "\" Target=\"" + target +
               "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + type + "\"/>";
    return {from, xml + "</Relationships>"};
}
const std::string kSheetLinks = "xl/worksheets/_rels/sheet1.xml.rels";
const std::string kSlideLinks = "ppt/slides/_rels/slide1.xml.rels";
const std::string kXdr = " xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\" "
                         "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
                         "xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "
                         "xmlns:cx=\"http://schemas.microsoft.com/office/drawing/2014/chartex\" "
                         "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";
const std::string kImage = "<draw:frame><draw:image/></draw:frame>";

/// The result with one more file in its manifest.
Parts with_object(const Parts& parts, const std::string& type) {
    return replaced(parts, "</manifest:manifest>",
                    "<manifest:file-entry manifest:full-path=\"Object 1/\" manifest:media-type=\"application/"
                    "vnd.oasis.opendocument." +
                        type + "\"/></manifest:manifest>");
}

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
        {"Equation", "docx", docx("<w:p>" + kRun + equation + "</w:p>"), with_object(text(kPlain), "formula"),
         text(kPlain), gone(codes::convert_equations_lost)},
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
        {"MergedCells", "docx",
         docx("<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr></w:tc></w:tr><w:tr><w:tc/><w:tc/></w:tr>"
              "</w:tbl><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr></w:tc></w:tr></w:tbl>"),
         text("<table:table><table:table-cell table:number-columns-spanned=\"2\"/></table:table><table:table/>"),
         text("<table:table/><table:table/>"), gone(codes::convert_merged_cells_lost)},
        {"CellsMergedOverRows", "docx",
         docx("<w:tbl><w:tr><w:tc><w:vMerge w:val=\"restart\"/></w:tc></w:tr><w:tr><w:tc><w:vMerge/></w:tc></w:tr>"
              "</w:tbl>"),
         text("<table:table><table:table-cell table:number-rows-spanned=\"2\"/></table:table>"), text("<table:table/>"),
         gone(codes::convert_merged_cells_lost)},
        {"Picture", "docx",
         docx("<w:p>" + kRun +
              "<pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"/></w:p>"),
         text("<text:p>Budget" + kImage + "</text:p>"), text(kPlain), gone(codes::convert_pictures_lost)},
        {"Chart", "docx",
         docx("<w:p>" + kRun + "<c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"/></w:p>"),
         with_object(text(kPlain), "chart"), text(kPlain), gone(codes::convert_charts_lost)},
        {"EmbeddedDocument", "docx",
         docx("<w:p>" + kRun +
              "<o:OLEObject xmlns:o=\"urn:schemas-microsoft-com:office:office\" Type=\"Embed\"/></w:p>"),
         with_object(text(kPlain), "spreadsheet"), text(kPlain), gone(codes::convert_objects_lost)},
        {"WordArt", "docx",
         docx("<w:p>" + kRun +
              "<w:r><v:textpath xmlns:v=\"urn:schemas-microsoft-com:vml\" string=\"Merci\"/></w:r></w:p>"),
         text("<text:p>Budget<draw:custom-shape><text:p>Merci</text:p></draw:custom-shape></text:p>"), text(kPlain),
         Reason(codes::convert_words_differ,
                {{"missing", "1"}, {"total", "2"}, {"added", "0"}, {"words", "« Merci »"}})},
        {"CheckBoxThatBecameAnotherMark", "docx",
         docx("<w:p>" + kRun + "<w:fldChar w:fldCharType=\"begin\"><w:ffData/></w:fldChar></w:p>"),
         text("<text:p>Budget<field:fieldmark" + kField + ".FORMCHECKBOX\"/></text:p>"),
         text("<text:p>Budget<field:fieldmark" + kField + ".UNHANDLED\"/></text:p>"),
         gone(codes::convert_form_fields_lost)},
        {"CommentAuthor", "docx", comments("Jeanne"), annotation("Jeanne"), annotation(""),
         Reason(codes::convert_comment_authors_lost, {{"authors", "Jeanne"}})},
    };
}

std::vector<Damage> workbooks() {
    const std::string cell = "<table:table-row><table:table-cell/></table:table-row>";
    const std::string hidden_sheet = "<style:style style:name=\"ta1\"><style:table-properties table:display=\"false\"/>"
                                     "</style:style>";
    Parts pivot = workbook("");
    pivot.push_back(leads(kSheetLinks, {{"pivotTable", "../pivotTables/pivotTable1.xml"}}));
    Parts remarks = workbook("");
    remarks.push_back(leads(kSheetLinks, {{"comments", "../comments1.xml"}}));
    remarks.emplace_back("xl/comments1.xml",
                         "<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><commentList>"
                         "<comment ref=\"A1\"><text><t>oui</t></text></comment></commentList></comments>");
    const std::string remark = "<table:table-row><table:table-cell><office:annotation><text:p>oui</text:p>"
                               "</office:annotation></table:table-cell></table:table-row>";
    const auto drawing = [](const std::string& content) {
        Parts parts = workbook("");
        parts.push_back(leads(kSheetLinks, {{"drawing", "../drawings/drawing1.xml"}}));
        parts.emplace_back("xl/drawings/drawing1.xml", "<xdr:wsDr" + kXdr + ">" + content + "</xdr:wsDr>");
        return parts;
    };
    Parts form = workbook("");
    form.push_back(leads(kSheetLinks, {{"ctrlProp", "../ctrlProps/ctrlProp1.xml"}}));
    form.emplace_back("xl/ctrlProps/ctrlProp1.xml",
                      "<formControlPr xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\" "
                      "objectType=\"CheckBox\"/>");
    Parts changed = workbook("");
    for (auto& [name, bytes] : changed)
        if (name == "xl/_rels/workbook.xml.rels")
            bytes.insert(bytes.rfind("</Relationships>"),
                         "<Relationship Id=\"rId8\" Target=\"revisions/revisionHeaders.xml\" Type=\"http://schemas."
                         "openxmlformats.org/officeDocument/2006/relationships/revisionHeaders\"/>");
    changed.push_back(leads("xl/revisions/_rels/revisionHeaders.xml.rels", {{"revisionLog", "revisionLog1.xml"}}));
    changed.emplace_back("xl/revisions/revisionLog1.xml",
                         "<revisions xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><rcc/>"
                         "</revisions>");
    const Parts printed = workbook("<headerFooter><oddHeader>&amp;CLes &amp;\"Arial\"&amp;12Amis</oddHeader>"
                                   "<firstHeader>Jamais</firstHeader></headerFooter>");
    const auto master = [&](const std::string& page, const std::string& header) {
        return styled(opendocument("spreadsheet", "<table:table table:name=\"Budget\">" + cell + "</table:table>",
                                   "<style:master-page style:name=\"" + page + "\"><style:header><text:p>" + header +
                                       "</text:p></style:header></style:master-page>"),
                      "<style:style style:name=\"ta1\" style:family=\"table\" style:master-page-name=\"Feuille\"/>");
    };
    const std::string box = "<draw:frame><draw:text-box/></draw:frame>";
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
        {"Comment", "xlsx", remarks, sheet(remark), sheet(cell), gone(codes::convert_comments_lost)},
        {"Picture", "xlsx", drawing("<xdr:pic/>"), sheet("<table:shapes>" + kImage + "</table:shapes>" + cell),
         sheet(cell), gone(codes::convert_pictures_lost)},
        {"Chart", "xlsx", drawing("<c:chart/>"), with_object(sheet(cell), "chart"), sheet(cell),
         gone(codes::convert_charts_lost)},
        {"ChartOfTheNewerKind", "xlsx", drawing("<mc:Choice Requires=\"cx1\"><cx:chart/></mc:Choice>"),
         with_object(sheet(cell), "chart"), sheet(cell), gone(codes::convert_charts_lost)},
        {"TextBox", "xlsx", drawing("<xdr:sp/><mc:Choice Requires=\"a14\"><xdr:sp/></mc:Choice>"),
         sheet("<table:shapes>" + box + "</table:shapes>" + cell), sheet(cell), gone(codes::convert_shapes_lost)},
        {"Link", "xlsx", workbook("<hyperlinks><hyperlink ref=\"A1\" location=\"Budget!B2\"/></hyperlinks>"),
         sheet("<table:table-row><table:table-cell><text:p><text:a/></text:p></table:table-cell></table:table-row>"),
         sheet(cell), gone(codes::convert_links_lost)},
        {"EmbeddedObject", "xlsx",
         workbook("<oleObjects><oleObject progId=\"Word.Document\"/><oleObject link=\"x\"/></oleObjects>"),
         with_object(sheet(cell), "text"), sheet(cell), gone(codes::convert_objects_lost)},
        {"FormField", "xlsx", form,
         sheet("<form:checkbox xmlns:form=\"urn:oasis:names:tc:opendocument:xmlns:form:1.0\"/>" + cell), sheet(cell),
         gone(codes::convert_form_fields_lost)},
        {"TrackedChange", "xlsx", changed,
         sheet("<table:tracked-changes><table:cell-content-change/></table:tracked-changes>" + cell), sheet(cell),
         gone(codes::convert_changes_lost)},
        {"HeaderWords", "xlsx", printed, master("Feuille", "Les Amis"), master("Feuille", "Les"),
         Reason(codes::convert_header_words_lost, {{"missing", "1"}})},
        {"PageNumber", "xlsx", workbook("<headerFooter><oddFooter>&amp;P</oddFooter></headerFooter>"),
         master("Feuille", "<text:page-number/>"), master("Default", "<text:page-number/>"),
         gone(codes::convert_fields_lost)},
        {"HiddenSheet", "xlsx", replaced(workbook(""), "sheetId=", "state=\"hidden\" sheetId="),
         styled(replaced(sheet(cell), "table:name", "table:style-name=\"ta1\" table:name"), hidden_sheet), sheet(cell),
         gone(codes::convert_hidden_sheets_differ)},
    };
}

std::vector<Damage> presentations() {
    const std::string effect = "<style:style style:name=\"p1\"><style:drawing-page-properties "
                               "xmlns:smil=\"urn:oasis:names:tc:opendocument:xmlns:smil-compatible:1.0\" "
                               "smil:type=\"fade\"/></style:style>";
    const std::string spaces = " xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" "
                               "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"";
    Parts notes = pptx({"Bilan"});
    notes.push_back(leads(kSlideLinks, {{"notesSlide", "../notesSlides/notesSlide1.xml"}}));
    notes.emplace_back("ppt/notesSlides/notesSlide1.xml",
                       "<p:notes" + spaces + "><p:sp><a:p><a:r><a:t>Merci</a:t></a:r></a:p></p:sp></p:notes>");
    Parts remarks = pptx({"Bilan"});
    remarks.push_back(leads(kSlideLinks, {{"comments", "../comments/comment1.xml"}}));
    remarks.emplace_back("ppt/comments/comment1.xml",
                         "<p:cmLst" + spaces + "><p:cm><p:text>oui</p:text></p:cm></p:cmLst>");
    /// A slide with this behind its shape.
    const auto with = [](const std::string& more) {
        return replaced(pptx({"Bilan"}), "</p:spTree>", more + "</p:spTree>");
    };
    const auto placeholder = [&](const std::string& kind) {
        return replaced(pptx({"Bilan"}), "<p:nvPr/></p:nvSpPr>",
                        "<p:nvPr><p:ph type=\"" + kind + "\"/></p:nvPr></p:nvSpPr>");
    };
    const auto frame = [](const std::string& kind) {
        return opendocument("presentation", "<draw:page><draw:frame presentation:class=\"" + kind +
                                                "\"><draw:text-box><text:p>Bilan</text:p></draw:text-box></draw:frame>"
                                                "</draw:page>");
    };
    const std::string numbered = "<style:style style:name=\"p1\"><style:drawing-page-properties "
                                 "presentation:display-page-number=\"true\"/></style:style>";
    const auto item = [](const std::string& paragraph) {
        return opendocument("presentation", "<draw:page><draw:frame><draw:text-box>" + paragraph +
                                                "</draw:text-box></draw:frame></draw:page>");
    };
    const auto table = [](const std::string& span) {
        return slide("<draw:frame><table:table><table:table-row><table:table-cell" + span +
                     "/></table:table-row></table:table></draw:frame>");
    };
    const std::string hidden = "<style:style style:name=\"p1\"><style:drawing-page-properties presentation:visibility="
                               "\"hidden\"/></style:style>";
    return {
        {"HiddenSlide", "pptx", replaced(pptx({"Bilan"}), "><p:cSld>", " show=\"0\"><p:cSld>"),
         styled(slide(""), hidden), slide(""), gone(codes::convert_hidden_slides_differ)},
        {"Transition", "pptx",
         replaced(pptx({"Bilan"}), "</p:cSld>", "</p:cSld><p:transition><p:fade/></p:transition>"),
         styled(slide(""), effect), slide(""), gone(codes::convert_transitions_lost)},
        {"Title", "pptx", placeholder("title"), frame("title"), frame("outline"), gone(codes::convert_headings_lost)},
        {"Footer", "pptx", placeholder("ftr"), frame("footer"), frame("outline"), gone(codes::convert_headers_lost)},
        {"DateThatSomebodyTyped", "pptx", placeholder("dt"),
         opendocument("presentation", "<presentation:date-time-decl>Bilan</presentation:date-time-decl><draw:page/>"),
         opendocument("presentation", "<draw:page/>"), Reason(codes::convert_header_words_lost, {{"missing", "1"}})},
        {"SlideNumber", "pptx", with("<p:sp><a:p><a:fld type=\"slidenum\"><a:t>3</a:t></a:fld></a:p></p:sp>"),
         styled(slide(""), numbered), slide(""), gone(codes::convert_fields_lost)},
        {"List", "pptx", replaced(pptx({"Bilan"}), "<a:p>", "<a:p><a:pPr><a:buChar char=\"-\"/></a:pPr>"),
         item("<text:list><text:list-item><text:p>Bilan</text:p></text:list-item></text:list>"),
         item("<text:p>Bilan</text:p>"), gone(codes::convert_lists_lost)},
        {"Paragraph", "pptx", replaced(pptx({"Bilan"}), "</a:p>", "</a:p><a:p><a:r><a:t>moral</a:t></a:r></a:p>"),
         item("<text:p>Bilan</text:p><text:p>moral</text:p>"), item("<text:p>Bilan<text:line-break/>moral</text:p>"),
         gone(codes::convert_paragraphs_lost, 2, 1)},
        {"Shape", "pptx", pptx({"Bilan"}), slide(""),
         opendocument("presentation", "<draw:page><text:p>Bilan</text:p></draw:page>"),
         gone(codes::convert_shapes_lost)},
        {"Table", "pptx", with("<a:tbl/>"), table(""), slide(""), gone(codes::convert_tables_lost)},
        {"MergedCells", "pptx", with("<a:tbl><a:tc gridSpan=\"2\"/></a:tbl>"),
         table(" table:number-columns-spanned=\"2\""), table(""), gone(codes::convert_merged_cells_lost)},
        {"Picture", "pptx", with("<p:pic/>"), slide(kImage), slide(""), gone(codes::convert_pictures_lost)},
        {"Video", "pptx", with("<p:pic><a:videoFile/></p:pic>"),
         slide("<draw:frame><draw:plugin/><draw:image/></draw:frame>"), slide(kImage),
         gone(codes::convert_objects_lost)},
        {"Chart", "pptx", with("<c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"/>"),
         with_object(slide(""), "chart"), slide(""), gone(codes::convert_charts_lost)},
        {"EmbeddedObject", "pptx", with("<p:oleObj><p:embed/></p:oleObj><p:oleObj><p:link/></p:oleObj>"),
         with_object(slide(""), "spreadsheet"), slide(""), gone(codes::convert_objects_lost)},
        {"Link", "pptx", with("<a:hlinkClick r:id=\"rId9\"/>"), slide("<draw:a/>"), slide(""),
         gone(codes::convert_links_lost)},
        {"Comment", "pptx", remarks, slide("<officeooo:annotation><text:p>oui</text:p></officeooo:annotation>"),
         slide(""), gone(codes::convert_comments_lost)},
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

} // namespace
} // namespace passerelle::convert
