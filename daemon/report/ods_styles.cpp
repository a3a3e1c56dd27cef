// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/ods_styles.hpp"

#include "daemon/report/wording.hpp"

#include <array>
#include <utility>

namespace passerelle::report {
namespace {

using Width = SheetColumn::Width;
using Cells = SheetColumn::Cells;

constexpr std::array kNamespaces{std::pair{"xmlns:office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"},
                                 std::pair{"xmlns:style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"},
                                 std::pair{"xmlns:text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"},
                                 std::pair{"xmlns:table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"},
                                 std::pair{"xmlns:number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"},
                                 std::pair{"xmlns:fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"},
                                 std::pair{"xmlns:config", "urn:oasis:names:tc:opendocument:xmlns:config:1.0"},
                                 std::pair{"xmlns:ooo", "http://openoffice.org/2004/office"}};

constexpr const char* kGroupedNumber = "grouped";
constexpr const char* kDateAndTime = "date-and-time";
constexpr const char* kDate = "date";

const char* width_of(Width width) {
    switch (width) {
    case Width::narrow:
        return "30mm";
    case Width::middle:
        return "45mm";
    case Width::wide:
        return "110mm";
    }
    return "45mm";
}

void write_column_style(xml::Writer& writer, Width width) {
    writer.start("style:style").attribute("style:name", style_of(width)).attribute("style:family", "table-column");
    writer.start("style:table-column-properties").attribute("style:column-width", width_of(width)).end().end();
}

/// A fixed height: the heights of a hundred thousand rows would be measured otherwise whenever the file is opened.
void write_row_style(xml::Writer& writer) {
    writer.start("style:style").attribute("style:name", kRowStyle).attribute("style:family", "table-row");
    writer.start("style:table-row-properties")
        .attribute("style:row-height", "5mm")
        .attribute("style:use-optimal-row-height", "false")
        .end()
        .end();
}

void write_cell_style(xml::Writer& writer, const char* name, const char* data_style, const char* size, bool bold) {
    writer.start("style:style").attribute("style:name", name).attribute("style:family", "table-cell");
    writer.attribute("style:parent-style-name", "Default");
    if (data_style != nullptr) writer.attribute("style:data-style-name", data_style);
    if (bold)
        writer.start("style:text-properties").attribute("fo:font-size", size).attribute("fo:font-weight", "bold").end();
    writer.end();
}

void write_number_style(xml::Writer& writer, Language language) {
    writer.start("number:number-style").attribute("style:name", kGroupedNumber);
    writer.attribute("number:language", std::string(to_string(language)));
    writer.start("number:number")
        .attribute("number:decimal-places", "0")
        .attribute("number:min-integer-digits", "1")
        .attribute("number:grouping", "true")
        .end()
        .end();
}

/// 2026-03-14 10:00:00, or the day alone: sorted and read alike in every language.
void write_date_style(xml::Writer& writer, const char* name, bool with_time) {
    const auto part = [&](const char* before, const char* element) {
        if (*before != '\0') writer.element("number:text", before);
        writer.start(element).attribute("number:style", "long").end();
    };
    writer.start("number:date-style").attribute("style:name", name);
    part("", "number:year");
    part("-", "number:month");
    part("-", "number:day");
    if (with_time) {
        part(" ", "number:hours");
        part(":", "number:minutes");
        part(":", "number:seconds");
    }
    writer.end();
}

void setting(xml::Writer& writer, const char* name, const char* type, const char* value) {
    writer.start("config:config-item").attribute("config:name", name).attribute("config:type", type);
    writer.text(value).end();
}

} // namespace

const char* style_of(Width width) {
    switch (width) {
    case Width::narrow:
        return "narrow";
    case Width::middle:
        return "middle";
    case Width::wide:
        return "wide";
    }
    return "middle";
}

const char* style_of(Cells cells) {
    switch (cells) {
    case Cells::text:
        return "text";
    case Cells::number:
        return "number";
    case Cells::moment:
        return "moment";
    }
    return "text";
}

void write_namespaces(xml::Writer& writer) {
    for (const auto& [prefix, name] : kNamespaces)
        writer.attribute(prefix, name);
    writer.attribute("office:version", "1.3");
}

void write_automatic_styles(xml::Writer& writer, Language language) {
    writer.start("office:automatic-styles");
    for (const auto width : {Width::narrow, Width::middle, Width::wide})
        write_column_style(writer, width);
    write_row_style(writer);
    write_number_style(writer, language);
    write_date_style(writer, kDateAndTime, true);
    write_date_style(writer, kDate, false);
    write_cell_style(writer, style_of(Cells::text), nullptr, nullptr, false);
    write_cell_style(writer, style_of(Cells::number), kGroupedNumber, nullptr, false);
    write_cell_style(writer, style_of(Cells::moment), kDateAndTime, nullptr, false);
    write_cell_style(writer, kDayStyle, kDate, nullptr, false);
    write_cell_style(writer, kHeadStyle, nullptr, "10pt", true);
    write_cell_style(writer, kTitleStyle, nullptr, "12pt", true);
    writer.end();
}

std::string ods_styles(Language language) {
    xml::Writer writer;
    writer.start("office:document-styles");
    write_namespaces(writer);
    writer.start("office:styles");
    writer.start("style:default-style").attribute("style:family", "table-cell");
    writer.start("style:text-properties")
        .attribute("fo:font-family", "Liberation Sans")
        .attribute("fo:font-size", "10pt")
        .attribute("fo:language", std::string(to_string(language)))
        .attribute("fo:country", std::string(Phrase{"FR", "GB"}.in(language)))
        .end()
        .end();
    writer.start("style:style").attribute("style:name", "Default").attribute("style:family", "table-cell").end();
    return writer.finish();
}

std::string ods_settings(const std::vector<WrittenSheet>& sheets) {
    xml::Writer writer;
    writer.start("office:document-settings");
    write_namespaces(writer);
    writer.start("office:settings");
    writer.start("config:config-item-set").attribute("config:name", "ooo:view-settings");
    writer.start("config:config-item-map-indexed").attribute("config:name", "Views");
    writer.start("config:config-item-map-entry");
    setting(writer, "ViewId", "string", "view1");
    writer.start("config:config-item-map-named").attribute("config:name", "Tables");
    for (const auto& sheet : sheets) {
        if (!sheet.has_head) continue;
        writer.start("config:config-item-map-entry").attribute("config:name", sheet.name);
        setting(writer, "VerticalSplitMode", "short", "2"); // frozen
        setting(writer, "VerticalSplitPosition", "int", "1");
        setting(writer, "ActiveSplitRange", "short", "2");
        setting(writer, "PositionBottom", "int", "1");
        writer.end();
    }
    return writer.finish();
}

} // namespace passerelle::report
