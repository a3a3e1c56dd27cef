// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room.
#pragma once

#include "daemon/sharing/csv_table.hpp"

#include <array>
#include <cstddef>
#include <optional>

namespace passerelle::sharing {

/// What a column of a table about access holds.
enum class Column { path, folder, email, who, group, name, right, download, expires, note };
inline constexpr std::size_t kColumnCount = 10;

/// Which column stands where. A value.
class Columns {
  public:
    /// From the words of a header, French or English: "Dossier", "Shared folder name", "Member email", "Type d'accès".
    /// Of several columns of one kind the first counts.
    [[nodiscard]] static Columns from_header(const CsvRow& header);
    /// Of a table without a header: folder, who, rights, download, expiry, note.
    [[nodiscard]] static Columns in_order();

    [[nodiscard]] bool has(Column column) const { return at_[static_cast<std::size_t>(column)].has_value(); }
    /// Empty where the table has no such column.
    [[nodiscard]] const std::string& cell(const CsvRow& row, Column column) const;
    /// How many kinds were found.
    [[nodiscard]] std::size_t known() const;
    /// A place, somebody and a right.
    [[nodiscard]] bool are_enough() const;

  private:
    void set(Column column, std::size_t position);

    std::array<std::optional<std::size_t>, kColumnCount> at_{};
};

} // namespace passerelle::sharing
