// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// Small workbooks of Excel 97 and 95, record by record ([MS-XLS]).
namespace passerelle::convert::tests {

/// Of `width` bytes, the low one first.
[[nodiscard]] std::string little(std::uint64_t value, int width);
/// A text of ASCII with its count of characters of `count_bytes` bytes.
[[nodiscard]] std::string biff_text(const std::string& text, int count_bytes = 2);
[[nodiscard]] std::string biff(std::uint16_t type, const std::string& body);

[[nodiscard]] std::string number_cell(int row, int column, double value);
/// A cell with the text of this number in the table of shared strings.
[[nodiscard]] std::string text_cell(int row, int column, std::uint32_t string);
/// A formula that showed this number.
[[nodiscard]] std::string formula_cell(int row, int column, double result, const std::string& tokens = {});
/// A formula that showed a text, which the next record holds (kind 0), a truth value (1), an error (2) or nothing (3).
[[nodiscard]] std::string other_formula_cell(int row, int column, int kind, int value = 0,
                                             const std::string& tokens = {});
/// The object `id` of that kind, as OBJ begins.
[[nodiscard]] std::string object(int kind, int id, const std::string& more = {});
/// The text of the object before it, in a CONTINUE of its own.
[[nodiscard]] std::string object_text(const std::string& text);

struct BiffSheet {
    std::string name;
    std::string records;
    int state = 0;   ///< 1: hidden
    int kind = 0x10; ///< as its BOF says; 0x20: it is one chart
};

/// The stream "Workbook" of these sheets; `globals` are records before the sheets' list.
[[nodiscard]] std::string workbook(const std::vector<BiffSheet>& sheets, const std::string& globals = {},
                                   std::uint16_t version = 0x0600);
/// The table of shared strings.
[[nodiscard]] std::string shared_strings(const std::vector<std::string>& texts);

} // namespace passerelle::convert::tests
