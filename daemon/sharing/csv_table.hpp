// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Tables that people edit in a spreadsheet and send back.
namespace passerelle::sharing {

struct CsvRow {
    std::size_t line = 0; ///< where it starts in the file, from 1
    std::vector<std::string> cells;

    /// Empty beyond the last cell.
    [[nodiscard]] const std::string& cell(std::size_t column) const;
};

struct CsvTable {
    char separator = ';';
    std::vector<CsvRow> rows; ///< without empty ones
    std::vector<Reason> problems;
};

/// Reads what spreadsheets write: UTF-8 with or without a byte order mark, or cp1252; any line ends; a separator of
/// semicolon, comma or tab, found in the first line or named there by "sep=;". Cells without quotes lose the white
/// space around them, all cells the apostrophe that csv_cell() put before a formula. Bounds: 16 MiB, 200,000 rows, 100
/// cells a row, 64 KiB a cell; what lies beyond is a problem of the table.
[[nodiscard]] CsvTable parse_csv(std::string_view text);

/// The text as a cell: quoted as RFC 4180 says where it must be, and with an apostrophe before what a spreadsheet would
/// take for a formula. parse_csv() gives the very same text back.
[[nodiscard]] std::string csv_cell(std::string_view text, char separator);

/// A line of cells with its end.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells, char separator);

/// What a table starts with so that every spreadsheet reads the accents.
inline constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

} // namespace passerelle::sharing
