// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/sharing/least_shares.hpp"

#include <optional>
#include <string>
#include <vector>

/// Folders that a Team (app circles) gets instead of one person after the other.
namespace passerelle::sharing {

struct TeamShare {
    std::string path; ///< the folder, in the account's files
    std::string team; ///< its name
    /// Ids of the accounts that are in it, where it stood there before the job: nobody is put in, since they would see
    /// what else it was given. Nothing: it is to be made, or the job made it.
    std::optional<std::vector<std::string>> members{};
};

/// Puts one share with the Team in the place of those that people have of the folder itself: of the people with the
/// very same access, the most; they become its members. Whoever has another access keeps a share of their own, so that
/// nobody loses anything. A Team that stood there before gives its members what most of them had ("edit" where none of
/// them had any), and a remark names those who get more by it than they had. No Team is made for nobody:
/// `share.team_empty`, nor one for two folders: `share.team_name_taken`. The owner is in every Team that is made, and
/// not named.
void gather_into_team(const TeamShare& wanted, const Recipient& owner, ShareSet& set,
                      std::vector<Membership>& new_members);

} // namespace passerelle::sharing
