// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/csv_table.hpp"

#include "core/reason_codes.hpp"
#include "daemon/sharing/text.hpp"

#include <algorithm>

namespace passerelle::sharing {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{16} << 20;
constexpr std::size_t kMaxRows = 200'000;
constexpr std::size_t kMaxCells = 100;
constexpr std::size_t kMaxCellBytes = std::size_t{64} << 10;

/// What makes a spreadsheet calculate (OWASP, "CSV injection"), and the apostrophe that says it shall not.
constexpr std::string_view kFormula = "=+-@\t\r'";

bool starts_formula(std::string_view text) {
    return !text.empty() && kFormula.find(text.front()) != std::string_view::npos;
}

char separator_of(std::string_view text) {
    std::size_t semicolons = 0, commas = 0, tabs = 0;
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n' || c == '\r') {
            if (semicolons + commas + tabs > 0) break;
            continue;
        }
        semicolons += c == ';';
        commas += c == ',';
        tabs += c == '\t';
    }
    if (semicolons >= commas && semicolons >= tabs) return ';';
    return tabs >= commas ? '\t' : ',';
}

/// Reads cell by cell; counts lines within quotes too.
class Parser {
  public:
    Parser(std::string_view text, CsvTable& table) : rest_(text), table_(table) {}

    void run() {
        while (!rest_.empty()) {
            CsvRow row{line_, {}};
            read_row(row);
            const bool empty = std::ranges::all_of(row.cells, [](const auto& cell) { return cell.empty(); });
            if (empty) continue;
            if (table_.rows.size() == kMaxRows) {
                table_.problems.emplace_back(codes::share_list_cut,
                                             std::vector<Reason::Parameter>{{"line", std::to_string(row.line)}});
                return;
            }
            table_.rows.push_back(std::move(row));
        }
    }

  private:
    void problem(std::size_t line) {
        table_.problems.emplace_back(codes::share_line_unreadable,
                                     std::vector<Reason::Parameter>{{"line", std::to_string(line)}});
    }

    void read_row(CsvRow& row) {
        bool sound = true;
        for (bool more = true; more;) {
            auto cell = take_cell(sound);
            sound = sound && cell.size() <= kMaxCellBytes && row.cells.size() < kMaxCells;
            if (sound) row.cells.push_back(std::move(cell));
            more = rest_.starts_with(table_.separator);
            if (more) rest_.remove_prefix(1);
        }
        end_line();
        if (sound) return;
        problem(row.line);
        row.cells.clear();
    }

    std::string take_cell(bool& sound) {
        if (const auto white = rest_.find_first_not_of(' '); white != std::string_view::npos && rest_[white] == '"') {
            rest_.remove_prefix(white + 1);
            return take_quoted(sound);
        }
        const auto end = std::min(rest_.find_first_of(std::string("\r\n") + table_.separator), rest_.size());
        const auto cell = trimmed(rest_.substr(0, end));
        rest_.remove_prefix(end);
        return unprotected(cell);
    }

    std::string take_quoted(bool& sound) {
        std::string cell;
        while (!rest_.empty()) {
            const char c = rest_.front();
            rest_.remove_prefix(1);
            if (c == '"' && !rest_.starts_with('"')) {
                // What stands between the quote and the separator is kept: people quote by hand.
                const auto end = std::min(rest_.find_first_of(std::string("\r\n") + table_.separator), rest_.size());
                cell += trimmed(rest_.substr(0, end));
                rest_.remove_prefix(end);
                return unprotected(cell);
            }
            if (c == '"') rest_.remove_prefix(1);
            if (c == '\n' || (c == '\r' && !rest_.starts_with('\n'))) ++line_;
            cell += c;
        }
        sound = false; // the quote never ends
        return {};
    }

    void end_line() {
        if (rest_.empty()) return;
        ++line_;
        rest_.remove_prefix(rest_.starts_with("\r\n") ? 2 : 1);
    }

    static std::string unprotected(std::string_view cell) {
        if (cell.starts_with('\'') && starts_formula(cell.substr(1))) cell.remove_prefix(1);
        return std::string(cell);
    }

    std::string_view rest_;
    CsvTable& table_;
    std::size_t line_ = 1;
};

/// "sep=;" in the first line, as Excel understands it.
bool takes_named_separator(std::string_view text, char& separator) {
    const auto line = trimmed(text.substr(0, std::min(text.find_first_of("\r\n"), text.size())));
    if (line.size() != 5 || lower_ascii(line.substr(0, 4)) != "sep=") return false;
    if (line[4] != ';' && line[4] != ',') return false;
    separator = line[4];
    return true;
}

} // namespace

const std::string& CsvRow::cell(std::size_t column) const {
    static const std::string nothing;
    return column < cells.size() ? cells[column] : nothing;
}

CsvTable parse_csv(std::string_view text) {
    CsvTable table;
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    if (text.size() > kMaxBytes || text.find('\0') != std::string_view::npos) {
        table.problems.emplace_back(codes::share_table_unreadable);
        return table;
    }
    const auto utf8 = is_utf8(text) ? std::string(text) : from_cp1252(text);
    table.separator = separator_of(utf8);
    const bool named = takes_named_separator(utf8, table.separator);
    Parser(utf8, table).run();
    if (named && !table.rows.empty() && table.rows.front().line == 1) table.rows.erase(table.rows.begin());
    return table;
}

std::string csv_cell(std::string_view text, char separator) {
    std::string cell = starts_formula(text) ? "'" : "";
    cell += text;
    const bool bare = cell.find_first_of(std::string("\"\r\n") + separator) == std::string::npos &&
                      trimmed(cell).size() == cell.size();
    if (bare) return cell;
    std::string quoted = "\"";
    for (const char c : cell) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string csv_line(const std::vector<std::string>& cells, char separator) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line += separator;
        line += csv_cell(cells[i], separator);
    }
    return line + "\r\n";
}

} // namespace passerelle::sharing
