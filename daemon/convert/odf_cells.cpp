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

} // namespace

void OdfCells::set_null_date(std::string_view date) {
    const auto days = days_from(date, kUsualNullDate);
    if (days && std::abs(*days) < 100'000) null_date_ = kUsualNullDate + std::chrono::days(static_cast<int>(*days));
}

void OdfCells::start_sheet(std::string_view name) {
    sheets_.emplace_back().name = name;
    sheets_.back().by_address = kept_ == CellsKept::by_address;
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
            if (kept_ == CellsKept::in_lists)
                count_in_lists(cell);
            else if (cell.kind != Cell::Kind::text || cell.has_formula || text != 0)
                sheet.cells.push_back(
                    {.row = static_cast<std::uint32_t>(row),
                     .column = static_cast<std::uint16_t>(column),
                     .kind = cell.kind,
                     .has_formula = cell.has_formula,
                     .content = cell.kind == Cell::Kind::number ? std::bit_cast<std::uint64_t>(cell.number) : text});
        }
    }
}

void OdfCells::start_cell(const XmlAttributes& attributes) {
    in_cell_ = true;
    cell_ = {};
    cell_.has_formula = !attributes.get("table:formula").empty();
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

void OdfCells::count_in_lists(const Found& cell) {
    SheetCensus& sheet = sheets_.back();
    if (cell.has_formula) ++sheet.formulas;
    switch (cell.kind) {
    case Cell::Kind::error:
        ++sheet.errors;
        break;
    case Cell::Kind::number:
        (cell.has_formula ? sheet.results : sheet.numbers).push_back(cell.number);
        break;
    case Cell::Kind::text: {
        WordList& words = cell.has_formula ? sheet.result_texts : sheet.texts;
        words.add(cell.text);
        words.end_word();
        break;
    }
    }
}

} // namespace passerelle::convert
