// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "core/result.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/plan/plan.hpp"

#include <cstdint>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

/// Team folders as destinations of a job: whatever lies in "<name>/…" belongs to the folder's groups. Uploading there
/// is uploading below its name in the account's own files, so the account must see it, with all rights.
namespace passerelle::jobs {

/// Bytes that a plan brings into each team folder, by its name.
using TeamNeeds = std::map<std::string, std::uint64_t>;
[[nodiscard]] TeamNeeds team_needs(const plan::Choices& choices, const sources::Inventory& inventory,
                                   const plan::Plan& plan);

/// Why the chosen team folders cannot be filled now, each in words that say what an administrator does: empty where
/// they can. `team_folder.no_app`, `team_folder.missing`, `team_folder.read_only`, `team_folder.no_space`. Errors:
/// those of TeamFolders.
[[nodiscard]] Result<std::vector<Reason>> team_folder_obstacles(const plan::Choices& choices, const TeamNeeds& needs,
                                                                nextcloud::Nextcloud& server, std::stop_token stop);

/// The same as an error (job), before anything is sent: without its team folder a job would fill a folder of that name
/// of the account's own.
[[nodiscard]] Result<void> require_team_folders(const plan::Choices& choices, const TeamNeeds& needs,
                                                nextcloud::Nextcloud& server, std::stop_token stop);

/// Makes the chosen team folders that are not there, for an administrator's account: the folder, a group for whoever
/// manages it with the account in it, and the right to set rules. Each step is a line of the journal before it is
/// asked for. What is there stays as it is. Errors: those of the journal, of TeamFolders and of Sharing.
[[nodiscard]] Result<void> make_team_folders(const journal::Job& job, journal::Journal& journal,
                                             nextcloud::Nextcloud& server, std::stop_token stop);

} // namespace passerelle::jobs
