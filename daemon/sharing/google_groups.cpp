// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/sharing/access_readers.hpp"
#include "daemon/sharing/csv_table.hpp"
#include "daemon/sharing/text.hpp"

#include <algorithm>
#include <unordered_set>

namespace passerelle::sharing {
namespace {

/// The first column whose title holds one of the words; npos if there is none.
std::size_t column_with(const CsvRow& header, std::initializer_list<std::string_view> words) {
    for (std::size_t column = 0; column < header.cells.size(); ++column) {
        const auto title = folded(header.cells[column]);
        for (const auto word : words)
            if (title.find(word) != std::string::npos) return column;
    }
    return std::string::npos;
}

Principal group_from(const CsvTable& info, std::string_view folder_name) {
    std::string email, name;
    if (!info.rows.empty()) {
        const auto name_column = column_with(info.rows.front(), {"name", "nom"});
        for (const auto& row : info.rows)
            for (const auto& cell : row.cells)
                if (email.empty() && is_email(cell)) email = cell;
        if (info.rows.size() > 1 && name_column != std::string::npos) name = info.rows[1].cell(name_column);
    }
    return group(name.empty() ? folder_name : std::string_view(name), email);
}

} // namespace

GoogleGroup read_google_group(std::string_view info_csv, std::string_view members_csv, std::string_view folder_name) {
    GoogleGroup found;
    const auto info = parse_csv(info_csv);
    const auto members = parse_csv(members_csv);
    found.group = group_from(info, folder_name);
    found.problems = info.problems;
    found.problems.insert(found.problems.end(), members.problems.begin(), members.problems.end());
    if (members.rows.empty()) return found;
    const auto type_column = column_with(members.rows.front(), {"type"});
    std::unordered_set<std::string> known;
    for (const auto& row : members.rows) {
        const auto& email = row.cell(1);
        if (!is_email(email)) {
            if (&row == &members.rows.front()) continue; // the titles
            found.problems.emplace_back(
                codes::share_member_unknown,
                std::vector<Reason::Parameter>{{"group", shown(found.group)}, {"line", std::to_string(row.line)}});
            continue;
        }
        const auto type = type_column == std::string::npos ? std::string() : folded(row.cell(type_column));
        auto member = type == "group" || type == "groupe" ? group({}, email) : user(email);
        if (known.insert(identity_of(member)).second) found.members.push_back(std::move(member));
    }
    return found;
}

} // namespace passerelle::sharing
