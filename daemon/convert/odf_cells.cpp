// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/odf_cells.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace passerelle::convert {
namespace {

// More cells with content than any sheet that people write; a lie in a repeat count must not cost memory.
constexpr std::uint64_t kMaxCells = 20'000'000;

std::uint64_t count_from(std::string_view text) {
    std::uint64_t count = 1;
    std::from_chars(text.data(), text.data() + text.size(), count);
    return std::max<std::uint64_t>(count, 1);
}

} // namespace

void OdfCells::set_null_date(std::string_view date) {
    const auto days = days_from(date, kUsualNullDate);
    if (days && std::abs(*days) < 100'000) null_date_ = kUsualNullDate + std::chrono::days(static_cast<int>(*days));
}

void OdfCells::start_sheet(std::string_view name) {
    sheets_.emplace_back().name = name;
}

void OdfCells::start_row(std::string_view repeated) {
    row_.clear();
    row_repeated_ = count_from(repeated);
}

void OdfCells::end_row() {
    if (row_.empty() || sheets_.empty()) return;
    for (std::uint64_t row = 0; row < row_repeated_ && understood_; ++row) {
        for (const Cell& cell : row_) {
            for (std::uint64_t i = 0; i < cell.repeated && understood_; ++i)
                count(cell);
        }
    }
    row_.clear();
}

void OdfCells::start_cell(const XmlAttributes& attributes) {
    in_cell_ = true;
    cell_ = {};
    cell_.has_formula = !attributes.get("table:formula").empty();
    cell_.repeated = count_from(attributes.get("table:number-columns-repeated"));
    read_value(attributes);
}

void OdfCells::read_value(const XmlAttributes& attributes) {
    const std::string_view type = attributes.get("office:value-type");
    if (type.empty() || type == "string") {
        if (attributes.get("calcext:value-type") == "error") cell_.kind = Kind::error;
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
    cell_.kind = Kind::number;
    cell_.number = number.value_or(0);
}

void OdfCells::end_cell() {
    in_cell_ = false;
    if (cell_.kind == Kind::text && cell_.text.empty() && !cell_.has_formula) return;
    row_.push_back(std::move(cell_));
}

void OdfCells::add_text(std::string_view piece) {
    cell_.text += piece;
}
void OdfCells::end_paragraph() {
    cell_.text += '\n';
}

void OdfCells::count(const Cell& cell) {
    if (++counted_ > kMaxCells) {
        understood_ = false;
        return;
    }
    SheetCensus& sheet = sheets_.back();
    if (cell.has_formula) ++sheet.formulas;
    switch (cell.kind) {
    case Kind::error:
        ++sheet.errors;
        break;
    case Kind::number:
        (cell.has_formula ? sheet.results : sheet.numbers).push_back(cell.number);
        break;
    case Kind::text: {
        WordList& words = cell.has_formula ? sheet.result_texts : sheet.texts;
        words.add(cell.text);
        words.end_word();
        break;
    }
    }
}

} // namespace passerelle::convert
