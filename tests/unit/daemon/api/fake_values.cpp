// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/daemon/api/fake_values.hpp"

#include "core/reason_codes.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::fakes {
namespace {

constexpr Timestamp kMorning{std::chrono::sys_days{std::chrono::year{2026} / 3 / 14} + std::chrono::hours{9}};
constexpr auto kLastDay = std::chrono::sys_days{std::chrono::year{2026} / 12 / 31};

sharing::Share some_share(sharing::Recipient recipient) {
    return {.path = "Ancien Drive/Bureau",
            .is_folder = true,
            .recipient = std::move(recipient),
            .right = sharing::Right::edit,
            .may_download = true,
            .expires = kLastDay,
            .note = "Bonjour"};
}

journal::ShareLine some_line() {
    return {.path = "Ancien Drive/Bureau",
            .with = journal::SharedWith::user,
            .recipient = "jeanne",
            .permissions = 15,
            .state = journal::ShareState::made,
            .share_id = "42",
            .reasons = {Reason(codes::share_removed_since)}};
}

} // namespace

service::FoundExport found_export() {
    return {.name = "takeout-20260314T090000Z",
            .kind = ExportKind::takeout,
            .parts = {{service::ExportPart::Place::inbox, "takeout-20260314T090000Z-001.zip"}},
            .bytes = 4096,
            .problems = {Reason(codes::export_part_missing, {{"part", "2"}})}};
}

service::FoundExport found_workspace() {
    const auto account = [](const std::string& address) {
        return service::FoundAccount{.address = address,
                                     .part = {service::ExportPart::Place::inbox, "Association 2026/" + address},
                                     .bytes = 4096,
                                     .problems = {}};
    };
    return {.name = "Association 2026",
            .kind = ExportKind::takeout,
            .parts = {},
            .bytes = 8192,
            .problems = {},
            .accounts = {account("camille@example.org"), account("jeanne@example.org")}};
}

service::JobView some_job(JobId id, const service::JobOrder& order) {
    service::JobView job;
    job.id = id;
    job.user_id = order.user_id;
    job.state = service::JobState::review;
    job.export_kind = ExportKind::takeout;
    job.export_name = "takeout-20260314T090000Z";
    job.parts = order.parts;
    job.choices = order.choices;
    job.delta = order.delta;
    job.workspace = order.workspace;
    job.problems = {Reason(codes::export_part_missing, {{"part", "2"}})};
    job.stopped_by = Reason(codes::server_unreachable, {{"detail", "no route"}});
    job.statement = {.seen = {250, 250'000},
                     .done = {100, 100'000},
                     .skipped = {50, 50'000},
                     .failed = {25, 25'000},
                     .pending = {75, 75'000},
                     .converted = 30,
                     .retryable = 5,
                     .arrived_bytes = 90'000};
    job.need_bytes = 300'000;
    if (id.value % 2 == 0) job.free_bytes = 5'000'000'000;
    job.wait = service::Wait{Reason(codes::server_maintenance), kMorning};
    job.current = "Comptabilité/budget.xlsx";
    job.bytes_per_second = 210.5;
    job.time_left = std::chrono::seconds(12);
    job.heartbeat_at = job.created_at = job.updated_at = kMorning;
    job.version = 1;
    return job;
}

service::Contents some_contents() {
    return {.products = {{"files", 200, 200'000}, {"photos", 50, 50'000}},
            .kinds = {{"documents", 120, 90'000}, {"other", 130, 160'000}},
            .folders = 12,
            .reasons = {{std::string(codes::name_forbidden_character), 7}}};
}

journal::Item some_item(ItemId id) {
    constexpr ItemState kStates[] = {ItemState::done, ItemState::skipped, ItemState::failed, ItemState::planned};
    journal::Item item;
    item.id = id;
    item.source_path = fmt::format("{}/document {}.xlsx", id.value % 5 == 0 ? "Comptabilité" : "Divers", id.value);
    item.size = 1000;
    if (id.value % 3 != 0) item.modified = kMorning;
    item.action = Action::convert;
    item.target = fmt::format("Ancien Drive/document {}.ods", id.value);
    item.kept_target = fmt::format("Ancien Drive/document {}.xlsx", id.value);
    item.original_target = fmt::format("Ancien Drive/Originaux/document {}.xlsx", id.value);
    item.state = kStates[id.value % 4];
    if (item.state == ItemState::done) {
        item.verdict = id.value % 8 == 0 ? VerdictKind::check : VerdictKind::faithful;
        item.uploads = {{.role = journal::Role::main,
                         .state = journal::UploadState::arrived,
                         .target = item.target,
                         .size = 900,
                         .sha256 = std::string(64, 'a'),
                         .file_id = "4711",
                         .verified_by = "sha256"}};
    }
    if (item.state == ItemState::failed) {
        item.retryable = true;
        item.reasons = {Reason(codes::source_damaged, {{"detail", "no UTF-8: \xff"}})};
    }
    if (item.state == ItemState::skipped) item.reasons = {Reason("gone.with_an_older_version")};
    return item;
}

bool fits(const journal::Item& item, const service::ItemQuery& query) {
    const auto& filter = query.filter;
    if (!filter.states.empty() && std::ranges::find(filter.states, item.state) == filter.states.end()) return false;
    if (filter.verdict && item.verdict != filter.verdict) return false;
    if (!filter.reason_code.empty() &&
        std::ranges::none_of(item.reasons, [&](const Reason& reason) { return reason.code == filter.reason_code; }))
        return false;
    if (!query.below.empty() && !item.source_path.starts_with(query.below + "/")) return false;
    return query.text.empty() || item.source_path.find(query.text) != std::string::npos;
}

std::vector<jobs::UndoneThing> undone_things() {
    using Kind = jobs::UndoneThing::Kind;
    return {{Kind::share, "Ancien Drive", true, {}},
            {Kind::team, "Bureau", false, Reason(codes::undo_team_stays, {{"team", "Bureau"}})},
            {Kind::file, "Ancien Drive/a.ods", true, {}},
            {Kind::file, "Ancien Drive/b.ods", false, Reason(codes::undo_changed_since)}};
}

service::BridgeView some_bridge(const service::JobView& job, bool automatic) {
    service::BridgeView bridge{.id = {job.id.value},
                               .user_id = job.user_id,
                               .job = job.id,
                               .export_kind = ExportKind::takeout,
                               .destination = "Ancien Drive",
                               .automatic = automatic,
                               .created_at = kMorning};
    if (automatic) return bridge;
    bridge.state = service::BridgeState::ready;
    bridge.export_name = "takeout-20260314T090000Z";
    bridge.reason = Reason(codes::bridge_waits_for_you, {{"name", bridge.export_name}});
    bridge.latest = job.id;
    return bridge;
}

service::PeopleTable some_people(const sharing::Decision& decided) {
    using sharing::MatchState;
    const sharing::Principal jeanne{sharing::PrincipalKind::user, "jeanne@exemple.org", "Jeanne Petit"};
    const sharing::Principal bureau{sharing::PrincipalKind::group, "", "Bureau"};
    return {.people = {{.match = {jeanne, MatchState::found, {{sharing::RecipientKind::user, "jeanne"}}, Reason()}},
                       {.match = {bureau, MatchState::unknown, {}, Reason(codes::people_group_unknown)},
                        .decision = decided}},
            .problems = {Reason(codes::people_target_unknown, {{"line", "3"}})}};
}

service::SharesTable some_shares() {
    using sharing::RecipientKind;
    service::SharesTable table;
    table.plan.shares = {some_share({RecipientKind::user, "jeanne"})};
    table.plan.proposals = {
        {some_share({RecipientKind::public_, ""}), Reason(codes::share_link_proposed, {{"path", "Bureau"}})}};
    table.plan.remarks = {
        {"Ancien Drive/Bureau", {RecipientKind::group, "bureau"}, Reason(codes::share_part_of_folder)}};
    table.applied = {some_line()};
    table.problems = {Reason(codes::share_path_unknown, {{"path", "Rien"}})};
    return table;
}

service::Places some_places(JobId id) {
    service::Places places{.folders = {"Bureau", "Fête"}, .team_folders = {}, .teams = {}};
    if (id.value % 2 == 0) return places;
    places.team_folders = {{"Archives", std::nullopt}, {"Bureau de l'association", 5'000'000'000}};
    places.teams = {"Comité des fêtes"};
    return places;
}

service::Health some_health() {
    return {.version = "0.1.0",
            .journal = true,
            .converter = false,
            .running = 1,
            .queued = 2,
            .free_scratch_bytes = 1'000'000,
            .up = std::chrono::seconds(60),
            .problems = {Reason(codes::convert_unavailable, {{"detail", "not installed"}})}};
}

} // namespace passerelle::fakes
