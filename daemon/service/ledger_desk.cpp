// SPDX-License-Identifier: AGPL-3.0-or-later
// The desk's calls about a job's lines: what is in it, the plan, the ledger, the report, undoing.
#include "core/reason_codes.hpp"
#include "daemon/jobs/undo.hpp"
#include "daemon/report/report.hpp"
#include "daemon/service/contents.hpp"
#include "daemon/service/job_desk.hpp"

namespace passerelle::service {
namespace {

constexpr std::size_t kConnections = 4;

} // namespace

Result<JobView> JobDesk::undo(const Caller& caller, JobId id) {
    return want_task(caller, id, {JobState::finished, JobState::stopped, JobState::cancelled}, journal::Task::undo, "");
}

Result<std::vector<jobs::UndoneThing>> JobDesk::preview_undo(const Caller& caller, JobId id) {
    auto seen = see_in(caller, id, {JobState::finished, JobState::stopped, JobState::cancelled});
    if (!seen) return failure(seen);
    auto server = tools_.connections.open(seen->service, kConnections, [](const nextcloud::Waiting&) {}, {});
    if (!server) return failure(server);
    const jobs::UndoTools tools{tools_.journal, **server, tools_.state_folder, kConnections};
    return jobs::preview_undo(id, tools, {});
}

Result<void> JobDesk::remove(const Caller& caller, JobId id) {
    auto seen = see_in(caller, id,
                       {JobState::draft, JobState::review, JobState::stopped, JobState::finished, JobState::cancelled});
    if (!seen) return failure(seen);
    if (tools_.scheduler.is_running(id)) return Error(ErrorKind::conflict, codes::job_wrong_state, "");
    if (auto removed = tools_.journal.remove_job(id); !removed) return removed;
    clear_folder(id);
    tools_.events.publish(id, seen->service.owner, "removed");
    return {};
}

void JobDesk::clear_folder(JobId id) const {
    std::error_code ignored; // what cannot be removed now lies there until somebody looks
    std::filesystem::remove_all(tools_.state_folder / "jobs" / std::to_string(id.value), ignored);
}

Result<Contents> JobDesk::contents(const Caller& caller, JobId id) {
    auto seen = see(caller, id);
    if (!seen) return failure(seen);
    if (seen->state == JobState::draft || seen->state == JobState::planning)
        return Error(ErrorKind::conflict, codes::job_wrong_state, "");
    return contents_of(id, tools_.journal);
}

Result<std::vector<journal::Item>> JobDesk::items(const Caller& caller, JobId id, const ItemQuery& query) {
    auto seen = see(caller, id);
    if (!seen) return failure(seen);
    auto filter = query.filter;
    filter.text = query.text;
    filter.below = query.below;
    return tools_.journal.items(id, filter, query.after, query.limit);
}

Result<void> JobDesk::decide_items(const Caller& caller, JobId id, const std::vector<ItemDecision>& decisions) {
    auto seen = see_in(caller, id, {JobState::review});
    if (!seen) return failure(seen);
    if (auto decided = tools_.journal.decide(id, decisions); !decided) return decided;
    tools_.events.publish(id, seen->service.owner, "changed");
    return {};
}

Result<void> JobDesk::report(const Caller& caller, JobId id, const std::string& format, Language language,
                             std::ostream& out) {
    auto seen = see(caller, id);
    if (!seen) return failure(seen);
    const auto form = from_string<report::Format>(format);
    if (!form) return Error(ErrorKind::permanent, codes::usage_report_format, "", {{"file", format}});
    return report::write_report(tools_.journal, id, *form, language, out);
}

void JobDesk::events(const Caller& caller, bool everybody, std::uint64_t after,
                     std::chrono::steady_clock::time_point deadline, EventsAnswer answer) {
    tools_.events.ask(everybody && caller.administrator ? std::string() : caller.user_id, after, deadline,
                      std::move(answer));
}

} // namespace passerelle::service
