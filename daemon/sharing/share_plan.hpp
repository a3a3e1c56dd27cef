// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/sharing/access_readers.hpp"
#include "daemon/sharing/least_shares.hpp"
#include "daemon/sharing/people.hpp"
#include "daemon/sharing/team_plan.hpp"
#include "daemon/sharing/team_share.hpp"

#include <string>
#include <vector>

namespace passerelle::sharing {

/// A share that is made only if a person asks for it.
struct Proposal {
    Share share;
    Reason reason; ///< why it is not made by itself
};

/// What to share, and what to tell. A value.
struct SharePlan {
    std::vector<Share> shares;       ///< to be made; each recipient is found or was decided on
    std::vector<Proposal> proposals; ///< for people whom nobody confirmed, whole domains, everybody with the link
    std::vector<Remark> remarks;
    std::vector<TeamFolderPlan> teams; ///< their shares and remarks stand above, with the others
    /// Who is to be put into the groups and Teams that are made; an account once in each.
    std::vector<Membership> new_members{};
};

struct ShareRequest {
    std::vector<NodeAccess> nodes;       ///< who had access, at the paths on the server; without what was not migrated
    std::vector<Person> people;          ///< everybody of `nodes` with the decisions
    std::vector<Membership> memberships; ///< of the groups in Nextcloud that are, or will be, shared with
    std::string owner;                   ///< user id of the migrating account: it has all this already
    std::vector<std::string> owner_emails; ///< by which the export knows the owner
    ShareRules rules;
    std::vector<TeamFolderAt> teams;      ///< folders of `nodes` that are team folders: nobody's own
    Language language = Language::french; ///< names the groups that are proposed for them
    std::vector<GoogleGroup> groups{};    ///< that the export lists: members of those that are to be created
    std::vector<TeamShare> team_shares{}; ///< folders of `nodes` that are to be shared with a Team
};

/// The least set of shares for the people as they were matched and decided on. Somebody of `nodes` who is missing among
/// `people` counts as undecided; whoever was decided to be nobody is left out.
[[nodiscard]] SharePlan plan_shares(const ShareRequest& request);

struct NewMembers {
    std::vector<Membership> memberships;
    std::vector<Remark> remarks; ///< members who have no account here: `share.group_members_unknown`
};

/// Who will be in the groups and Teams that are to be created: the members whose accounts are known, groups in groups
/// taken apart. Groups that exist already have the members that the server says.
[[nodiscard]] NewMembers new_memberships(const std::vector<GoogleGroup>& groups, const std::vector<Person>& people);

/// The members, of groups that `people` name and the groups in them, whom `people` do not hold yet: who they are here
/// has to be asked too. Each once.
[[nodiscard]] std::vector<Principal> members_to_ask_for(const std::vector<GoogleGroup>& groups,
                                                        const std::vector<Principal>& people);

} // namespace passerelle::sharing
