// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/sharing/team_plan.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace passerelle::sharing {

/// What a team folder's groups and rules give to somebody who is all these, as Nextcloud counts: the best of the
/// groups, narrowed by the rules from the folder down; at one path rules add up, and allowing beats denying; without
/// reading, nothing there and below (docs/protocol-notes.md).
inline unsigned team_permissions(const TeamFolderPlan& plan, const std::vector<Recipient>& identities,
                                 const std::string& path) {
    const auto is_one = [&](const Recipient& who) { return std::ranges::find(identities, who) != identities.end(); };
    unsigned by_groups = 0;
    for (const auto& group : plan.groups)
        if (is_one(group.group) || std::ranges::any_of(group.members, is_one)) by_groups |= group.permissions;
    unsigned bits = 31;
    for (auto end = plan.path.size();; end = std::min(path.find('/', end + 1), path.size())) {
        unsigned mask = 0, allowed = 0;
        for (const auto& rule : plan.rules)
            if (rule.path == path.substr(0, end) && is_one(rule.who)) {
                mask |= rule.mask;
                allowed |= rule.permissions & rule.mask;
            }
        bits = (bits & ~mask) | allowed;
        if ((bits & by_groups & 1) == 0) return 0;
        if (end == path.size()) return bits & by_groups;
    }
}

} // namespace passerelle::sharing
