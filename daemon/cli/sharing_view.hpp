// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/words.hpp"
#include "daemon/jobs/sharing.hpp"

#include <optional>
#include <string>
#include <vector>

namespace passerelle::cli {

/// What `people` shows. A value; refers to what it was made of.
struct PeopleView {
    JobId job;
    const std::vector<sharing::Person>& people;
    const std::vector<Reason>& problems; ///< of the table and of the decisions
};

/// What `shares` shows. A value; refers to what it was made of.
struct SharesView {
    std::optional<JobId> job; ///< nothing while it is only planned
    const sharing::SharePlan& plan;
    const std::vector<sharing::Person>& people;
    const std::vector<Reason>& problems;             ///< of the accesses and of the decisions
    const jobs::AppliedShares* applied = nullptr;    ///< null: nothing was applied
    std::vector<journal::TeamChange> team_changes{}; ///< of team folders, where it was applied
};

// For a terminal, each with its line ends; for programs, indented JSON.
[[nodiscard]] std::string people_text(const PeopleView& view, Language language);
[[nodiscard]] std::string people_json(const PeopleView& view, Language language);
[[nodiscard]] std::string shares_text(const SharesView& view, Language language);
[[nodiscard]] std::string shares_json(const SharesView& view, Language language);
/// The part about team folders: their groups, rules, and what became of each step.
[[nodiscard]] std::string teams_text(const SharesView& view, Language language);

} // namespace passerelle::cli
