// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/words.hpp"
#include "daemon/sharing/least_shares.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// Folders that belong to groups (app groupfolders) instead of shares of one person's folder.
namespace passerelle::sharing {

/// A folder of the tree that is a team folder in Nextcloud.
struct TeamFolderAt {
    std::string path; ///< the folder itself, in the account's files
    /// The migrating account has all rights in it by a group that nobody of the export is in: it needs no other one.
    bool owner_is_in = false;
    std::vector<std::string> groups{}; ///< ids of those that are in already, as far as the account sees them
};

/// A group that is let into a team folder. With members: it is to be created for them, by somebody who may.
struct TeamGroup {
    Recipient group; ///< RecipientKind::group, or new_group for one to be created
    std::uint32_t permissions = 0;
    std::vector<Recipient> members{}; ///< of one that Passerelle proposes; accounts

    friend bool operator==(const TeamGroup&, const TeamGroup&) = default;
};

/// An advanced permission: what somebody may at a place and below, where that is not what the folder above gives.
struct TeamRule {
    std::string path;
    bool is_folder = false;
    Recipient who;                 ///< an account or a group
    std::uint32_t mask = 0;        ///< the bits that the rule decides on
    std::uint32_t permissions = 0; ///< of these, the allowed ones

    friend bool operator==(const TeamRule&, const TeamRule&) = default;
};

struct TeamFolderPlan {
    std::string path;
    std::vector<TeamGroup> groups;
    std::vector<TeamRule> rules; ///< folders before what lies in them
    ShareSet shares; ///< what no team folder can give, as ordinary shares of its parts; with what is to be told
};

struct TeamRequest {
    TeamFolderAt folder;
    std::vector<TreeNode> nodes; ///< the folder and what lies in it
    /// Of the groups whose members the server tells.
    std::vector<Membership> memberships;
    Recipient owner;                      ///< the migrating account: keeps all rights everywhere
    Language language = Language::french; ///< names the groups that are proposed
    ShareRules rules;
};

inline constexpr std::uint32_t kTeamManagers = 31; ///< all permissions

/// "Bureau (gestion)": the group that is proposed for the people with these permissions.
[[nodiscard]] std::string team_group_name(const std::string& folder, std::uint32_t permissions, Language language);

/// The groups, their permissions and the least set of rules that give everybody what they had. Promises, whoever is in
/// which group, now or later:
/// - by their groups, the rules and the shares, everybody reaches at every node what they reached, never more;
/// - no bit of a rule can be left out without that being untrue for somebody who could be in these groups.
/// Who had the folder itself, for ever and with download, is let in: a group as such, a person by a group for each
/// right, which is proposed with its members. Whoever had only parts, or for a time, or without download, and everybody
/// who is no account, gets shares of these parts. Where an access of another kind lies within one that lasts, it is
/// lost with a remark: `share.team_not_for_a_time`, `share.merged_folders`.
[[nodiscard]] TeamFolderPlan plan_team_folder(const TeamRequest& request);

} // namespace passerelle::sharing
