// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/jobs/export_groups.hpp"
#include "daemon/jobs/migration.hpp"
#include "daemon/jobs/sharing.hpp"
#include "daemon/jobs/team_sharing.hpp"
#include "daemon/sharing/access_csv.hpp"
#include "daemon/sharing/access_readers.hpp"
#include "daemon/sharing/paths.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_set>

namespace passerelle::jobs {
namespace {

constexpr std::size_t kItemsAtOnce = 5000;

bool has_reason(const journal::Item& item, std::string_view code) {
    return std::ranges::any_of(item.reasons, [&](const Reason& reason) { return reason.code == code; });
}

/// Where an item that was brought stands.
std::vector<std::string> own_places(const journal::Item& item) {
    if (item.kind == ItemKind::folder) {
        const bool stands = item.state == ItemState::uploaded || item.state == ItemState::done;
        return stands ? std::vector{item.target} : std::vector<std::string>();
    }
    std::vector<std::string> places;
    const auto* main = item.upload(journal::Role::main);
    if (main == nullptr || !item.has_arrived(journal::Role::main)) return places;
    places.push_back(main->target);
    const auto* original = item.upload(journal::Role::original);
    const bool beside = original != nullptr && item.has_arrived(journal::Role::original) &&
                        sharing::parent_of(original->target) == sharing::parent_of(main->target);
    if (beside) places.push_back(original->target);
    return places;
}

/// The same for what needed no journey: the bytes stood there already.
Result<std::vector<std::string>> places_of(const journal::Job& job, const journal::Item& item,
                                           journal::Journal& journal) {
    if (item.state != ItemState::skipped) return own_places(item);
    if (has_reason(item, codes::target_identical) && !item.existing.empty()) return std::vector{item.existing};
    if (!has_reason(item, codes::delta_unchanged)) return std::vector<std::string>();
    auto earlier = journal.find_done(job.key, item.source_path);
    if (!earlier) return failure(earlier);
    return *earlier ? own_places(**earlier) : std::vector<std::string>();
}

/// Where an item that is still to be brought will stand.
std::vector<std::string> planned_places(const journal::Item& item) {
    std::vector<std::string> places{item.target};
    const bool beside =
        !item.original_target.empty() && sharing::parent_of(item.original_target) == sharing::parent_of(item.target);
    if (beside) places.push_back(item.original_target);
    return places;
}

bool is_pending(const journal::Item& item) {
    return item.state == ItemState::planned || item.state == ItemState::converted || item.state == ItemState::uploaded;
}

void append(sharing::AccessList& all, sharing::AccessList list) {
    std::ranges::move(list.nodes, std::back_inserter(all.nodes));
    std::ranges::move(list.problems, std::back_inserter(all.problems));
}

void add_places(ArrivedAccess& arrived, const std::vector<std::string>& places, const std::string& source_path,
                std::string_view permissions, bool is_folder) {
    if (is_folder && !places.empty() && source_path.find('/') == std::string::npos)
        arrived.first_level.emplace(source_path, places.front());
    for (const auto& place : places) {
        arrived.tree.push_back({place, is_folder});
        append(arrived.access, sharing::read_sidecar_access(permissions, place, is_folder));
    }
}

Result<ArrivedAccess> access_of(const journal::Job& job, journal::Journal& journal, bool with_planned) {
    ArrivedAccess arrived;
    ItemId after{};
    while (true) {
        auto items = journal.items(job.id, {}, after, kItemsAtOnce);
        if (!items) return failure(items);
        for (const auto& item : *items) {
            auto places = places_of(job, item, journal);
            if (!places) return failure(places);
            if (places->empty() && with_planned && is_pending(item)) places = planned_places(item);
            add_places(arrived, *places, item.source_path, item.permissions, item.kind == ItemKind::folder);
        }
        if (items->size() < kItemsAtOnce) return arrived;
        after = items->back().id;
    }
}

} // namespace

Result<ArrivedAccess> arrived_access(const journal::Job& job, journal::Journal& journal) {
    return access_of(job, journal, false);
}

Result<ArrivedAccess> planned_access(const journal::Job& job, journal::Journal& journal) {
    return access_of(job, journal, true);
}

ArrivedAccess access_of_plan(const sources::Inventory& inventory, const plan::Plan& plan) {
    ArrivedAccess planned;
    for (const auto& line : plan.items) {
        const auto& item = inventory.items[line.item];
        auto target = line.target.empty() ? line.existing : line.target;
        if (target.empty()) continue;
        std::vector<std::string> places{std::move(target)};
        if (!line.original_target.empty() &&
            sharing::parent_of(line.original_target) == sharing::parent_of(places.front()))
            places.push_back(line.original_target);
        add_places(planned, places, item.path, item.permissions, item.kind == ItemKind::folder);
    }
    return planned;
}

namespace {

/// Spreads accesses that somebody named over what arrived; where a path is not there, it may be one below the job's
/// destination.
sharing::AccessList placed(const journal::Job& job, const std::vector<sharing::Place>& tree,
                           sharing::AccessList named) {
    std::unordered_set<std::string> known;
    for (const auto& place : tree)
        known.insert(sharing::plain_path(place.path));
    for (auto& node : named.nodes) {
        const auto below = sharing::plain_path(job.key.destination + "/" + node.path);
        if (!known.contains(sharing::plain_path(node.path)) && known.contains(below)) node.path = below;
    }
    auto placed = sharing::placed_on(tree, named.nodes);
    placed.problems.insert(placed.problems.begin(), named.problems.begin(), named.problems.end());
    return placed;
}

} // namespace

sharing::AccessList access_of_table(const journal::Job& job, const std::vector<sharing::Place>& tree,
                                    std::string_view csv) {
    return placed(job, tree, sharing::read_access_csv(csv));
}

sharing::AccessList access_of_members(const journal::Job& job, const std::vector<sharing::Place>& tree,
                                      const std::vector<FolderMembers>& members) {
    sharing::AccessList named;
    for (const auto& folder : members)
        append(named, sharing::read_dropbox_members(folder.json, folder.folder));
    return placed(job, tree, std::move(named));
}

namespace {

/// By which address an export knows the account that it was made of, where that is not the address here: the one person
/// without a match who manages more than half of what has a complete list. Nothing where several do.
std::vector<std::string> owner_emails(const std::vector<sharing::NodeAccess>& nodes,
                                      const std::vector<sharing::Person>& people) {
    std::map<std::string, std::size_t> managed;
    std::size_t lists = 0;
    for (const auto& node : nodes) {
        if (!node.complete) continue;
        ++lists;
        for (const auto& access : node.accesses)
            if (access.right == sharing::Right::manage && access.principal.kind == sharing::PrincipalKind::user)
                ++managed[access.principal.email];
    }
    std::vector<std::string> owners;
    for (const auto& person : people) {
        const auto at = managed.find(person.match.principal.email);
        const bool undecided = person.decision.kind == sharing::DecisionKind::undecided &&
                               person.match.state != sharing::MatchState::found;
        if (undecided && at != managed.end() && !at->first.empty() && 2 * at->second > lists)
            owners.push_back(at->first);
    }
    return owners.size() == 1 ? owners : std::vector<std::string>();
}

} // namespace

sharing::SharePlan plan_job_shares(const journal::Job& job, std::vector<sharing::NodeAccess> nodes,
                                   std::vector<sharing::Person> people, SharingGround ground) {
    sharing::ShareRequest request;
    request.owner_emails = owner_emails(nodes, people);
    request.nodes = std::move(nodes);
    request.people = std::move(people);
    request.owner = job.key.user_id;
    request.groups = google_groups(job.groups);
    request.teams = std::move(ground.team_folders);
    request.team_shares = std::move(ground.team_shares);
    request.rules.can_forbid_download = ground.views_without_download;
    request.language = choices_from_text(job.key.choices).language;
    return sharing::plan_shares(request);
}

Result<SharingGround> sharing_ground(const journal::Job& job, const ArrivedAccess& arrived, journal::Journal& journal,
                                     nextcloud::Nextcloud& server, std::stop_token stop) {
    SharingGround ground{.views_without_download = server.profile().views_without_download};
    auto team_folders = team_folders_of(job, arrived.access.nodes, server, stop);
    if (!team_folders) return failure(team_folders);
    ground.team_folders = std::move(*team_folders);
    auto team_shares = team_shares_of(job, arrived, {journal, server.sharing()}, stop);
    if (!team_shares) return failure(team_shares);
    ground.team_shares = std::move(*team_shares);
    return ground;
}

Result<std::vector<sharing::TeamShare>> team_shares_of(const journal::Job& job, const ArrivedAccess& arrived,
                                                       const SharingTools& tools, std::stop_token stop) {
    std::vector<sharing::TeamShare> shares;
    const auto choices = choices_from_text(job.key.choices);
    if (choices.teams.empty()) return shares;
    auto made = tools.journal.made_teams(job.id);
    if (!made) return failure(made);
    for (const auto& [folder, team] : choices.teams) {
        const auto place = arrived.first_level.find(folder);
        if (place == arrived.first_level.end()) continue;
        auto& share = shares.emplace_back(sharing::TeamShare{sharing::plain_path(place->second), team, {}});
        auto found = tools.server.find_teams(team, stop);
        if (!found) return failure(found);
        if (found->exact.size() != 1) continue; // several: applying tells
        const auto known = std::ranges::find(*made, team, &journal::MadeTeam::name);
        if (known != made->end() && (known->id.empty() || known->id == found->exact.front().id))
            continue; // the job's own
        auto members = tools.server.team_members(found->exact.front().id, stop);
        if (!members) return failure(members);
        share.members = std::move(*members);
    }
    return shares;
}

Result<std::vector<sharing::Remark>> foreign_content(const sharing::SharePlan& plan,
                                                     const std::vector<sharing::NodeAccess>& nodes,
                                                     nextcloud::Nextcloud& server, std::stop_token stop) {
    std::unordered_set<std::string> known;
    for (const auto& node : nodes)
        for (std::string_view path = node.path; !path.empty() && known.emplace(path).second;)
            path = sharing::parent_of(path);
    std::vector<sharing::Remark> remarks;
    std::unordered_set<std::string> seen;
    const auto look = [&](const std::string& path, const sharing::Recipient& recipient) -> Result<void> {
        if (!seen.insert(path).second) return {};
        auto entries = server.list(path, stop);
        if (!entries) return failure(entries);
        if (!*entries) return {}; // applying tells that it is gone
        const auto foreign = std::ranges::count_if(
            **entries, [&](const auto& entry) { return !known.contains(sharing::plain_path(entry.path)); });
        if (foreign > 0)
            remarks.push_back({path, recipient,
                               Reason(codes::share_holds_more, {{"path", path}, {"count", std::to_string(foreign)}})});
        return {};
    };
    for (const auto& team : plan.teams)
        for (const auto& group : team.groups)
            if (auto looked = look(team.path, group.group); !looked) return failure(looked);
    for (const auto& share : plan.shares)
        if (share.is_folder)
            if (auto looked = look(share.path, share.recipient); !looked) return failure(looked);
    return remarks;
}

} // namespace passerelle::jobs
