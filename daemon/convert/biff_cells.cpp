// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/biff_cells.hpp"

#include "daemon/convert/legacy_text.hpp"
#include "daemon/convert/little_endian.hpp"

#include <algorithm>
#include <bit>

namespace passerelle::convert {
namespace {

constexpr std::size_t kCellBytes = 6; // row, column, format

double double_at(std::string_view bytes, std::size_t at) {
    return std::bit_cast<double>(std::uint64_t{u32_at(bytes, at)} | std::uint64_t{u32_at(bytes, at + 4)} << 32);
}

std::uint8_t byte_at(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<std::uint8_t>(bytes[at]) : std::uint8_t{0};
}

std::uint32_t cell_at(std::string_view body) {
    return std::uint32_t{u16_at(body, 0)} << 16 | u16_at(body, 2);
}

/// [MS-XLS] 2.5.218 RkNumber: 30 bits of a double or of a whole number, perhaps a hundredth of it.
double from_rk(std::uint32_t rk) {
    const double value = (rk & 2) != 0 ? static_cast<double>(static_cast<std::int32_t>(rk) >> 2)
                                       : std::bit_cast<double>(std::uint64_t{rk & ~std::uint32_t{3}} << 32);
    return (rk & 1) != 0 ? value / 100 : value;
}

/// The smallest body that each kind of cell has.
std::size_t smallest(Biff type) {
    switch (type) {
    case Biff::number:
        return 14;
    case Biff::formula:
        return 22;
    case Biff::rk:
    case Biff::shared_label:
        return 10;
    case Biff::truth_or_error:
    case Biff::label:
    case Biff::rich_string:
        return 8;
    case Biff::many_rk:
        return kCellBytes;
    default:
        return 0;
    }
}

} // namespace

void BiffCells::read(BiffRecord& record) {
    const std::string& body = record.body;
    if (body.size() < smallest(record.type)) {
        understood_ = false;
        return;
    }
    switch (record.type) {
    case Biff::number:
        return add_number(cell_at(body), double_at(body, kCellBytes), false);
    case Biff::rk:
        return add_number(cell_at(body), from_rk(u32_at(body, kCellBytes)), false);
    case Biff::many_rk:
        return many_rk(body);
    case Biff::truth_or_error:
        return truth_or_error(body);
    case Biff::shared_label:
        return shared_label(body);
    case Biff::label:
    case Biff::rich_string:
        if (!workbook_.is_biff8) {
            const std::string_view text = std::string_view(body).substr(kCellBytes + 2, u16_at(body, kCellBytes));
            return add_text(utf8_from_code_page(text, workbook_.code_page), false);
        } else {
            ContinuedBytes bytes(records_, body.substr(kCellBytes));
            return add_text(read_biff_string(bytes, 2), false);
        }
    case Biff::formula:
        return formula(body);
    case Biff::formula_string:
        return formula_string(record);
    case Biff::array:
        arrays_.insert(last_formula_);
        return note_volatile(std::string_view(body).substr(std::min<std::size_t>(body.size(), 14)));
    case Biff::shared_formula:
        return note_volatile(std::string_view(body).substr(std::min<std::size_t>(body.size(), 10)));
    default:
        return;
    }
}

void BiffCells::many_rk(const std::string& body) {
    constexpr std::size_t kEach = 6; // a format and a number
    const std::uint32_t first = cell_at(body);
    std::uint32_t column = 0;
    for (std::size_t at = 4; at + kEach + 2 <= body.size(); at += kEach) // the last column stands at the end
        add_number(first + column++, from_rk(u32_at(body, at + 2)), false);
}

void BiffCells::truth_or_error(const std::string& body) {
    if (byte_at(body, kCellBytes + 1) != 0) {
        ++sheet_.errors;
    } else {
        add_number(cell_at(body), byte_at(body, kCellBytes), true); // LibreOffice writes it as the formula TRUE()
    }
}

void BiffCells::shared_label(const std::string& body) {
    const std::uint32_t index = u32_at(body, kCellBytes);
    if (index >= workbook_.strings.size()) {
        understood_ = false;
        return;
    }
    add_text(workbook_.strings[index], false);
}

/// [MS-XLS] 2.4.127 Formula; what it showed last stands in eight bytes (2.5.133 FormulaValue).
void BiffCells::formula(const std::string& body) {
    constexpr std::size_t kValue = kCellBytes;
    const std::string_view tokens = std::string_view(body).substr(22);
    last_formula_ = cell_at(body);
    awaits_string_ = false;
    const bool is_formula = !is_part_of_array(tokens, last_formula_);
    if (is_formula) ++sheet_.formulas;
    note_volatile(tokens);
    if ((byte_at(body, 14) & 1) != 0) sheet_.results_comparable = false; // calculated with every opening

    if (u16_at(body, kValue + 6) != 0xFFFF) return add_number(last_formula_, double_at(body, kValue), is_formula);
    switch (byte_at(body, kValue)) {
    case 0:
        awaits_string_ = true;
        string_is_result_ = is_formula;
        return;
    case 1:
        return add_number(last_formula_, byte_at(body, kValue + 2), is_formula);
    case 2:
        ++sheet_.errors;
        return;
    default: // an empty text
        return;
    }
}

void BiffCells::formula_string(BiffRecord& record) {
    if (!awaits_string_) return;
    awaits_string_ = false;
    if (!workbook_.is_biff8) {
        const std::string_view text =
            std::string_view(record.body).substr(std::min<std::size_t>(record.body.size(), 2), u16_at(record.body, 0));
        return add_text(utf8_from_code_page(text, workbook_.code_page), string_is_result_);
    }
    ContinuedBytes bytes(records_, std::move(record.body));
    add_text(read_biff_string(bytes, 2), string_is_result_);
}

/// Each cell of an array has a record, which refers to the array's first cell; only that one has the formula.
bool BiffCells::is_part_of_array(std::string_view tokens, std::uint32_t cell) const {
    constexpr std::uint8_t kRefersToCell = 0x01; // PtgExp
    if (byte_at(tokens, 0) != kRefersToCell) return false;
    const std::uint32_t first = cell_at(tokens.substr(1));
    return first != cell && arrays_.contains(first);
}

/// Excel says so in the first token of a formula whose functions change by themselves (PtgAttrSemi, PtgAttrSpaceSemi).
void BiffCells::note_volatile(std::string_view tokens) {
    constexpr std::uint8_t kAttribute = 0x19;
    if (byte_at(tokens, 0) == kAttribute && (byte_at(tokens, 1) & 1) != 0) sheet_.results_comparable = false;
}

void BiffCells::add_text(std::string_view text, bool is_result) {
    if (text.size() > workbook_.text_budget) {
        understood_ = false;
        return;
    }
    workbook_.text_budget -= text.size();
    WordList& words = is_result ? sheet_.result_texts : sheet_.texts;
    words.add(text);
    words.end_word();
}

void BiffCells::add_number(std::uint32_t cell, double value, bool is_result) {
    (is_result ? results_ : numbers_).push_back({cell, value});
}

void BiffCells::finish() {
    // Excel writes cells in their order; others need not.
    const auto in_order = [](std::vector<Number>& numbers, std::vector<double>& values) {
        std::stable_sort(numbers.begin(), numbers.end(),
                         [](const Number& left, const Number& right) { return left.cell < right.cell; });
        for (const Number& number : numbers)
            values.push_back(number.value);
    };
    in_order(numbers_, sheet_.numbers);
    in_order(results_, sheet_.results);
}

} // namespace passerelle::convert
