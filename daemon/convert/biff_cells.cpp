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
        return add_number(cell_at(body), double_at(body, kCellBytes));
    case Biff::rk:
        return add_number(cell_at(body), from_rk(u32_at(body, kCellBytes)));
    case Biff::many_rk:
        return many_rk(body);
    case Biff::truth_or_error:
        return truth_or_error(body);
    case Biff::shared_label:
        return shared_label(body);
    case Biff::label:
    case Biff::rich_string: {
        const std::uint32_t cell = cell_at(body);
        add(cell).content = plain_text(body.substr(kCellBytes));
        return;
    }
    case Biff::formula:
        return formula(body);
    case Biff::formula_string:
        return formula_string(record);
    case Biff::array:
        arrays_.insert(last_formula_);
        return note_formula_of_others(std::string_view(body).substr(std::min<std::size_t>(body.size(), 14)));
    case Biff::shared_formula:
        return note_formula_of_others(std::string_view(body).substr(std::min<std::size_t>(body.size(), 10)));
    default:
        return;
    }
}

/// A text with its length in front: in Unicode, or before Excel 97 in the workbook's code page.
std::uint64_t BiffCells::plain_text(std::string body) {
    if (!workbook_.is_biff8) {
        const std::string_view text =
            std::string_view(body).substr(std::min<std::size_t>(body.size(), 2), u16_at(body, 0));
        return hash_of_words(utf8_from_code_page(text, workbook_.code_page));
    }
    ContinuedBytes bytes(records_, std::move(body));
    return hash_of_words(read_biff_string(bytes, 2));
}

void BiffCells::many_rk(const std::string& body) {
    constexpr std::size_t kEach = 6; // a format and a number
    const std::uint32_t first = cell_at(body);
    std::uint32_t column = 0;
    for (std::size_t at = 4; at + kEach + 2 <= body.size(); at += kEach) // the last column stands at the end
        add_number(first + column++, from_rk(u32_at(body, at + 2)));
}

void BiffCells::truth_or_error(const std::string& body) {
    if (byte_at(body, kCellBytes + 1) != 0)
        add(cell_at(body)).kind = Cell::Kind::error;
    else
        add_number(cell_at(body), byte_at(body, kCellBytes));
}

void BiffCells::shared_label(const std::string& body) {
    const std::uint32_t index = u32_at(body, kCellBytes);
    if (index >= workbook_.strings.size()) {
        understood_ = false;
        return;
    }
    add(cell_at(body)).content = workbook_.strings[index];
}

/// [MS-XLS] 2.4.127 Formula; what it showed last stands in eight bytes (2.5.133 FormulaValue).
void BiffCells::formula(const std::string& body) {
    constexpr std::size_t kValue = kCellBytes;
    const std::string_view tokens = std::string_view(body).substr(22);
    last_formula_ = cell_at(body);
    Cell& cell = add(last_formula_);
    cell.has_formula = !is_part_of_array(tokens, last_formula_);
    const bool is_always_calculated = (byte_at(body, 14) & 1) != 0; // with every opening
    cell.may_change = is_always_calculated || is_volatile(tokens);
    if (u16_at(body, kValue + 6) != 0xFFFF) return show(cell, double_at(body, kValue));
    switch (byte_at(body, kValue)) {
    case 0:
        awaits_string_ = true;
        return;
    case 1:
        return show(cell, byte_at(body, kValue + 2));
    case 2:
        cell.kind = Cell::Kind::error;
        return;
    default: // an empty text
        return;
    }
}

void BiffCells::formula_string(BiffRecord& record) {
    if (!awaits_string_) return;
    awaits_string_ = false;
    sheet_.cells.back().content = plain_text(std::move(record.body));
}

/// Each cell of an array has a record, which refers to the array's first cell; only that one has the formula.
bool BiffCells::is_part_of_array(std::string_view tokens, std::uint32_t cell) const {
    constexpr std::uint8_t kRefersToCell = 0x01; // PtgExp
    if (byte_at(tokens, 0) != kRefersToCell) return false;
    const std::uint32_t first = cell_at(tokens.substr(1));
    return first != cell && arrays_.contains(first);
}

/// Excel says so in the first token of a formula whose functions change by themselves (PtgAttrSemi, PtgAttrSpaceSemi).
bool BiffCells::is_volatile(std::string_view tokens) {
    constexpr std::uint8_t kAttribute = 0x19;
    return byte_at(tokens, 0) == kAttribute && (byte_at(tokens, 1) & 1) != 0;
}

/// A formula for several cells follows the record of the first one.
void BiffCells::note_formula_of_others(std::string_view tokens) {
    if (is_volatile(tokens) && !sheet_.cells.empty()) sheet_.cells.back().may_change = true;
}

Cell& BiffCells::add(std::uint32_t cell) {
    awaits_string_ = false;
    return sheet_.cells.emplace_back(Cell{.row = cell >> 16, .column = static_cast<std::uint16_t>(cell & 0xFFFF)});
}

void BiffCells::add_number(std::uint32_t cell, double value) {
    show(add(cell), value);
}

void BiffCells::show(Cell& cell, double value) {
    cell.kind = Cell::Kind::number;
    cell.content = std::bit_cast<std::uint64_t>(value);
}

void BiffCells::finish() {
    const auto says_nothing = [](const Cell& cell) {
        return cell.kind == Cell::Kind::text && !cell.has_formula && cell.content == 0;
    };
    std::erase_if(sheet_.cells, says_nothing);
    sort_cells(sheet_.cells);
}

} // namespace passerelle::convert
