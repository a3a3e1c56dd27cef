// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/journal/shares.hpp"
#include "daemon/report/wording.hpp"

#include <string_view>
#include <vector>

/// What a person calls shares and what was done to team folders.
namespace passerelle::report {

/// What the recipient may do.
[[nodiscard]] Phrase right_of(const journal::ShareLine& line);
[[nodiscard]] Phrase name_of(journal::ShareState state);
/// What goes before the recipient's name; empty where the name says it.
[[nodiscard]] Phrase kind_of(journal::SharedWith with);

[[nodiscard]] Phrase name_of(journal::TeamAct act);
/// What the act was done to: nothing, a name or a path, or a member and then the group.
[[nodiscard]] std::vector<std::string_view> objects_of(const journal::TeamChange& change);
/// How it ended.
[[nodiscard]] Phrase state_of(const journal::TeamChange& change);

} // namespace passerelle::report
