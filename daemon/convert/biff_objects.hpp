// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/biff_cells.hpp"
#include "daemon/convert/biff_records.hpp"
#include "daemon/convert/census.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace passerelle::convert {

/// Counts what a sheet has beside its cells: headers, pictures, text boxes, comments, links, rules. Confined to a
/// thread.
class BiffObjects {
  public:
    BiffObjects(Census& census, BiffRecords& records, const BiffWorkbook& workbook)
        : census_(census), records_(records), is_biff8_(workbook.is_biff8), code_page_(workbook.code_page) {}

    void read(BiffRecord& record);
    /// After the last record: comments find their texts only now.
    void finish();
    /// False once something was found whose text cannot be read.
    [[nodiscard]] bool understood() const { return understood_; }

  private:
    void header(const std::string& body);
    void object(const std::string& body);
    void text_object(const std::string& body);
    void note(const std::string& body);
    void merged_cells(const std::string& body);

    Census& census_;
    BiffRecords& records_;
    bool is_biff8_;
    std::uint16_t code_page_;
    std::uint16_t object_type_ = 0;
    std::uint16_t object_ = 0;                     ///< its number
    std::map<std::uint16_t, std::string> remarks_; ///< by the object that shows them
    std::vector<std::uint16_t> notes_;             ///< the object of each comment
    bool understood_ = true;
};

} // namespace passerelle::convert
