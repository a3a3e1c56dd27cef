// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"
#include "daemon/sharing/access.hpp"
#include "daemon/sharing/recipient.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace passerelle::sharing {

/// What a recipient had at a place.
struct Held {
    Recipient recipient;
    Right right = Right::view;
    bool may_download = true;
    std::optional<std::chrono::sys_days> expires{};
    std::string note{};
};

/// One item at the path that it has on the server. Several nodes may have one path (folders of one name that were
/// merged): then nobody gets more there than all of them allow.
struct TreeNode {
    std::string path; ///< as plain_path() writes it
    bool is_folder = false;
    bool complete = false; ///< as NodeAccess::complete; a node that is not and has no list is as the folder above
    std::vector<Held> held{};
};

/// Who is in a group. Groups within groups are the caller's to take apart: Nextcloud has none.
struct Membership {
    Recipient group;
    std::vector<Recipient> members;
};

struct ShareRules {
    /// The server can share without download. If not, nobody gets a share who was not to download.
    bool can_forbid_download = true;
    /// A folder of whose access nothing is known, nor of any folder above it, and in which two things or more lie that
    /// all are shared with one person, may be shared with that person as a whole. This gives away what is put there
    /// later; so it is off unless somebody asks for it.
    bool infer_unknown_folders = false;
};

struct Share {
    std::string path;
    bool is_folder = false;
    Recipient recipient;
    Right right = Right::view; ///< view, edit or manage
    bool may_download = true;
    std::optional<std::chrono::sys_days> expires{};
    std::string note{};

    [[nodiscard]] std::uint32_t permissions() const { return nextcloud_permissions(right, is_folder); }

    friend bool operator==(const Share&, const Share&) = default;
};

/// Where Nextcloud cannot say what the export said, or something was assumed.
struct Remark {
    std::string path;
    Recipient recipient;
    Reason reason;
};

struct ShareSet {
    std::vector<Share> shares;   ///< folders before what lies in them
    std::vector<Remark> remarks; ///< in the same order
};

/// The fewest shares that give each recipient what they had. A share of a folder also gives what lies in it; what
/// somebody reaches by several shares and groups adds up. Promises, for every recipient and every node:
/// - never more than they had, own and by their groups;
/// - exactly that, unless something below is to be less: a share cannot take away below, so such a folder's share
///   gives what all of it allows, the rest is shared one by one, and a remark names the folder;
/// - no share can be left out without somebody losing something.
/// Each recipient costs what lies in the folders that a list names for them or for their groups; no recursion.
[[nodiscard]] ShareSet least_shares(const std::vector<TreeNode>& nodes, const std::vector<Membership>& memberships = {},
                                    const ShareRules& rules = {});

} // namespace passerelle::sharing
