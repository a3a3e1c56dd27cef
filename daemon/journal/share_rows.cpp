// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/journal/share_rows.hpp"

#include "daemon/journal/json_text.hpp"
#include "daemon/journal/row_words.hpp"
#include "daemon/journal/statements.hpp"
#include "journal/sql.hpp"

#include <cstdio>
#include <fmt/format.h>
#include <optional>
#include <stdexcept>

namespace passerelle::journal {
namespace {

std::string day_to_text(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::chrono::sys_days day_from_text(const std::string& text) {
    int year = 0;
    unsigned month = 0, day = 0;
    if (std::sscanf(text.c_str(), "%d-%u-%u", &year, &month, &day) != 3)
        throw std::runtime_error("unreadable day in the journal: " + text);
    return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
}

ShareLine line_of(SQLite::Statement& row) {
    ShareLine line;
    line.path = row.getColumn(0).getString();
    line.with = shared_with_of(row.getColumn(1).getString());
    line.recipient = row.getColumn(2).getString();
    line.permissions = static_cast<std::uint32_t>(row.getColumn(3).getInt64());
    line.may_download = row.getColumn(4).getInt() != 0;
    if (const auto expires = row.getColumn(5); !expires.isNull()) line.expires = day_from_text(expires.getString());
    line.note = row.getColumn(6).getString();
    line.state = share_state_of(row.getColumn(7).getString());
    line.share_id = row.getColumn(8).getString();
    line.reasons = reasons_from_json(row.getColumn(9).getString());
    line.recipient_name = row.getColumn(10).getString();
    return line;
}

std::vector<ShareLine> lines_of(SQLite::Statement& row) {
    std::vector<ShareLine> lines;
    while (row.executeStep())
        lines.push_back(line_of(row));
    row.reset();
    return lines;
}

} // namespace

void write_share(Statements& statements, JobId job, const ShareLine& line) {
    std::optional<std::string> expires;
    if (line.expires) expires = day_to_text(*line.expires);
    const std::string reasons = reasons_to_json(line.reasons);
    statements.run(sql::upsert_share, job.value, line.path, to_string(line.with), line.recipient,
                   static_cast<std::int64_t>(line.permissions), line.may_download, expires, line.note,
                   to_string(line.state), line.share_id, reasons, line.recipient_name);
}

void delete_share(Statements& statements, JobId job, const ShareLine& line) {
    statements.run(sql::delete_share, job.value, line.path, to_string(line.with), line.recipient);
}

std::vector<ShareLine> read_shares(Statements& statements, JobId job) {
    return lines_of(statements.prepare(sql::select_shares, job.value));
}

std::vector<ShareLine> read_account_shares(Statements& statements, const std::string& server_url,
                                           const std::string& user_id) {
    return lines_of(statements.prepare(sql::select_account_shares, server_url, user_id));
}

void write_team_change(Statements& statements, JobId job, const TeamChange& change) {
    const std::string reasons = reasons_to_json(change.reasons);
    statements.run(sql::upsert_team_change, job.value, change.folder, to_string(change.act), change.subject,
                   change.path, static_cast<std::int64_t>(change.permissions), change.text, to_string(change.state),
                   change.folder_id, reasons);
}

std::vector<TeamChange> read_team_changes(Statements& statements, JobId job) {
    auto& row = statements.prepare(sql::select_team_changes, job.value);
    std::vector<TeamChange> changes;
    while (row.executeStep()) {
        TeamChange change{row.getColumn(0).getString(), team_act_of(row.getColumn(1).getString())};
        change.subject = row.getColumn(2).getString();
        change.path = row.getColumn(3).getString();
        change.permissions = static_cast<std::uint32_t>(row.getColumn(4).getInt64());
        change.text = row.getColumn(5).getString();
        change.state = share_state_of(row.getColumn(6).getString());
        change.folder_id = row.getColumn(7).getInt64();
        change.reasons = reasons_from_json(row.getColumn(8).getString());
        changes.push_back(std::move(change));
    }
    row.reset();
    return changes;
}

void write_made_team(Statements& statements, JobId job, const MadeTeam& team) {
    statements.run(sql::upsert_made_team, job.value, team.name, team.id, strings_to_json(team.members));
}

std::vector<MadeTeam> read_made_teams(Statements& statements, JobId job) {
    auto& row = statements.prepare(sql::select_made_teams, job.value);
    std::vector<MadeTeam> teams;
    while (row.executeStep())
        teams.push_back({row.getColumn(0).getString(), row.getColumn(1).getString(),
                         strings_from_json(row.getColumn(2).getString())});
    row.reset();
    return teams;
}

void write_decision(Statements& statements, const std::string& server_url, const KeptDecision& decision) {
    if (decision.decision.empty())
        statements.run(sql::delete_decision, server_url, decision.principal);
    else
        statements.run(sql::upsert_decision, server_url, decision.principal, decision.decision, decision.target);
}

std::vector<KeptDecision> read_decisions(Statements& statements, const std::string& server_url) {
    auto& row = statements.prepare(sql::select_decisions, server_url);
    std::vector<KeptDecision> decisions;
    while (row.executeStep())
        decisions.push_back({row.getColumn(0).getString(), row.getColumn(1).getString(), row.getColumn(2).getString()});
    row.reset();
    return decisions;
}

} // namespace passerelle::journal
