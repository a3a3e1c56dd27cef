// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "core/result.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/sharing/access.hpp"
#include "daemon/sharing/share_plan.hpp"

#include <stop_token>
#include <vector>

/// Who sees what in team folders after a migration.
namespace passerelle::jobs {

/// The folders of the first level, of those that `nodes` lie in, that are team folders in Nextcloud, whether the job
/// chose them or its destination happens to be one. Errors: those of TeamFolders.
[[nodiscard]] Result<std::vector<sharing::TeamFolderAt>> team_folders_of(const journal::Job& job,
                                                                         const std::vector<sharing::NodeAccess>& nodes,
                                                                         nextcloud::Nextcloud& server,
                                                                         std::stop_token stop);

struct TeamApplyChoices {
    bool create_groups = false; ///< the proposed groups, and those that a person decided to create
    bool again = false;         ///< also lets in a group that somebody took out since
};

/// Brings the team folders to what the plan says: first the groups that are to be created, then the rules, and only
/// where all of these stand the groups are let in, so that nobody sees for a moment what they are not to see. Answers a
/// line for each step, those that only an administrator can do with what to do. What somebody else set otherwise stays
/// and is told. Applying again sends nothing that changes anything. Errors: those of the journal, and of TeamFolders
/// and Sharing that are of kind job or retryable, `job.stopped` (job).
[[nodiscard]] Result<std::vector<journal::TeamChange>>
apply_team_folders(const journal::Job& job, const sharing::SharePlan& plan, journal::Journal& journal,
                   nextcloud::Nextcloud& server, const TeamApplyChoices& choices, std::stop_token stop);

} // namespace passerelle::jobs
