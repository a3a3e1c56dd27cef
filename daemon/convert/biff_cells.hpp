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
    std::vector<std::string> strings;
    std::uint64_t text_budget = std::uint64_t{32} << 20; ///< a small file may show one long text in very many cells
};

/// Collects the cells of a sheet ([MS-XLS] 2.1.7.20.6). Confined to a thread.
class BiffCells {
  public:
    BiffCells(SheetCensus& sheet, BiffWorkbook& workbook, BiffRecords& records)
        : sheet_(sheet), workbook_(workbook), records_(records) {}

    /// A record that is no cell's is left alone.
    void read(BiffRecord& record);
    /// After the last record: gives the sheet its numbers, row by row.
    void finish();
    /// False once a cell was found that cannot be read.
    [[nodiscard]] bool understood() const { return understood_; }

  private:
    struct Number {
        std::uint32_t cell = 0; ///< row and column
        double value = 0;
    };

    void many_rk(const std::string& body);
    void formula(const std::string& body);
    void formula_string(BiffRecord& record);
    void shared_label(const std::string& body);
    void truth_or_error(const std::string& body);
    void add_text(std::string_view text, bool is_result);
    void add_number(std::uint32_t cell, double value, bool is_result);
    [[nodiscard]] bool is_part_of_array(std::string_view tokens, std::uint32_t cell) const;
    void note_volatile(std::string_view tokens);

    SheetCensus& sheet_;
    BiffWorkbook& workbook_;
    BiffRecords& records_;
    std::vector<Number> numbers_;
    std::vector<Number> results_;
    std::set<std::uint32_t> arrays_; ///< the first cell of each
    std::uint32_t last_formula_ = 0; ///< its cell
    bool awaits_string_ = false;
    bool string_is_result_ = false;
    bool understood_ = true;
};

} // namespace passerelle::convert
