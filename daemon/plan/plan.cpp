// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/plan/plan.hpp"

#include "core/reason_codes.hpp"
#include "daemon/plan/destination.hpp"
#include "daemon/plan/names.hpp"
#include "daemon/plan/planner.hpp"
#include "daemon/plan/selection.hpp"
#include "daemon/plan/source_tree.hpp"
#include "daemon/plan/space.hpp"
#include "daemon/plan/synchronisation.hpp"

#include <algorithm>

namespace passerelle::plan {

namespace {

PlannedItem skipped(std::size_t index, const sources::Item& item, std::string_view code_where_none) {
    PlannedItem planned{index, Action::skip, {}, {}, {}, {}, item.reasons};
    if (planned.reasons.empty()) planned.reasons.emplace_back(code_where_none);
    return planned;
}

/// What the item's own nature says, before anybody's choice.
PlannedItem first_view(std::size_t index, const sources::Item& item) {
    switch (item.kind) {
    case ItemKind::stub:
        return skipped(index, item, codes::plan_no_content);
    case ItemKind::entry:
        return skipped(index, item, codes::plan_not_a_file);
    case ItemKind::file:
    case ItemKind::folder:
        break;
    }
    if (item.leave_out) return skipped(index, item, codes::plan_no_content);
    return PlannedItem{index, Action::upload, {}, {}, {}, {}, item.reasons};
}

void apply_choices(Plan& plan, const sources::Inventory& inventory, const SourceTree& tree, const Choices& choices) {
    const auto reasons = left_out(inventory, tree, choices);
    for (auto& planned : plan.items) {
        if (!reasons[planned.item] || planned.action == Action::skip) continue;
        planned.action = Action::skip;
        planned.reasons.push_back(*reasons[planned.item]);
    }
    for (const auto index : tree.repeated()) {
        plan.items[index].action = Action::skip;
        plan.items[index].reasons.emplace_back(codes::plan_folder_twice);
    }
}

/// Choices outlive the export for which they were made: a folder may be gone from a newer one.
bool was_there(const Earlier& earlier, std::string_view folder) {
    return std::ranges::any_of(earlier.brought, [&](const Brought& before) {
        const std::string_view path = before.source_path;
        return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
    });
}

Result<void> check_places(const SourceTree& tree, const Choices& choices, const Earlier& earlier) {
    for (const auto* chosen : {&choices.team_folders, &choices.teams})
        for (const auto& [place, team] : *chosen) {
            const auto path_of = [&](std::size_t folder) { return tree.folders()[folder].path; };
            const auto& first_level = tree.folders().front().folders;
            if (std::ranges::find(first_level, std::string_view(place), path_of) == first_level.end() &&
                !(choices.synchronise && was_there(earlier, place)))
                return Error(ErrorKind::job, codes::team_folder_unknown_place, "", {{"path", place}});
        }
    return {};
}

} // namespace

Result<Plan> make_plan(const sources::Inventory& inventory, const Choices& choices, const nextcloud::NameRules& rules,
                       Target& target, const Earlier& earlier) {
    const NameCleaner names(rules);
    auto destination = find_destination(choices.destination, names, target);
    if (!destination) return failure(destination);

    Plan plan;
    plan.reasons = std::move(destination->reasons);
    if (!destination->exists) plan.new_folders.push_back(destination->first_missing);
    plan.items.reserve(inventory.items.size());
    for (std::size_t index = 0; index < inventory.items.size(); ++index)
        plan.items.push_back(first_view(index, inventory.items[index]));

    const SourceTree tree(inventory);
    if (auto known = check_places(tree, choices, earlier); !known) return failure(known);
    apply_choices(plan, inventory, tree, choices);
    std::optional<Synchronisation> synchronisation;
    if (choices.synchronise) {
        synchronisation.emplace(inventory, tree, earlier, *choices.synchronise, target, plan);
        if (auto compared = synchronisation->compare(); !compared) return failure(compared);
    }
    Planner planner(inventory, tree, choices, names, target, synchronisation ? &*synchronisation : nullptr, plan);
    if (auto placed = planner.place_all(destination->path, destination->exists); !placed) return failure(placed);
    if (synchronisation) synchronisation->finish();
    const auto converts = [](const PlannedItem& planned) { return planned.action == Action::convert; };
    if (choices.originals == Originals::folder && std::ranges::any_of(plan.items, converts))
        plan.reasons.emplace_back(codes::plan_originals_tree,
                                  std::vector<Reason::Parameter>{{"path", planner.originals()}});
    plan.space = space_need(inventory, plan.items, choices);
    return plan;
}

} // namespace passerelle::plan
