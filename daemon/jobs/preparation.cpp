// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/jobs/baseline.hpp"
#include "daemon/jobs/export_groups.hpp"
#include "daemon/jobs/migration.hpp"
#include "daemon/jobs/server_target.hpp"
#include "daemon/jobs/team_folders.hpp"
#include "daemon/log/log.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::jobs {
namespace {

constexpr std::size_t kItemsAtOnce = 5000; // ledger lines of one transaction

std::string megabytes(std::uint64_t bytes) {
    return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

journal::JobKey key_of(const sources::Source& source, const nextcloud::Nextcloud& server, const Order& order) {
    return {source.inventory().fingerprint, order.server_url, server.user_id(), order.choices.destination,
            choices_to_text(order.choices)};
}

Error no_space(std::uint64_t needed, std::uint64_t free) {
    return {ErrorKind::job,
            codes::server_no_space,
            "",
            {{"needed", megabytes(needed)}, {"free", megabytes(free)}, {"missing", megabytes(needed - free)}}};
}

/// Both kinds of space, before anything moves.
Result<void> check_space(const Tools& tools, const plan::SpaceNeed& need, const std::stop_token& stop) {
    auto quota = tools.server.quota(stop);
    if (!quota) return failure(quota);
    if (const auto free = quota->free_bytes; free && *free < need.upload_bytes)
        return no_space(need.upload_bytes, *free);
    std::error_code unknown;
    const auto disk = std::filesystem::space(tools.state_folder, unknown);
    if (!unknown && disk.available < need.scratch_bytes)
        return Error(ErrorKind::job, codes::disk_no_scratch, tools.state_folder.string(),
                     {{"needed", megabytes(need.scratch_bytes)}, {"free", megabytes(disk.available)}});
    return {};
}

/// A finished synchronisation may be wanted again: people have worked on the server since. What was undone begins anew.
bool is_over(const journal::Job& job) {
    if (job.stopped_by && job.stopped_by->code == codes::job_undone) return true;
    return job.phase == JobPhase::finished && choices_from_text(job.key.choices).synchronise;
}

journal::NewItem ledger_line(const sources::Item& item, const plan::PlannedItem& planned) {
    journal::NewItem line;
    line.source_path = item.path;
    line.kind = item.kind;
    line.product = item.product;
    line.size = item.size;
    line.crc32 = item.crc32;
    line.modified = item.modified;
    line.created = item.created;
    line.starred = item.starred;
    line.permissions = item.permissions;
    line.part = item.locator.part;
    line.entry = item.locator.entry;
    line.action = planned.action;
    line.target = planned.target;
    line.kept_target = planned.kept_target;
    line.original_target = planned.original_target;
    line.existing = planned.existing;
    line.reasons = planned.reasons;
    line.state = planned.action == Action::skip ? ItemState::skipped : ItemState::planned;
    line.replaces = planned.replaces;
    line.former_path = planned.former_path;
    for (const auto& move : planned.moves)
        line.moves.push_back({move.original ? journal::Role::original : journal::Role::main, move.from, move.to,
                              move.etag, move.size, move.sha256});
    return line;
}

/// What the export no longer holds has a line of its own, so that it is told; none of it travels.
journal::NewItem ledger_line(const plan::GoneItem& gone) {
    journal::NewItem line;
    line.source_path = gone.before.source_path;
    line.kind = gone.before.kind;
    line.size = gone.before.size;
    line.crc32 = gone.before.crc32;
    line.modified = gone.before.modified;
    line.action = gone.action;
    line.reasons = {gone.reason};
    if (gone.action != Action::remove) {
        line.state = ItemState::skipped;
        return line;
    }
    line.target = gone.before.main->path;
    line.replaces[line.target] = gone.before.main->etag;
    if (const auto& original = gone.before.original) {
        line.original_target = original->path;
        line.replaces[original->path] = original->etag;
    }
    return line;
}

/// By what the export's directory tells; an item without CRC and time is never taken for unchanged.
bool is_unchanged(const sources::Item& item, const journal::Item& earlier) {
    return item.size == earlier.size && item.crc32 == earlier.crc32 && item.modified == earlier.modified &&
           (item.crc32 || item.modified);
}

/// The same bytes under the same path came with an earlier export to the same place, and still stand there. Only asked
/// for where the plan met something at the target.
Result<bool> came_before(const Tools& tools, const journal::JobKey& key, const sources::Item& item,
                         const plan::PlannedItem& planned) {
    const auto met_something = std::ranges::any_of(
        planned.reasons, [](const Reason& reason) { return reason.code == codes::target_exists_beside; });
    if (item.kind != ItemKind::file || planned.action == Action::skip || (!met_something && planned.existing.empty()))
        return false;
    auto earlier = tools.journal.find_done(key, item.path);
    if (!earlier) return failure(earlier);
    return earlier->has_value() && is_unchanged(item, **earlier);
}

Result<void> write_ledger(const Tools& tools, const journal::JobKey& key, JobId job, const plan::Plan& plan) {
    const auto& items = tools.source.inventory().items;
    std::vector<journal::NewItem> lines;
    for (const plan::PlannedItem& planned : plan.items) {
        const auto& item = items[planned.item];
        auto& line = lines.emplace_back(ledger_line(item, planned));
        auto known = came_before(tools, key, item, planned);
        if (!known) return failure(known);
        if (*known) {
            line.action = Action::skip;
            line.state = ItemState::skipped;
            line.target.clear();
            line.reasons = {Reason(codes::delta_unchanged)};
        }
        if (lines.size() < kItemsAtOnce) continue;
        if (auto written = tools.journal.add_items(job, lines); !written) return failure(written);
        lines.clear();
    }
    for (const auto& gone : plan.gone)
        lines.push_back(ledger_line(gone));
    return tools.journal.add_items(job, lines);
}

journal::NewJob job_of(const Tools& tools, const Order& order, const journal::JobKey& key, const plan::Plan& plan) {
    const auto& inventory = tools.source.inventory();
    journal::NewJob job;
    job.key = key;
    job.export_kind = inventory.kind;
    job.export_name = inventory.name;
    for (const auto& part : inventory.parts)
        job.export_paths.push_back(part.file.string());
    job.problems = inventory.problems;
    job.problems.insert(job.problems.end(), plan.reasons.begin(), plan.reasons.end());
    job.need_bytes = plan.space.upload_bytes;
    job.new_folders = plan.new_folders;
    job.access = order.access;
    job.share_order = order.share_order;
    auto groups = export_groups(tools.source);
    job.groups = std::move(groups.groups);
    job.problems.insert(job.problems.end(), groups.problems.begin(), groups.problems.end());
    return job;
}

/// What travels into team folders takes none of the account's own space.
plan::SpaceNeed own_need(plan::SpaceNeed need, const TeamNeeds& needs) {
    for (const auto& [name, bytes] : needs)
        need.upload_bytes -= std::min(need.upload_bytes, bytes);
    return need;
}

Result<void> make_teams(const Tools& tools, const Order& order, JobId id, std::stop_token stop) {
    if (!order.create_team_folders) return {};
    auto job = tools.journal.job(id);
    if (!job) return failure(job);
    return make_team_folders(**job, tools.journal, tools.server, std::move(stop));
}

Result<plan::Plan> plan_for(const sources::Source& source, const Order& order, nextcloud::Nextcloud& server,
                            journal::Journal* journal, std::stop_token stop) {
    const auto& inventory = source.inventory();
    plan::Earlier earlier;
    if (order.choices.synchronise) {
        auto known = earlier_of(*journal, key_of(source, server, order), inventory);
        if (!known) return failure(known);
        earlier = std::move(*known);
    }
    ServerTarget target(server, std::move(stop));
    auto plan = plan::make_plan(inventory, order.choices, server.profile().names, target, earlier);
    if (plan && order.choices.synchronise && earlier.brought.empty())
        plan->reasons.emplace_back(codes::delta_nothing_before);
    return plan;
}

} // namespace

journal::Job draft_of(const sources::Source& source, const Order& order, const nextcloud::Nextcloud& server) {
    journal::Job job;
    job.key = key_of(source, server, order);
    job.export_kind = source.inventory().kind;
    job.export_name = source.inventory().name;
    job.groups = export_groups(source).groups;
    return job;
}

Result<plan::Plan> preview(const sources::Source& source, const Order& order, nextcloud::Nextcloud& server,
                           journal::Journal* journal, std::stop_token stop) {
    auto plan = plan_for(source, order, server, journal, stop);
    if (!plan) return plan;
    auto obstacles =
        team_folder_obstacles(order.choices, team_needs(order.choices, source.inventory(), *plan), server, stop);
    if (!obstacles) return failure(obstacles);
    plan->reasons.insert(plan->reasons.begin(), obstacles->begin(), obstacles->end());
    return plan;
}

Result<Preparation> prepare(const Tools& tools, const Order& order, std::stop_token stop) {
    const auto key = key_of(tools.source, tools.server, order);
    auto known = tools.journal.find_job(key);
    if (!known) return failure(known);
    if (*known && !is_over(**known)) {
        if (auto made = make_teams(tools, order, (*known)->id, stop); !made) return failure(made);
        return Preparation{(*known)->id, true};
    }

    auto plan = plan_for(tools.source, order, tools.server, &tools.journal, stop);
    if (!plan) return failure(plan);
    const auto needs = team_needs(order.choices, tools.source.inventory(), *plan);
    if (auto space = check_space(tools, own_need(plan->space, needs), stop); !space) return failure(space);
    if (!order.create_team_folders)
        if (auto ready = require_team_folders(order.choices, needs, tools.server, stop); !ready) return failure(ready);
    auto job = tools.journal.create_job(job_of(tools, order, key, *plan));
    if (!job) return failure(job);
    auto written = write_ledger(tools, key, *job, *plan);
    // A job in the phase "planning" is never found again: a crash in between leaves nothing that could be run half.
    if (written) written = tools.journal.set_phase(*job, JobPhase::stopped, std::nullopt);
    if (!written) return failure(written);
    log::logger("jobs").with(*job).info("planned: {} items of a {} export, {} bytes needed", plan->items.size(),
                                        to_string(tools.source.inventory().kind), plan->space.upload_bytes);
    if (auto made = make_teams(tools, order, *job, stop); !made) return failure(made);
    return Preparation{*job, false};
}

Result<void> plan_into(JobId job, const Tools& tools, const Order& order, std::stop_token stop) {
    const auto key = key_of(tools.source, tools.server, order);
    auto plan = plan_for(tools.source, order, tools.server, &tools.journal, stop);
    if (!plan) return failure(plan);
    const auto needs = team_needs(order.choices, tools.source.inventory(), *plan);
    if (auto ready = require_team_folders(order.choices, needs, tools.server, std::move(stop)); !ready) return ready;
    if (auto begun = tools.journal.begin_plan(job, job_of(tools, order, key, *plan)); !begun) return begun;
    if (auto written = write_ledger(tools, key, job, *plan); !written) return written;
    log::logger("jobs").with(job).info("planned: {} items of a {} export, {} bytes needed", plan->items.size(),
                                       to_string(tools.source.inventory().kind), plan->space.upload_bytes);
    return tools.journal.set_phase(job, JobPhase::stopped, std::nullopt);
}

Result<std::optional<Error>> lacking_space(const journal::Job& job, const Tools& tools, std::stop_token stop) {
    auto statement = tools.journal.statement(job.id);
    if (!statement) return failure(statement);
    auto quota = tools.server.quota(std::move(stop));
    if (!quota) return failure(quota);
    // What was planned, less what has arrived: a job that goes on needs only the rest.
    const auto needed = job.need_bytes > statement->arrived_bytes ? job.need_bytes - statement->arrived_bytes : 0;
    const auto free = quota->free_bytes;
    if (statement->pending.items == 0 || !free || *free >= needed) return std::optional<Error>{};
    return std::optional(no_space(needed, *free));
}

} // namespace passerelle::jobs
