// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <bit>
#include <compare>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace passerelle::convert {

/// Where a cell stands in its sheet, both counted from 0.
struct CellAddress {
    std::uint32_t row = 0;
    std::uint16_t column = 0;
    friend auto operator<=>(const CellAddress&, const CellAddress&) = default;
};

/// "D12".
[[nodiscard]] std::string to_string(CellAddress address);
/// From "D12" or "$D$12"; false when the text is no address of a sheet that exists.
[[nodiscard]] bool read_address(std::string_view text, CellAddress& address);

/// One cell with content, in sixteen bytes: a sheet may have a million of them. A value.
struct Cell {
    enum class Kind : std::uint8_t { text, number, error };

    std::uint32_t row = 0; // apart from its column, which leaves no gap before `kind`
    std::uint16_t column = 0;
    Kind kind = Kind::text;
    bool has_formula : 1 = false;
    bool may_change : 1 = false;    ///< its formula was never calculated, or changes with every opening (TODAY, RAND)
    bool calls_unknown : 1 = false; ///< its formula calls a function that LibreOffice does not know
    std::uint64_t content = 0;      ///< of a text the hash of its words, of a number its bits

    [[nodiscard]] CellAddress address() const { return {row, column}; }
    [[nodiscard]] double number() const { return std::bit_cast<double>(content); }
};

/// Row by row: most files have them so, and need not.
void sort_cells(std::deque<Cell>& cells);

/// Of its words in their order; white space of any kind is the same.
[[nodiscard]] std::uint64_t hash_of_words(std::string_view text);

} // namespace passerelle::convert
