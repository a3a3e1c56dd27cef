// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/ids.hpp"
#include "daemon/journal/shares.hpp"

#include <span>
#include <string>
#include <vector>

namespace passerelle::journal {

class Statements;

// The rows of sharing, read and written. Internal to the room; a caller holds the journal's lock, and SQLite throws.
void write_share(Statements& statements, JobId job, const ShareLine& line);
void delete_share(Statements& statements, JobId job, const ShareLine& line);
[[nodiscard]] std::vector<ShareLine> read_shares(Statements& statements, JobId job);
[[nodiscard]] std::vector<ShareLine> read_account_shares(Statements& statements, const std::string& server_url,
                                                         const std::string& user_id);
void write_team_change(Statements& statements, JobId job, const TeamChange& change);
[[nodiscard]] std::vector<TeamChange> read_team_changes(Statements& statements, JobId job);
void write_made_team(Statements& statements, JobId job, const MadeTeam& team);
[[nodiscard]] std::vector<MadeTeam> read_made_teams(Statements& statements, JobId job);
void write_decision(Statements& statements, const std::string& server_url, const KeptDecision& decision);
[[nodiscard]] std::vector<KeptDecision> read_decisions(Statements& statements, const std::string& server_url);

} // namespace passerelle::journal
