// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/markup.hpp"
#include "tests/exports/office.hpp"
#include "tests/exports/ooxml.hpp"

#include <fmt/format.h>

namespace passerelle::exports {
namespace {

constexpr std::string_view kNamespaces =
    R"(xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main")"
    R"( xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")"
    R"( xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main")";

// A group that every tree of shapes begins with.
constexpr std::string_view kTreeStart =
    R"(<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>)";

constexpr std::string_view kColorMap =
    R"(<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3")"
    R"( accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>)";

std::string theme() {
    std::string colors = R"(<a:dk1><a:srgbClr val="1F2A1F"/></a:dk1><a:lt1><a:srgbClr val="FFFFFF"/></a:lt1>)"
                         R"(<a:dk2><a:srgbClr val="2F5D3A"/></a:dk2><a:lt2><a:srgbClr val="F3F1E7"/></a:lt2>)";
    for (int accent = 1; accent <= 6; ++accent)
        colors += fmt::format(R"(<a:accent{0}><a:srgbClr val="4{0}8{0}5{0}"/></a:accent{0}>)", accent);
    colors += R"(<a:hlink><a:srgbClr val="0563C1"/></a:hlink><a:folHlink><a:srgbClr val="954F72"/></a:folHlink>)";
    const std::string_view font = R"(<a:latin typeface="DejaVu Sans"/><a:ea typeface=""/><a:cs typeface=""/>)";
    const std::string fill = R"(<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>)";
    const std::string line = fmt::format(R"(<a:ln w="9525">{}</a:ln>)", fill);
    const std::string effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    const auto three = [](const std::string& one) { return one + one + one; };
    return fmt::format(
        R"(<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Jardins"><a:themeElements>)"
        R"(<a:clrScheme name="Jardins">{}</a:clrScheme>)"
        R"(<a:fontScheme name="Jardins"><a:majorFont>{}</a:majorFont><a:minorFont>{}</a:minorFont></a:fontScheme>)"
        R"(<a:fmtScheme name="Jardins"><a:fillStyleLst>{}</a:fillStyleLst><a:lnStyleLst>{}</a:lnStyleLst>)"
        R"(<a:effectStyleLst>{}</a:effectStyleLst><a:bgFillStyleLst>{}</a:bgFillStyleLst></a:fmtScheme>)"
        R"(</a:themeElements></a:theme>)",
        colors, font, font, three(fill), three(line), three(effect), three(fill));
}

std::string shape(int id, std::string_view type, std::string_view place, const std::vector<std::string>& lines) {
    std::string paragraphs;
    for (const std::string& line : lines)
        paragraphs += fmt::format("<a:p><a:r><a:t>{}</a:t></a:r></a:p>", escaped(line));
    if (lines.empty()) paragraphs = "<a:p/>";
    return fmt::format(
        R"(<p:sp><p:nvSpPr><p:cNvPr id="{}" name="{}"/><p:cNvSpPr/><p:nvPr><p:ph type="{}"/></p:nvPr></p:nvSpPr>)"
        R"(<p:spPr>{}</p:spPr><p:txBody><a:bodyPr/>{}</p:txBody></p:sp>)",
        id, type, type, place, paragraphs);
}

std::string place(int x, int y, int width, int height) {
    return fmt::format(R"(<a:xfrm><a:off x="{}" y="{}"/><a:ext cx="{}" cy="{}"/></a:xfrm><a:prstGeom prst="rect"/>)", x,
                       y, width, height);
}

const std::string kTitlePlace = place(457200, 274638, 8229600, 1143000);
const std::string kBodyPlace = place(457200, 1600200, 8229600, 4525963);
const std::string kNotesPlace = place(685800, 4343400, 5486400, 4114800);

std::string tree(std::string_view shapes) {
    return fmt::format("<p:cSld><p:spTree>{}{}</p:spTree></p:cSld>", kTreeStart, shapes);
}

std::string whole(std::string_view element, std::string_view inside) {
    return fmt::format("<p:{0} {1}>{2}</p:{0}>", element, kNamespaces, inside);
}

std::string type(std::string_view name) {
    return fmt::format("application/vnd.openxmlformats-officedocument.{}+xml", name);
}

/// Masters, layout and themes: what every presentation has.
std::vector<ooxml::Part> frame_parts() {
    const std::string frame = shape(2, "title", kTitlePlace, {}) + shape(3, "body", kBodyPlace, {});
    const std::string layouts = R"(<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst>)";
    return {{"ppt/slideMasters/slideMaster1.xml",
             type("presentationml.slideMaster"),
             whole("sldMaster", tree(frame) + std::string(kColorMap) + layouts),
             {{"slideLayout", "../slideLayouts/slideLayout1.xml"}, {"theme", "../theme/theme1.xml"}}},
            {"ppt/slideLayouts/slideLayout1.xml",
             type("presentationml.slideLayout"),
             whole("sldLayout", tree(frame)),
             {{"slideMaster", "../slideMasters/slideMaster1.xml"}}},
            {"ppt/notesMasters/notesMaster1.xml",
             type("presentationml.notesMaster"),
             whole("notesMaster", tree(shape(2, "body", kNotesPlace, {})) + std::string(kColorMap)),
             {{"theme", "../theme/theme2.xml"}}},
            {"ppt/theme/theme1.xml", type("theme"), theme()},
            {"ppt/theme/theme2.xml", type("theme"), theme()}};
}

} // namespace

std::string to_pptx(const std::vector<Slide>& slides) {
    std::vector<ooxml::Part> parts(1);
    for (ooxml::Part& part : frame_parts())
        parts.push_back(std::move(part));
    std::vector<ooxml::Relation> relations = {{"slideMaster", "slideMasters/slideMaster1.xml"},
                                              {"notesMaster", "notesMasters/notesMaster1.xml"}};
    std::string list;
    for (std::size_t index = 0; index < slides.size(); ++index) {
        const Slide& slide = slides[index];
        const std::string name = fmt::format("slide{}.xml", index + 1);
        const std::string notes = fmt::format("notesSlides/notesSlide{}.xml", index + 1);
        relations.push_back({"slide", "slides/" + name});
        list += fmt::format(R"(<p:sldId id="{}" r:id="rId{}"/>)", 256 + index, relations.size());
        parts.push_back({"ppt/slides/" + name,
                         type("presentationml.slide"),
                         whole("sld", tree(shape(2, "title", "", {slide.title}) + shape(3, "body", "", slide.points))),
                         {{"slideLayout", "../slideLayouts/slideLayout1.xml"}}});
        if (slide.notes.empty()) continue;
        parts.back().relations.push_back({"notesSlide", "../" + notes});
        parts.push_back({"ppt/" + notes,
                         type("presentationml.notesSlide"),
                         whole("notes", tree(shape(2, "body", "", {slide.notes}))),
                         {{"notesMaster", "../notesMasters/notesMaster1.xml"}, {"slide", "../slides/" + name}}});
    }
    parts.front() = {
        "ppt/presentation.xml", type("presentationml.presentation.main"),
        whole("presentation", R"(<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>)"
                              R"(<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>)"
                              "<p:sldIdLst>" +
                                  list +
                                  "</p:sldIdLst>"
                                  R"(<p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/>)"),
        relations};
    return ooxml::package(parts);
}

} // namespace passerelle::exports
