// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "client/nextcloud/sharing.hpp"
#include "core/result.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/plan/plan.hpp"
#include "daemon/sharing/access.hpp"
#include "daemon/sharing/differences.hpp"
#include "daemon/sharing/people.hpp"
#include "daemon/sharing/share_plan.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <stop_token>
#include <string_view>
#include <vector>

/// Who sees what after a migration: from a job's ledger, or a table, to shares on the server. Each step can be
/// repeated; only apply_shares() changes anything there.
namespace passerelle::jobs {

/// What sharing works with; it outlives the calls.
struct SharingTools {
    journal::Journal& journal;
    nextcloud::Sharing& server; ///< of the job's account
};

/// What of a job stands on the server, and who had access to it there.
struct ArrivedAccess {
    std::vector<sharing::Place> tree;
    sharing::AccessList access; ///< at the paths on the server
    /// The folders of the export's first level, by their names there, and where they stand.
    std::map<std::string, std::string> first_level{};
};

/// From the ledger: every file and folder where it really arrived, those that an earlier job brought too. A converted
/// document and the original beside it have the same access; the separate tree of originals is its owner's alone.
[[nodiscard]] Result<ArrivedAccess> arrived_access(const journal::Job& job, journal::Journal& journal);
/// The same, with what is still to arrive at the place that the plan gives it.
[[nodiscard]] Result<ArrivedAccess> planned_access(const journal::Job& job, journal::Journal& journal);

/// The same of an export that no job has been made of yet, by its plan.
[[nodiscard]] ArrivedAccess access_of_plan(const sources::Inventory& inventory, const plan::Plan& plan);

/// The accesses that a table names, spread over what arrived; they replace those of the ledger. A path may be one on
/// the server or one below the job's destination.
[[nodiscard]] sharing::AccessList access_of_table(const journal::Job& job, const std::vector<sharing::Place>& tree,
                                                  std::string_view csv);

/// What Dropbox answers to `list_folder_members`, for one shared folder.
struct FolderMembers {
    std::string folder; ///< on the server, or below the job's destination
    std::string json;
};

/// The same by the members of shared folders.
[[nodiscard]] sharing::AccessList access_of_members(const journal::Job& job, const std::vector<sharing::Place>& tree,
                                                    const std::vector<FolderMembers>& members);

/// The people of an export as they were found and decided on.
struct FoundEverybody {
    std::vector<sharing::Person> people;
    std::vector<Reason> problems; ///< of the decisions
};

enum class Keep { decisions, nothing };

/// Asks the server for everybody whom `nodes` name, and for the members of the export's groups among them. Decisions
/// are those that the installation keeps for this server; `fresh` ones take their place, and are kept where `keep` says
/// so. Errors: those of the journal and of Sharing.
[[nodiscard]] Result<FoundEverybody> find_everybody(const journal::Job& job,
                                                    const std::vector<sharing::NodeAccess>& nodes,
                                                    const std::vector<sharing::PersonDecision>& fresh,
                                                    const SharingTools& tools, std::stop_token stop,
                                                    Keep keep = Keep::decisions);

/// What a plan of shares needs to know of the server.
struct SharingGround {
    std::vector<sharing::TeamFolderAt> team_folders{};
    std::vector<sharing::TeamShare> team_shares{};
    bool views_without_download = true; ///< see nextcloud::ServerProfile
};

/// Asks for the team folders that the job's files lie in, and for the Teams that its choices share folders with: who is
/// in those that stood there before. Errors: those of the journal, of TeamFolders and of Sharing.
[[nodiscard]] Result<SharingGround> sharing_ground(const journal::Job& job, const ArrivedAccess& arrived,
                                                   journal::Journal& journal, nextcloud::Nextcloud& server,
                                                   std::stop_token stop);
/// The Teams alone.
[[nodiscard]] Result<std::vector<sharing::TeamShare>>
team_shares_of(const journal::Job& job, const ArrivedAccess& arrived, const SharingTools& tools, std::stop_token stop);

/// The least set of shares; see sharing::plan_shares().
[[nodiscard]] sharing::SharePlan plan_job_shares(const journal::Job& job, std::vector<sharing::NodeAccess> nodes,
                                                 std::vector<sharing::Person> people, SharingGround ground = {});

/// Folders of the plan in which things lie that the job did not bring: whoever is given the folder sees them too. Looks
/// into each shared folder itself, not deeper. `nodes` are those that the plan was made of. Errors: those of Nextcloud.
[[nodiscard]] Result<std::vector<sharing::Remark>> foreign_content(const sharing::SharePlan& plan,
                                                                   const std::vector<sharing::NodeAccess>& nodes,
                                                                   nextcloud::Nextcloud& server, std::stop_token stop);

struct ApplyChoices {
    bool notify = false; ///< the server writes to the people
    bool again = false;  ///< also what somebody took away since a job made it
    /// Waits out the server's limit of new shares; answers false where a stop was asked for first.
    std::function<bool(std::chrono::seconds, std::stop_token)> wait;
};

struct AppliedShares {
    std::vector<journal::ShareLine> lines; ///< one for each share of the plan, in its order
    /// Made by this job for an earlier plan, not in this one, and still there: told, never taken away.
    std::vector<journal::ShareLine> no_longer_wanted;
};

/// Brings the server to what the plan says, and writes down what became of each share. What is right stays untouched;
/// what is wrong is corrected where a job of this installation made it, and told where somebody else did. Applying
/// again sends nothing that changes anything. Errors: those of the journal and of Sharing that are of kind job or
/// retryable, `job.stopped` (job); what was done until then is in the journal, and the next call goes on from there.
[[nodiscard]] Result<AppliedShares> apply_shares(const journal::Job& job, const sharing::SharePlan& plan,
                                                 const SharingTools& tools, const ApplyChoices& choices,
                                                 std::stop_token stop);

} // namespace passerelle::jobs
