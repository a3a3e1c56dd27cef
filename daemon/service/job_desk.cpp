// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/job_desk.hpp"

#include "core/reason_codes.hpp"
#include "daemon/jobs/migration.hpp"
#include "daemon/service/task_text.hpp"

#include <algorithm>

namespace passerelle::service {
namespace {

using journal::Task;
using journal::Wish;

Error not_yours() {
    return {ErrorKind::permanent, codes::service_not_yours, ""};
}

std::vector<journal::NamedPart> named(const std::vector<ExportPart>& parts) {
    std::vector<journal::NamedPart> named;
    for (const auto& part : parts)
        named.push_back({part.place == ExportPart::Place::inbox, part.path});
    return named;
}

/// Whether a job synchronises was said when it began; the choices only say what is to become of what is gone.
plan::Choices of_delta(plan::Choices choices, bool delta) {
    if (!delta)
        choices.synchronise.reset();
    else if (!choices.synchronise)
        choices.synchronise = Gone::keep;
    return choices;
}

} // namespace

std::optional<Error> refusal(const Caller& caller, const std::optional<journal::ServiceJob>& job, JobId id) {
    if (job && (caller.administrator || job->owner == caller.user_id)) return std::nullopt;
    return Error(ErrorKind::permanent, codes::job_unknown, "", {{"job", std::to_string(id.value)}});
}

Result<JobDesk::Seen> JobDesk::see(const Caller& caller, JobId id) const {
    auto service = tools_.journal.service().service_job(id);
    if (!service) return failure(service);
    if (auto refused = refusal(caller, *service, id)) return std::move(*refused);
    auto ledger = tools_.journal.job(id);
    if (!ledger) return failure(ledger);
    if (!*ledger) return Error(ErrorKind::permanent, codes::job_unknown, "", {{"job", std::to_string(id.value)}});
    Seen seen{std::move(**service), std::move(**ledger)};
    seen.state = state_of(seen.service, seen.ledger);
    return seen;
}

Result<JobDesk::Seen> JobDesk::see_in(const Caller& caller, JobId id, std::initializer_list<JobState> states) const {
    auto seen = see(caller, id);
    if (seen && std::ranges::find(states, seen->state) == states.end())
        return Error(ErrorKind::conflict, codes::job_wrong_state, "");
    return seen;
}

JobState JobDesk::state_of(const journal::ServiceJob& service, const journal::Job& ledger) const {
    if (service.wish == Wish::cancel) return JobState::cancelled;
    if (service.wish == Wish::stop) return JobState::stopped;
    if (service.task == Task::plan) return JobState::planning;
    if (service.task != Task::none) {
        if (service.wish == Wish::pause) return JobState::paused;
        return tools_.scheduler.is_running(service.id) ? JobState::running : JobState::queued;
    }
    if (ledger.phase == JobPhase::finished) return JobState::finished;
    return ledger.phase == JobPhase::planning ? JobState::draft : JobState::review;
}

Result<JobView> JobDesk::view(Seen seen) const {
    JobView view;
    view.id = seen.service.id;
    view.user_id = seen.service.owner;
    view.state = seen.state;
    view.task = seen.service.task;
    view.export_kind = seen.ledger.export_kind;
    view.export_name = seen.ledger.export_name;
    for (const auto& part : seen.service.parts)
        view.parts.push_back({part.in_inbox ? ExportPart::Place::inbox : ExportPart::Place::files, part.path});
    view.choices = jobs::choices_from_text(seen.ledger.key.choices);
    view.delta = seen.service.delta;
    view.workspace = seen.service.workspace;
    view.authorised = !seen.service.sealed_password.empty();
    view.problems = seen.ledger.problems;
    if (view.state == JobState::stopped) view.stopped_by = seen.ledger.stopped_by;
    view.need_bytes = seen.ledger.need_bytes;
    view.free_bytes = seen.service.free_bytes;
    view.created_at = seen.ledger.created_at;
    view.updated_at = seen.ledger.updated_at;
    view.version = seen.service.version;

    auto live = tools_.scheduler.live(view.id);
    // The board of a run begins with the ledger's sums; the boards of other tasks know nothing of them.
    if (live && seen.service.task == Task::run && live->progress.statement.seen.items > 0) {
        view.statement = live->progress.statement;
    } else if (view.state != JobState::planning && view.state != JobState::draft) {
        auto statement = tools_.journal.statement(view.id);
        if (!statement) return failure(statement);
        view.statement = std::move(*statement);
    }
    if (live) {
        view.activity = live->progress.activity;
        view.current = live->progress.current;
        view.sent_bytes = live->progress.sent_bytes;
        view.bytes_per_second = live->rate.bytes_per_second;
        view.time_left = live->rate.time_left;
        view.heartbeat_at = live->progress.touched_at;
        if (live->progress.activity == jobs::Activity::waiting)
            view.wait = Wait{Reason(live->progress.waiting_for), live->waits_until};
    } else if (view.state == JobState::queued) {
        view.wait = tools_.scheduler.why_waiting(seen.service);
    }
    return view;
}

Result<JobView> JobDesk::want(const Caller& caller, JobId id, std::initializer_list<JobState> states,
                              const Change& change) {
    while (true) {
        auto seen = see_in(caller, id, states);
        if (!seen) return failure(seen);
        auto wanted = seen->service;
        if (auto changed = change(wanted); !changed) return failure(changed);
        auto written = tools_.journal.service().replace(seen->service, wanted);
        if (!written) return failure(written);
        if (!*written) continue; // it has changed meanwhile, and may be in another state
        seen->service = std::move(wanted);
        seen->service.version = tools_.events.publish(id, seen->service.owner, "changed");
        tools_.scheduler.wake();
        seen->state = state_of(seen->service, seen->ledger);
        return view(std::move(*seen));
    }
}

Result<JobView> JobDesk::want_task(const Caller& caller, JobId id, std::initializer_list<JobState> states, Task task,
                                   const std::string& task_text) {
    return want(caller, id, states, [&](journal::ServiceJob& job) -> Result<void> {
        if (job.sealed_password.empty()) return Error(ErrorKind::conflict, codes::service_credentials_needed, "");
        job.wish = Wish::go;
        job.task = task;
        job.task_text = task_text;
        return {};
    });
}

Result<std::vector<FoundExport>> JobDesk::inbox(const Caller& caller, const std::string& user_id) {
    if (user_id != caller.user_id && !caller.administrator) return not_yours();
    return tools_.inboxes.exports_of(user_id);
}

Result<JobView> JobDesk::create(const Caller& caller, JobOrder order) {
    const bool of_others = order.user_id != caller.user_id || order.workspace;
    if (of_others && !caller.administrator) return not_yours();
    const auto& inbox_of = order.workspace ? order.workspace->inbox_of : order.user_id;
    for (const auto& part : order.parts)
        if (part.place == ExportPart::Place::inbox)
            if (auto there = tools_.inboxes.locate(inbox_of, part.path); !there) return failure(there);
    order.choices = of_delta(std::move(order.choices), order.delta);
    journal::NewJob job;
    job.key = {"", tools_.server_url, order.user_id, order.choices.destination, jobs::choices_to_text(order.choices)};
    journal::ServiceJob service;
    service.owner = order.user_id;
    service.parts = named(order.parts);
    service.delta = order.delta;
    service.workspace = order.workspace;
    service.login = order.login;
    service.sealed_password = tools_.vault.seal(order.app_password);
    service.task = Task::plan;
    service.task_text = job.key.choices;
    auto id = tools_.journal.service().create_draft(job, service);
    if (!id) return failure(id);
    tools_.events.publish(*id, service.owner, "created");
    tools_.scheduler.wake();
    return this->job(caller, *id);
}

Result<JobView> JobDesk::job(const Caller& caller, JobId id) {
    auto seen = see(caller, id);
    if (!seen) return failure(seen);
    return view(std::move(*seen));
}

Result<std::vector<JobView>> JobDesk::jobs(const Caller& caller, bool everybody) {
    if (everybody && !caller.administrator) return not_yours();
    auto known = tools_.journal.service().service_jobs(everybody ? std::string() : caller.user_id);
    if (!known) return failure(known);
    std::vector<JobView> views;
    for (const auto& service : *known) {
        auto view = job({service.owner, true}, service.id);
        if (!view && view.error().code == codes::job_unknown) continue; // removed at this moment
        if (!view) return failure(view);
        views.push_back(std::move(*view));
    }
    return views;
}

Result<JobView> JobDesk::choose(const Caller& caller, JobId id, plan::Choices choices) {
    const auto states = {JobState::draft, JobState::planning, JobState::review, JobState::stopped};
    auto seen = see_in(caller, id, states);
    if (!seen) return failure(seen);
    auto statement = tools_.journal.statement(id);
    if (!statement) return failure(statement);
    // What has arrived is where the first choices put it.
    if (statement->done.items + statement->failed.items > 0)
        return Error(ErrorKind::conflict, codes::job_wrong_state, "");
    tools_.scheduler.interrupt(id);
    choices = of_delta(std::move(choices), seen->service.delta);
    seen->ledger.key.choices = jobs::choices_to_text(choices);
    seen->ledger.key.destination = choices.destination;
    if (auto begun = tools_.journal.begin_plan(id, seen->ledger); !begun) return failure(begun);
    return want(caller, id, states, [&](journal::ServiceJob& job) -> Result<void> {
        job.wish = Wish::go;
        job.task = Task::plan;
        job.task_text = seen->ledger.key.choices;
        return {};
    });
}

Result<JobView> JobDesk::authorise(const Caller& caller, JobId id, const std::string& login, Secret app_password) {
    const auto sealed = tools_.vault.seal(app_password);
    auto seen = see(caller, id);
    if (!seen) return failure(seen);
    auto changed = journal::change(tools_.journal.service(), id, [&](journal::ServiceJob& job) {
        job.login = login;
        job.sealed_password = sealed;
        return true;
    });
    if (!changed) return failure(changed);
    return job(caller, id);
}

Result<JobView> JobDesk::start(const Caller& caller, JobId id, const std::string& pilot) {
    return want(caller, id, {JobState::review}, [&](journal::ServiceJob& job) -> Result<void> {
        job.wish = Wish::go;
        job.task = Task::run;
        job.task_text = task_text(RunTask{pilot});
        return {};
    });
}

Result<JobView> JobDesk::pause(const Caller& caller, JobId id) {
    auto view = want(caller, id, {JobState::queued, JobState::running}, [](journal::ServiceJob& job) -> Result<void> {
        job.wish = Wish::pause;
        return {};
    });
    if (view) tools_.scheduler.interrupt(id);
    return view;
}

Result<JobView> JobDesk::resume(const Caller& caller, JobId id) {
    return want(caller, id, {JobState::paused, JobState::stopped}, [](journal::ServiceJob& job) -> Result<void> {
        if (job.sealed_password.empty()) return Error(ErrorKind::conflict, codes::service_credentials_needed, "");
        job.wish = Wish::go;
        return {};
    });
}

Result<JobView> JobDesk::cancel(const Caller& caller, JobId id) {
    auto view = want(caller, id,
                     {JobState::draft, JobState::planning, JobState::review, JobState::queued, JobState::running,
                      JobState::paused, JobState::stopped},
                     [](journal::ServiceJob& job) -> Result<void> {
                         job.sealed_password.clear();
                         job.wish = Wish::cancel;
                         job.task = Task::none;
                         job.task_text.clear();
                         return {};
                     });
    if (!view) return view;
    tools_.scheduler.interrupt(id);
    if (!tools_.scheduler.is_running(id)) clear_folder(id); // else the scheduler does, when it has ended
    return view;
}

Result<JobView> JobDesk::retry(const Caller& caller, JobId id, const std::vector<ItemId>& items) {
    const auto states = {JobState::finished, JobState::stopped, JobState::cancelled, JobState::review};
    auto seen = see_in(caller, id, states);
    if (!seen) return failure(seen);
    if (seen->service.sealed_password.empty()) return Error(ErrorKind::conflict, codes::service_credentials_needed, "");
    auto reset = items.empty() ? tools_.journal.reset_failed(id, true) : tools_.journal.reset_failed_items(id, items);
    if (!reset) return failure(reset);
    return want_task(caller, id, states, Task::run, "");
}

Result<JobView> JobDesk::apply_shares(const Caller& caller, JobId id, bool notify) {
    return want_task(caller, id, {JobState::finished, JobState::review, JobState::stopped, JobState::cancelled},
                     Task::share, task_text(ShareTask{notify}));
}

} // namespace passerelle::service
