// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/cells.hpp"

#include "daemon/convert/word_list.hpp"

#include <algorithm>

namespace passerelle::convert {
namespace {

constexpr std::uint32_t kMaxRows = 1u << 20;
constexpr std::uint32_t kMaxColumns = 1u << 14;

static_assert(sizeof(Cell) == 16);

} // namespace

std::string to_string(CellAddress address) {
    std::string letters;
    for (std::uint32_t rest = address.column + 1u; rest > 0; rest = (rest - 1) / 26)
        letters.push_back(static_cast<char>('A' + (rest - 1) % 26));
    std::reverse(letters.begin(), letters.end());
    return letters + std::to_string(address.row + std::uint64_t{1});
}

bool read_address(std::string_view text, CellAddress& address) {
    std::uint32_t row = 0;
    std::uint32_t column = 0;
    for (const char c : text) {
        const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        if (upper == '$') continue;
        if (upper >= 'A' && upper <= 'Z' && row == 0)
            column = column * 26 + static_cast<std::uint32_t>(upper - 'A' + 1);
        else if (upper >= '0' && upper <= '9' && column > 0)
            row = row * 10 + static_cast<std::uint32_t>(upper - '0');
        else
            return false;
        if (row > kMaxRows || column > kMaxColumns) return false;
    }
    if (row == 0 || column == 0) return false;
    address = {row - 1, static_cast<std::uint16_t>(column - 1)};
    return true;
}

std::uint64_t hash_of_words(std::string_view text) {
    WordList words;
    words.add(text);
    words.end_word();
    std::uint64_t hash = 0;
    for (const std::uint64_t word : words.words())
        hash = (hash ^ word) * 0x9E3779B97F4A7C15 + (hash >> 31);
    return hash;
}

void sort_cells(std::deque<Cell>& cells) {
    const auto before = [](const Cell& left, const Cell& right) { return left.address() < right.address(); };
    if (!std::is_sorted(cells.begin(), cells.end(), before)) std::stable_sort(cells.begin(), cells.end(), before);
}

} // namespace passerelle::convert
