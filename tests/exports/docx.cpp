// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/markup.hpp"
#include "tests/exports/names.hpp"
#include "tests/exports/office.hpp"
#include "tests/exports/ooxml.hpp"
#include "tests/exports/zip_bytes.hpp"

#include <fmt/format.h>

namespace passerelle::exports {
namespace {

constexpr std::string_view kNamespace = R"(xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main")";

constexpr std::string_view kStyles =
    R"(<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>)"
    R"(<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>)"
    R"(<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>)"
    R"(<w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>)"
    R"(<w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style>)";

constexpr std::string_view kNumbering =
    R"(<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>)"
    R"(<w:lvlText w:val="•"/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>)"
    R"(<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>)";

// The separators that every footnotes part must begin with.
constexpr std::string_view kSeparators =
    R"(<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>)"
    R"(<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>)";

std::string run(std::string_view text) {
    return fmt::format(R"(<w:r><w:t xml:space="preserve">{}</w:t></w:r>)", escaped(text));
}

std::string_view properties(Paragraph::Style style) {
    switch (style) {
    case Paragraph::Style::normal:
        return "";
    case Paragraph::Style::heading1:
        return R"(<w:pPr><w:pStyle w:val="Titre1"/></w:pPr>)";
    case Paragraph::Style::heading2:
        return R"(<w:pPr><w:pStyle w:val="Titre2"/></w:pPr>)";
    case Paragraph::Style::bullet:
        return R"(<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>)";
    }
    return "";
}

/// The parts of a text document grow while its blocks are written.
class DocxWriter {
  public:
    explicit DocxWriter(const TextDocument& document) : author_(escaped(document.author)) {
        for (const auto& block : document.blocks)
            std::visit([this](const auto& one) { add(one); }, block);
    }

    [[nodiscard]] std::string package(bool macros) const {
        constexpr std::string_view base = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
        const auto type = [&](std::string_view name) { return fmt::format("{}{}+xml", base, name); };
        const auto whole = [](std::string_view element, std::string_view inside) {
            return fmt::format("<w:{0} {1}>{2}</w:{0}>", element, kNamespace, inside);
        };
        std::vector<ooxml::Relation> relations = {{"styles", "styles.xml"},
                                                  {"numbering", "numbering.xml"},
                                                  {"footnotes", "footnotes.xml"},
                                                  {"comments", "comments.xml"}};
        if (macros) relations.push_back({std::string(ooxml::kVbaRelation), "vbaProject.bin"});
        const std::string main =
            macros ? "application/vnd.ms-word.document.macroEnabled.main+xml" : type("document.main");
        std::vector<ooxml::Part> parts = {
            {"word/document.xml", main, whole("document", "<w:body>" + body_ + "<w:sectPr/></w:body>"), relations},
            {"word/styles.xml", type("styles"), whole("styles", kStyles)},
            {"word/numbering.xml", type("numbering"), whole("numbering", kNumbering)},
            {"word/footnotes.xml", type("footnotes"), whole("footnotes", std::string(kSeparators) + footnotes_)},
            {"word/comments.xml", type("comments"), whole("comments", comments_)}};
        if (macros) parts.push_back({"word/vbaProject.bin", std::string(ooxml::kVbaContentType), ooxml::vba_project()});
        return ooxml::package(parts);
    }

  private:
    void add(const Paragraph& paragraph) {
        std::string inside = run(paragraph.text);
        if (!paragraph.comment.empty()) {
            const int id = comment_count_++;
            inside = fmt::format(R"(<w:commentRangeStart w:id="{0}"/>{1}<w:commentRangeEnd w:id="{0}"/>)"
                                 R"(<w:r><w:commentReference w:id="{0}"/></w:r>)",
                                 id, inside);
            comments_ += fmt::format(
                R"(<w:comment w:id="{}" w:author="{}" w:date="2024-03-12T10:00:00Z"><w:p>{}</w:p></w:comment>)", id,
                author_, run(paragraph.comment));
        }
        if (!paragraph.footnote.empty()) {
            const int id = ++footnote_count_;
            inside += fmt::format(R"(<w:r><w:footnoteReference w:id="{}"/></w:r>)", id);
            footnotes_ += fmt::format(R"(<w:footnote w:id="{}"><w:p><w:r><w:footnoteRef/></w:r>{}</w:p></w:footnote>)",
                                      id, run(paragraph.footnote));
        }
        body_ += fmt::format("<w:p>{}{}</w:p>", properties(paragraph.style), inside);
    }

    void add(const TextTable& table) {
        body_ += R"(<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr><w:tblGrid>)";
        const std::size_t columns = table.rows.front().size();
        for (std::size_t column = 0; column < columns; ++column)
            body_ += fmt::format(R"(<w:gridCol w:w="{}"/>)", 9000 / columns);
        body_ += "</w:tblGrid>";
        for (const auto& row : table.rows) {
            body_ += "<w:tr>";
            for (const std::string& cell : row)
                body_ += fmt::format("<w:tc><w:p>{}</w:p></w:tc>", run(cell));
            body_ += "</w:tr>";
        }
        body_ += "</w:tbl>";
    }

    std::string author_;
    std::string body_;
    std::string footnotes_;
    std::string comments_;
    int footnote_count_ = 0;
    int comment_count_ = 0;
};

std::string odt_block(const Paragraph& paragraph) {
    switch (paragraph.style) {
    case Paragraph::Style::normal:
        return fmt::format("<text:p>{}</text:p>", escaped(paragraph.text));
    case Paragraph::Style::heading1:
        return fmt::format(R"(<text:h text:outline-level="1">{}</text:h>)", escaped(paragraph.text));
    case Paragraph::Style::heading2:
        return fmt::format(R"(<text:h text:outline-level="2">{}</text:h>)", escaped(paragraph.text));
    case Paragraph::Style::bullet:
        return fmt::format("<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>",
                           escaped(paragraph.text));
    }
    return "";
}

std::string odt_block(const TextTable& table) {
    std::string xml = fmt::format(R"(<table:table><table:table-column table:number-columns-repeated="{}"/>)",
                                  table.rows.front().size());
    for (const auto& row : table.rows) {
        xml += "<table:table-row>";
        for (const std::string& cell : row)
            xml += fmt::format(R"(<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>)",
                               escaped(cell));
        xml += "</table:table-row>";
    }
    return xml + "</table:table>";
}

} // namespace

std::string to_docx(const TextDocument& document) {
    return DocxWriter(document).package(false);
}
std::string to_docm(const TextDocument& document) {
    return DocxWriter(document).package(true);
}

std::string to_odt(const TextDocument& document) {
    std::string content(ooxml::kXml);
    content +=
        R"(<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0")"
        R"( xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0")"
        R"( xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.3"><office:body><office:text>)";
    for (const auto& block : document.blocks)
        content += std::visit([](const auto& one) { return odt_block(one); }, block);
    content += "</office:text></office:body></office:document-content>";
    const std::string type = "application/vnd.oasis.opendocument.text";
    const std::string manifest = fmt::format(
        R"({}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">)"
        R"(<manifest:file-entry manifest:full-path="/" manifest:media-type="{}"/>)"
        R"(<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>)",
        ooxml::kXml, type);
    const Timestamp when = at(1980, 1, 1, 0);
    // The type stands first and uncompressed, so that its place in the file is always the same.
    return zip_bytes({{.name = "mimetype", .content = type, .method = kZipStored, .flags = 0, .modified = when},
                      {.name = "content.xml", .content = content, .flags = 0, .modified = when},
                      {.name = "META-INF/manifest.xml", .content = manifest, .flags = 0, .modified = when}});
}

} // namespace passerelle::exports
