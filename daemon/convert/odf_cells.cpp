// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/odf_cells.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>

namespace passerelle::convert {
namespace {

// More cells with content than people write into a workbook; a lie in a repeat count must not cost memory.
constexpr std::uint64_t kMaxCells = 5'000'000;
constexpr std::uint64_t kMaxRepeats = 1u << 20; // the rows of the largest sheet

std::uint64_t count_from(std::string_view text) {
    std::uint64_t count = 1;
    std::from_chars(text.data(), text.data() + text.size(), count);
    return std::clamp<std::uint64_t>(count, 1, kMaxRepeats);
}

/// LibreOffice writes the functions that it knows in capitals, and the name of any other in small letters
/// ("of:=_xlfn.xlookup([.A2];[.A2:.A6];[.B2:.B6])"): what it shows is what Excel had calculated, until it calculates
/// itself. References stand in brackets, texts in quotes.
bool calls_unknown_function(std::string_view formula) {
    std::size_t name = 0; // where a name began that may turn out to be a function's
    char closing = 0;
    for (std::size_t at = 0; at < formula.size(); ++at) {
        const char letter = formula[at];
        if (closing != 0) {
            if (letter == closing) closing = 0;
            name = at + 1;
        } else if (letter == '"' || letter == '\'' || letter == '[') {
            closing = letter == '[' ? ']' : letter;
        } else if (letter == '(') {
            const auto function = formula.substr(name, at - name);
            if (std::any_of(function.begin(), function.end(), [](char c) { return c >= 'a' && c <= 'z'; })) return true;
            name = at + 1;
        } else if ((letter < '0' || letter > '9') && (letter < 'A' || letter > 'Z') && (letter < 'a' || letter > 'z') &&
                   letter != '.' && letter != '_') {
            name = at + 1;
        }
    }
    return false;
}

} // namespace

void OdfCells::set_null_date(std::string_view date) {
    const auto days = days_from(date, kUsualNullDate);
    if (days && std::abs(*days) < 100'000) null_date_ = kUsualNullDate + std::chrono::days(static_cast<int>(*days));
}

void OdfCells::start_sheet(std::string_view name) {
    sheets_.emplace_back().name = name;
    row_number_ = 0;
}

void OdfCells::start_row(std::string_view repeated) {
    row_.clear();
    row_repeated_ = count_from(repeated);
    column_ = 0;
}

void OdfCells::end_row() {
    for (std::uint64_t row = 0; row < row_repeated_ && understood_ && !row_.empty() && !sheets_.empty(); ++row)
        count_row(row_number_ + row);
    row_number_ = std::min(row_number_ + row_repeated_, kMaxRepeats);
    row_.clear();
}

void OdfCells::count_row(std::uint64_t row) {
    SheetCensus& sheet = sheets_.back();
    for (const Found& cell : row_) {
        const std::uint64_t text = cell.kind == Cell::Kind::text ? hash_of_words(cell.text) : 0;
        for (std::uint64_t i = 0; i < cell.repeated; ++i) {
            const std::uint64_t column = cell.column + i;
            if (++counted_ > kMaxCells || row >= kMaxRepeats || column > UINT16_MAX) understood_ = false;
            if (!understood_) return;
            if (cell.kind != Cell::Kind::text || cell.has_formula || text != 0)
                sheet.cells.push_back(
                    {.row = static_cast<std::uint32_t>(row),
                     .column = static_cast<std::uint16_t>(column),
                     .kind = cell.kind,
                     .has_formula = cell.has_formula,
                     .calls_unknown = cell.calls_unknown,
                     .content = cell.kind == Cell::Kind::number ? std::bit_cast<std::uint64_t>(cell.number) : text});
        }
    }
}

void OdfCells::start_cell(const XmlAttributes& attributes) {
    in_cell_ = true;
    cell_ = {};
    const std::string_view formula = attributes.get("table:formula");
    cell_.has_formula = !formula.empty();
    cell_.calls_unknown = calls_unknown_function(formula);
    cell_.column = column_;
    cell_.repeated = count_from(attributes.get("table:number-columns-repeated"));
    column_ = std::min(column_ + cell_.repeated, kMaxRepeats);
    read_value(attributes);
}

void OdfCells::read_value(const XmlAttributes& attributes) {
    const std::string_view type = attributes.get("office:value-type");
    if (type.empty() || type == "string") {
        if (attributes.get("calcext:value-type") == "error") cell_.kind = Cell::Kind::error;
        return;
    }
    std::optional<double> number;
    if (type == "date") {
        number = days_from(attributes.get("office:date-value"), null_date_);
    } else if (type == "time") {
        number = day_part_from(attributes.get("office:time-value"));
    } else if (type == "boolean") {
        number = attributes.get("office:boolean-value") == "true" ? 1 : 0;
    } else {
        number = number_from(attributes.get("office:value"));
    }
    if (!number) understood_ = false;
    cell_.kind = Cell::Kind::number;
    cell_.number = number.value_or(0);
}

void OdfCells::end_cell() {
    in_cell_ = false;
    if (cell_.kind == Cell::Kind::text && cell_.text.empty() && !cell_.has_formula) return;
    row_.push_back(std::move(cell_));
}

void OdfCells::add_text(std::string_view piece) {
    cell_.text += piece;
}
void OdfCells::end_paragraph() {
    cell_.text += '\n';
}

} // namespace passerelle::convert
