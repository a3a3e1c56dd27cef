// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/plan/planner.hpp"

#include "core/reason_codes.hpp"
#include "daemon/plan/conversions.hpp"
#include "daemon/plan/unicode.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>
#include <unordered_set>

namespace passerelle::plan {

namespace {

/// The server's file cache holds 4000 characters, "files/" before the person's path included.
constexpr std::size_t kMaxPathBytes = 3990;

std::string joined(const std::string& folder, const std::string& name) {
    return folder.empty() ? name : fmt::format("{}/{}", folder, name);
}

std::string_view originals_name(Language language) {
    switch (language) {
    case Language::french:
        return "Originaux";
    case Language::english:
        return "Originals";
    }
    return "Originals";
}

/// True where the file arrives under another name than the export's, as a person sees it.
bool is_new_name(const Reason& reason) {
    return reason.code != codes::name_normalized;
}

} // namespace

Planner::Planner(const sources::Inventory& inventory, const SourceTree& tree, const Choices& choices,
                 const NameCleaner& names, Target& target, const Synchronisation* synchronisation, Plan& plan)
    : inventory_(inventory), tree_(tree), choices_(choices), names_(names), target_(target),
      synchronisation_(synchronisation), plan_(plan), mirrors_(choices.originals != Originals::beside),
      needed_(tree.folders().size()) {}

Result<void> Planner::place_all(const std::string& destination, bool exists) {
    find_needed_folders();
    to_visit_.push_back({0, {destination, exists}, {}});
    while (!to_visit_.empty()) {
        auto next = std::move(to_visit_.back());
        to_visit_.pop_back();
        if (auto visited = visit(std::move(next)); !visited) return visited;
    }
    return {};
}

bool Planner::travels(std::size_t item) const {
    return item != kNone && plan_.items[item].action != Action::skip;
}

/// A folder that is itself left out still has to be there when something in it travels.
void Planner::find_needed_folders() {
    const auto order = tree_.top_down();
    for (auto index = order.rbegin(); index != order.rend(); ++index) {
        const auto& folder = tree_.folders()[*index];
        needed_[*index] = travels(folder.item) ||
                          std::ranges::any_of(folder.files, [&](std::size_t item) { return travels(item); }) ||
                          std::ranges::any_of(folder.folders, [&](std::size_t child) { return needed_[child]; });
    }
}

Result<void> Planner::visit(Visit visit) {
    auto home = FolderNames::read(target_, visit.home.path, visit.home.exists);
    if (!home) return failure(home);
    auto children = children_of(tree_.folders()[visit.folder]);
    if (visit.home.path.empty()) // nothing else of the export merges into a team folder
        for (const auto& [place, team] : choices_.team_folders)
            home->take(ComparedName(team));
    if (visit.folder == 0 && mirrors_) {
        visit.originals = choose_originals(visit.home, *home, children);
        home->take(ComparedName(std::string(last_name(visit.originals.path))));
        originals_root_ = visit.originals.path;
        note_new(visit.originals, visit.home);
    }
    auto originals = FolderNames::read(target_, visit.originals.path, mirrors_ && visit.originals.exists);
    if (!originals) return failure(originals);
    Names names{std::move(*home), std::move(*originals)};
    for (auto& child : children) {
        Result<void> placed;
        if (child.folder)
            placed = place_folder(child, visit, names);
        else if (child.converted.empty())
            place_file(child, visit, names);
        else
            place_document(child, visit, names);
        if (!placed) return placed;
    }
    return {};
}

std::vector<Planner::Child> Planner::children_of(const SourceFolder& folder) const {
    std::vector<Child> children;
    for (const auto index : folder.folders) {
        const auto& child = tree_.folders()[index];
        if (needed_[index]) children.push_back(child_of(true, index, child.item, child.path));
    }
    for (const auto item : folder.files)
        if (travels(item)) children.push_back(child_of(false, item, item, inventory_.items[item].path));
    // Who stands there already comes first, then who needs no new name, whatever the order of the export is: a file
    // really called "a_b" keeps its name, and one called "a:b" makes way.
    std::ranges::sort(children, {}, [](const Child& child) {
        return std::tuple(child.known == nullptr, child.renamed, !child.converted.empty(), !child.folder,
                          child.source_path, child.item);
    });
    return children;
}

Planner::Child Planner::child_of(bool folder, std::size_t index, std::size_t item, std::string_view path) const {
    Child child{folder, index, item, path, {}, {}, false};
    if (synchronisation_ && item != kNone) child.known = synchronisation_->known(item);
    const std::string_view exported = last_name(path);
    const std::string_view title = item == kNone ? std::string_view{} : inventory_.items[item].title;
    if (title.empty()) {
        child.clean = names_.clean(exported);
    } else {
        const auto wanted = folder ? std::string(title) : name_from_title(title, exported);
        child.clean = names_.clean(wanted);
        if (child.clean.name != exported && wanted != exported)
            child.clean.reasons.insert(
                child.clean.reasons.begin(),
                Reason(codes::name_from_title, {{"before", std::string(exported)}, {"after", wanted}}));
    }
    child.renamed = std::ranges::any_of(child.clean.reasons, is_new_name);
    if (!folder) choose_conversion(child);
    return child;
}

void Planner::choose_conversion(Child& child) const {
    const auto& name = child.clean.name;
    if (keeps_macros(name, choices_.convert)) child.clean.reasons.emplace_back(codes::convert_macros);
    const auto extension = conversion_of(name, choices_.convert);
    if (!extension || inventory_.items[child.item].size == 0) return;
    auto converted = fmt::format("{}.{}", name.substr(0, extension_start(name)), *extension);
    if (names_.clean(converted).reasons.empty()) child.converted = std::move(converted);
}

Planner::Place Planner::place_in(const Place& parent, const std::string& name, const FolderNames& names) {
    return {joined(parent.path, name), names.standing(name) != nullptr};
}

Planner::Place Planner::choose_originals(const Place& home, const FolderNames& names,
                                         const std::vector<Child>& children) const {
    const auto first = names_.clean(originals_name(choices_.language)).name;
    std::unordered_set<std::string> wanted_by_export;
    for (const auto& child : children)
        wanted_by_export.insert(unicode::case_key(child.clean.name));
    ComparedName name(first);
    for (unsigned number = 2; names.is_taken(name, true) || wanted_by_export.contains(name.key); ++number)
        name = ComparedName(names_.numbered(first, number, true));
    return place_in(home, name.text, names);
}

std::string Planner::with_number(const std::string& name, unsigned number, bool folder) const {
    return number == kNoNumber ? name : names_.numbered(name, number, folder);
}

unsigned Planner::settle(Child& child, std::span<const Claim> claims) const {
    const auto is_blocked = [&](const Claim& claim) { return claim.names.is_taken(claim.wanted, child.folder); };
    const auto blocked = std::ranges::find_if(claims, is_blocked);
    if (blocked == claims.end()) {
        for (const auto& claim : claims)
            claim.names.take(claim.wanted);
        return kNoNumber;
    }
    auto number = kNoNumber;
    for (const auto& claim : claims)
        number = std::max(number, claim.names.next_number(claim.wanted));
    const auto numbered = [&](const Claim& claim) {
        return ComparedName(names_.numbered(claim.wanted.text, number, child.folder));
    };
    const auto is_blocked_again = [&](const Claim& claim) {
        return claim.names.is_taken(numbered(claim), child.folder);
    };
    while (std::ranges::any_of(claims, is_blocked_again))
        ++number;
    child.clean.reasons.push_back(blocked->names.reason(blocked->wanted, child.folder, numbered(*blocked).text));
    for (const auto& claim : claims) {
        claim.names.used_numbers_below(claim.wanted, number + 1);
        claim.names.take(numbered(claim));
    }
    return number;
}

Result<Planner::Place> Planner::home_of(Child& child, const Visit& visit, Names& names) const {
    const auto team = choices_.team_folders.find(std::string(child.source_path));
    if (visit.folder == 0 && team != choices_.team_folders.end()) {
        const auto there = target_.list(team->second);
        if (!there) return there.error();
        return Place{team->second, there->has_value()};
    }
    if (child.known && !child.known->folder.empty()) {
        const auto there = target_.list(child.known->folder);
        if (!there) return there.error();
        const ComparedName name{std::string(last_name(child.known->folder))};
        if (!names.home.is_taken(name, true))
            names.home.take(name); // no other folder of the export becomes one with it
        if (there->has_value()) return Place{child.known->folder, true};
    }
    const auto name =
        with_number(child.clean.name, settle(child, Claim{names.home, ComparedName(child.clean.name)}), true);
    return place_in(visit.home, name, names.home);
}

Result<void> Planner::place_folder(Child& child, const Visit& visit, Names& names) {
    auto home = home_of(child, visit, names);
    if (!home) return failure(home);
    Visit below{child.index, std::move(*home), {}};
    if (below.home.path.size() > kMaxPathBytes) {
        skip_below(child.index, Reason(codes::name_path_too_long, {{"path", std::string(child.source_path)}}));
        return {};
    }
    note_new(below.home, visit.home);
    const std::string name(last_name(below.home.path));
    if (mirrors_) {
        Child mirror{true, child.index, kNone, child.source_path, {name, {}}, {}, false};
        const auto mirrored = with_number(name, settle(mirror, Claim{names.originals, ComparedName(name)}), true);
        below.originals = place_in(visit.originals, mirrored, names.originals);
        note_new(below.originals, visit.originals);
    }
    if (travels(child.item)) {
        auto& planned = plan_.items[child.item];
        planned.target = below.home.path;
        std::ranges::move(child.clean.reasons, std::back_inserter(planned.reasons));
    }
    to_visit_.push_back(std::move(below));
    return {};
}

void Planner::place_file(Child& child, const Visit& visit, Names& names) {
    auto& planned = plan_.items[child.item];
    const auto& wanted = child.clean.name;
    if (child.known && !child.known->main.empty() && !child.known->converted) {
        planned.target = child.known->main;
        return;
    }
    const auto* standing = names.home.standing(wanted);
    if (standing && !standing->folder && standing->size == inventory_.items[child.item].size)
        planned.existing = joined(visit.home.path, wanted);
    planned.target =
        joined(visit.home.path, with_number(wanted, settle(child, Claim{names.home, ComparedName(wanted)}), false));
    if (planned.target.size() > kMaxPathBytes)
        return skip(child.item, Reason(codes::name_path_too_long, {{"path", std::string(child.source_path)}}));
    std::ranges::move(child.clean.reasons, std::back_inserter(planned.reasons));
}

/// The converted document, the original that is kept and the one that is put aside get the same number, so that a
/// person sees that they belong together, and the reason is true whichever of them arrives. Those that stand already
/// stay where they are.
void Planner::place_document(Child& child, const Visit& visit, Names& names) {
    const auto& wanted = child.clean.name;
    const ComparedName compared(wanted);
    auto& planned = plan_.items[child.item];
    planned.action = Action::convert;
    if (child.known) {
        (child.known->converted ? planned.target : planned.kept_target) = child.known->main;
        planned.original_target = child.known->original;
        if (!mirrors_)
            planned.kept_target = planned.original_target = std::max(planned.kept_target, planned.original_target);
    }
    std::vector<Claim> claims;
    if (planned.target.empty()) claims.push_back({names.home, ComparedName(child.converted)});
    if (planned.kept_target.empty()) claims.push_back({names.home, compared});
    if (planned.original_target.empty()) claims.push_back({mirrors_ ? names.originals : names.home, compared});
    const auto number = claims.empty() ? kNoNumber : settle(child, claims);
    const auto original = with_number(wanted, number, false);
    const auto place = [](std::string& target, const Place& folder, const std::string& name) {
        if (target.empty()) target = joined(folder.path, name);
    };
    place(planned.target, visit.home, with_number(child.converted, number, false));
    place(planned.kept_target, visit.home, original);
    place(planned.original_target, mirrors_ ? visit.originals : visit.home, original);
    if (std::max(planned.target.size(), planned.original_target.size()) > kMaxPathBytes)
        return skip(child.item, Reason(codes::name_path_too_long, {{"path", std::string(child.source_path)}}));
    std::ranges::move(child.clean.reasons, std::back_inserter(planned.reasons));
}

void Planner::note_new(const Place& folder, const Place& parent) {
    if (!folder.exists && parent.exists) plan_.new_folders.push_back(folder.path);
}

void Planner::skip_below(std::size_t folder, const Reason& reason) {
    std::vector<std::size_t> pending{folder};
    while (!pending.empty()) {
        const auto& current = tree_.folders()[pending.back()];
        pending.pop_back();
        if (current.item != kNone) skip(current.item, reason);
        for (const auto item : current.files)
            skip(item, reason);
        pending.insert(pending.end(), current.folders.begin(), current.folders.end());
    }
}

void Planner::skip(std::size_t item, const Reason& reason) {
    auto& planned = plan_.items[item];
    if (planned.action == Action::skip) return;
    planned = PlannedItem{planned.item, Action::skip, {}, {}, {}, {}, std::move(planned.reasons)};
    planned.reasons.push_back(reason);
}

} // namespace passerelle::plan
