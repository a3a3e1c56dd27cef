// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/sharing/access.hpp"

#include <string>
#include <vector>

namespace passerelle::sharing {

/// The same accesses as lists that are not complete: a node keeps only what differs from the folder above it, and who
/// has less there than above gets Right::none or the lesser right. What an export repeats on every file becomes a table
/// that a person can read. Several nodes of one path become one that gives what all of them give. In the order of the
/// paths; nodes without a difference are left out.
[[nodiscard]] std::vector<NodeAccess> differences_of(const std::vector<NodeAccess>& nodes);

/// An item of the tree.
struct Place {
    std::string path;
    bool is_folder = false;
};

/// Lists that a person wrote, spread over the tree that they are about: one node for each place, with the lists that
/// name it. What names no place of the tree is a problem, `share.path_unknown`. Names are compared as plain_path()
/// writes them.
[[nodiscard]] AccessList placed_on(const std::vector<Place>& tree, const std::vector<NodeAccess>& lists);

} // namespace passerelle::sharing
