// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/cell_values.hpp"
#include "daemon/convert/census.hpp"
#include "daemon/convert/xml_events.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace passerelle::convert {

/// Collects the cells of an OpenDocument spreadsheet. OpenDocument writes a run of equal cells, or of equal rows, once
/// with how often it is repeated; here each counts. Confined to a thread.
class OdfCells {
  public:
    explicit OdfCells(std::vector<SheetCensus>& sheets) : sheets_(sheets) {}

    void set_null_date(std::string_view date);
    void start_sheet(std::string_view name);
    void start_row(std::string_view repeated);
    void end_row();
    void start_cell(const XmlAttributes& attributes);
    void end_cell();
    /// Text of the cell itself, not of a comment or a drawing in it.
    void add_text(std::string_view piece);
    void end_paragraph();
    [[nodiscard]] bool in_cell() const { return in_cell_; }
    /// False once something was found that these numbers cannot stand for.
    [[nodiscard]] bool understood() const { return understood_; }

  private:
    struct Found {
        Cell::Kind kind = Cell::Kind::text;
        bool has_formula = false;
        bool calls_unknown = false;
        double number = 0;
        std::string text;
        std::uint64_t column = 0;
        std::uint64_t repeated = 1;
    };
    void read_value(const XmlAttributes& attributes);
    void count_row(std::uint64_t row);

    std::vector<SheetCensus>& sheets_;
    std::chrono::sys_days null_date_ = kUsualNullDate;
    std::vector<Found> row_;
    std::uint64_t row_number_ = 0;
    std::uint64_t row_repeated_ = 1;
    std::uint64_t column_ = 0;
    std::uint64_t counted_ = 0;
    Found cell_;
    bool in_cell_ = false;
    bool understood_ = true;
};

} // namespace passerelle::convert
