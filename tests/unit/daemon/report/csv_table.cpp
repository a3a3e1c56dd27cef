// SPDX-License-Identifier: AGPL-3.0-or-later
#include "csv_table.hpp"

#include <stdexcept>

namespace passerelle::report {
namespace {

/// Takes one cell off the front of `text`.
std::string take_cell(std::string_view& text, char separator) {
    std::string cell;
    if (text.starts_with('"')) {
        text.remove_prefix(1);
        while (!text.empty()) {
            const bool quote = text.front() == '"';
            if (quote && !text.starts_with("\"\"")) {
                text.remove_prefix(1);
                return cell;
            }
            cell += text.front();
            text.remove_prefix(quote ? 2 : 1);
        }
        throw std::runtime_error("a quote does not end");
    }
    const auto end = text.find_first_of(std::string("\"\r\n") + separator);
    if (end == std::string_view::npos || text[end] == '"') throw std::runtime_error("a bare cell with a quote");
    cell = text.substr(0, end);
    text.remove_prefix(end);
    return cell;
}

} // namespace

CsvTable read_csv(std::string_view text, char separator) {
    CsvTable table;
    while (!text.empty()) {
        auto& row = table.emplace_back();
        for (;;) {
            row.push_back(take_cell(text, separator));
            if (!text.starts_with(separator)) break;
            text.remove_prefix(1);
        }
        if (!text.starts_with("\r\n")) throw std::runtime_error("a line without its end");
        text.remove_prefix(2);
    }
    return table;
}

} // namespace passerelle::report
