// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/ods_sheets.hpp"

#include "daemon/report/ods_styles.hpp"
#include "daemon/report/safe_text.hpp"
#include "daemon/report/wording.hpp"

#include <fmt/format.h>

namespace passerelle::report {
namespace {

// Written for every cell: made once.
const std::string kCell = "table:table-cell";
const std::string kType = "office:value-type";
const std::string kValue = "office:value";
const std::string kParagraph = "text:p";
const std::string kStyle = "table:style-name";

/// "A", "Z", "AA"…
std::string column_name(std::size_t index) {
    std::string name;
    for (++index; index > 0; index = (index - 1) / 26)
        name.insert(name.begin(), static_cast<char>('A' + (index - 1) % 26));
    return name;
}

/// 'Dossiers d''équipe'
std::string quoted(const std::string& sheet) {
    std::string name = "'";
    for (const char letter : sheet)
        name += letter == '\'' ? std::string("''") : std::string(1, letter);
    return name + '\'';
}

} // namespace

Sheets::Sheets(Language language) {
    writer_.start("office:document-content");
    write_namespaces(writer_);
    write_automatic_styles(writer_, language);
    writer_.start("office:body").start("office:spreadsheet");
}

void Sheets::begin(const std::string& name, std::span<const SheetColumn> columns) {
    written_.push_back({.name = name, .columns = columns.size()});
    writer_.start("table:table").attribute("table:name", name);
    for (const auto& column : columns)
        writer_.start("table:table-column")
            .attribute(kStyle, style_of(column.width))
            .attribute("table:default-cell-style-name", style_of(column.cells))
            .end();
}

void Sheets::head(std::span<const std::string> names) {
    written_.back().has_head = true;
    writer_.start("table:table-header-rows"); // printed on each page
    begin_row();
    for (const auto& name : names)
        strong(name);
    end_row();
    writer_.end();
}

void Sheets::begin_row() {
    ++written_.back().rows;
    writer_.start("table:table-row").attribute(kStyle, kRowStyle);
}

void Sheets::end_row() {
    writer_.end();
}

void Sheets::end() {
    writer_.end();
}

/// A reader drops spaces at the ends and all but one within: those are elements.
void Sheets::paragraph(const std::string& shown) {
    writer_.start(kParagraph);
    std::size_t at = 0;
    while (at < shown.size()) {
        const auto words = std::min(shown.find("  ", at), shown.size());
        const bool leading = at == 0 && shown.front() == ' ';
        if (leading || words == at) {
            const auto end = std::min(shown.find_first_not_of(' ', at), shown.size());
            writer_.start("text:s").attribute("text:c", std::to_string(end - at)).end();
            at = end;
            continue;
        }
        const bool trailing = words == shown.size() && shown.back() == ' ';
        writer_.text(shown.substr(at, words - at - (trailing ? 1 : 0)));
        if (trailing) writer_.element("text:s");
        at = words;
    }
    writer_.end();
}

void Sheets::cell(const std::string& shown, const char* style) {
    writer_.start(kCell);
    if (style != nullptr) writer_.attribute(kStyle, style);
    if (!shown.empty()) {
        writer_.attribute(kType, "string");
        paragraph(shown);
    }
    writer_.end();
}

void Sheets::text(std::string_view value) {
    cell(visible(value), nullptr);
}

void Sheets::path(std::string_view value) {
    cell(rooted_path(value), nullptr);
}

void Sheets::title(std::string_view value) {
    cell(visible(value), kTitleStyle);
}

void Sheets::strong(std::string_view value) {
    cell(visible(value), kHeadStyle);
}

void Sheets::number(std::uint64_t value) {
    const auto digits = std::to_string(value);
    writer_.start(kCell).attribute(kType, "float").attribute(kValue, digits).element(kParagraph, digits).end();
}

void Sheets::moment(Timestamp value) {
    auto shown = table_time(value);
    if (!shown) return cell(iso_time(value), nullptr);
    writer_.start(kCell).attribute(kType, "date");
    auto date = *shown;
    date[date.find(' ')] = 'T';
    writer_.attribute("office:date-value", date).element(kParagraph, *shown).end();
}

void Sheets::day(std::chrono::sys_days value) {
    const auto date = iso_time(value).substr(0, std::string_view("2026-03-14").size());
    writer_.start(kCell).attribute(kStyle, kDayStyle).attribute(kType, "date");
    writer_.attribute("office:date-value", date).element(kParagraph, date).end();
}

std::string Sheets::finish() {
    writer_.start("table:database-ranges");
    for (std::size_t index = 0; index < written_.size(); ++index) {
        const auto& sheet = written_[index];
        if (!sheet.has_head) continue;
        const auto name = quoted(sheet.name);
        writer_.start("table:database-range")
            .attribute("table:name", fmt::format("passerelle_{}", index + 1))
            .attribute("table:target-range-address",
                       fmt::format("{}.A1:{}.{}{}", name, name, column_name(sheet.columns - 1), sheet.rows))
            .attribute("table:display-filter-buttons", "true")
            .end();
    }
    return writer_.finish();
}

} // namespace passerelle::report
