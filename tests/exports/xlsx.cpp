// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/markup.hpp"
#include "tests/exports/office.hpp"
#include "tests/exports/ooxml.hpp"

#include <fmt/format.h>

namespace passerelle::exports {
namespace {

constexpr std::string_view kNamespaces =
    R"(xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")"
    R"( xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")";

constexpr std::string_view kStyles =
    R"(<fonts count="1"><font><sz val="11"/><name val="Carlito"/></font></fonts>)"
    R"(<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>)"
    R"(<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>)"
    R"(<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>)"
    R"(<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>)";

struct CellXml {
    std::string reference;

    std::string operator()(const std::string& text) const {
        return fmt::format(R"(<c r="{}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>)", reference,
                           escaped(text));
    }
    std::string operator()(double number) const { return fmt::format(R"(<c r="{}"><v>{}</v></c>)", reference, number); }
    std::string operator()(const Formula& formula) const {
        return fmt::format(R"(<c r="{}"><f>{}</f><v>{}</v></c>)", reference, escaped(formula.text), formula.value);
    }
};

std::string sheet_xml(const Sheet& sheet) {
    std::string xml = fmt::format("<worksheet {}><sheetData>", kNamespaces);
    for (std::size_t row = 0; row < sheet.rows.size(); ++row) {
        xml += fmt::format(R"(<row r="{}">)", row + 1);
        for (std::size_t column = 0; column < sheet.rows[row].size(); ++column)
            xml += std::visit(CellXml{fmt::format("{}{}", static_cast<char>('A' + column), row + 1)},
                              sheet.rows[row][column]);
        xml += "</row>";
    }
    return xml + "</sheetData></worksheet>";
}

std::string package(const std::vector<Sheet>& sheets, bool macros) {
    constexpr std::string_view base = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    std::string workbook = fmt::format("<workbook {}><sheets>", kNamespaces);
    std::vector<ooxml::Relation> relations;
    std::vector<ooxml::Part> parts(1);
    for (std::size_t index = 0; index < sheets.size(); ++index) {
        const std::string target = fmt::format("worksheets/sheet{}.xml", index + 1);
        workbook += fmt::format(R"(<sheet name="{}" sheetId="{}" r:id="rId{}"/>)", escaped(sheets[index].name),
                                index + 1, index + 1);
        relations.push_back({"worksheet", target});
        parts.push_back({"xl/" + target, fmt::format("{}worksheet+xml", base), sheet_xml(sheets[index])});
    }
    relations.push_back({"styles", "styles.xml"});
    parts.push_back({"xl/styles.xml", fmt::format("{}styles+xml", base),
                     fmt::format("<styleSheet {}>{}</styleSheet>", kNamespaces, kStyles)});
    if (macros) {
        relations.push_back({std::string(ooxml::kVbaRelation), "vbaProject.bin"});
        parts.push_back({"xl/vbaProject.bin", std::string(ooxml::kVbaContentType), ooxml::vba_project()});
    }
    const std::string type =
        macros ? "application/vnd.ms-excel.sheet.macroEnabled.main+xml" : fmt::format("{}sheet.main+xml", base);
    parts.front() = {"xl/workbook.xml", type, workbook + "</sheets></workbook>", relations};
    return ooxml::package(parts);
}

} // namespace

std::string to_xlsx(const std::vector<Sheet>& sheets) {
    return package(sheets, false);
}
std::string to_xlsm(const std::vector<Sheet>& sheets) {
    return package(sheets, true);
}

} // namespace passerelle::exports
