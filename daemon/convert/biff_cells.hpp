// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/biff_records.hpp"
#include "daemon/convert/census.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace passerelle::convert {

/// What the cells of all sheets share.
struct BiffWorkbook {
    bool is_biff8 = false; ///< otherwise Excel 5 or 95, whose texts are in a code page
    std::uint16_t code_page = 1252;
    std::vector<std::uint64_t> strings; ///< the hashes of their words
};

/// Collects the cells of a sheet ([MS-XLS] 2.1.7.20.6). Confined to a thread.
class BiffCells {
  public:
    BiffCells(SheetCensus& sheet, BiffWorkbook& workbook, BiffRecords& records)
        : sheet_(sheet), workbook_(workbook), records_(records) {}

    /// A record that is no cell's is left alone.
    void read(BiffRecord& record);
    /// After the last record: brings the sheet's cells into their order.
    void finish();
    /// False once a cell was found that cannot be read.
    [[nodiscard]] bool understood() const { return understood_; }

  private:
    void many_rk(const std::string& body);
    void formula(const std::string& body);
    void formula_string(BiffRecord& record);
    void shared_label(const std::string& body);
    void truth_or_error(const std::string& body);
    Cell& add(std::uint32_t cell);
    void add_number(std::uint32_t cell, double value);
    static void show(Cell& cell, double value);
    [[nodiscard]] std::uint64_t plain_text(std::string body);
    [[nodiscard]] bool is_part_of_array(std::string_view tokens, std::uint32_t cell) const;
    [[nodiscard]] static bool is_volatile(std::string_view tokens);
    void note_formula_of_others(std::string_view tokens);

    SheetCensus& sheet_;
    BiffWorkbook& workbook_;
    BiffRecords& records_;
    std::set<std::uint32_t> arrays_; ///< the first cell of each
    std::uint32_t last_formula_ = 0; ///< its cell
    bool awaits_string_ = false;     ///< of the last cell, which is a formula's
    bool understood_ = true;
};

} // namespace passerelle::convert
