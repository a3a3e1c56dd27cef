// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/scheduler.hpp"

#include "core/reason_codes.hpp"
#include "daemon/log/log.hpp"

#include <algorithm>
#include <malloc.h>
#include <sys/resource.h>

namespace passerelle::service {
namespace {

constexpr std::size_t kPlansAtOnce = 2;
constexpr int kNiceness = 5;                   // who looks at the page goes before what is done for hours
constexpr std::chrono::seconds kLookAgain{60}; // where nothing wakes the governor: a window may have opened

bool is_plan(journal::Task task) {
    return task == journal::Task::plan;
}

bool is_same_task(const journal::ServiceJob& one, const journal::ServiceJob& other) {
    return one.task == other.task && one.task_text == other.task_text;
}

} // namespace

Scheduler::Scheduler(Tools tools, const Limits& limits, const NightWindow& window)
    : tools_(tools), limits_(limits), window_(window),
      governor_([this](const std::stop_token& stop) { govern(stop); }) {}

Scheduler::~Scheduler() {
    governor_.request_stop();
    governor_.join();
    {
        const std::lock_guard lock(mutex_);
        for (auto& [id, task] : running_)
            task->stop.request_stop();
    }
    // A task that ends needs the lock: it is waited for without.
    for (auto& [id, task] : running_)
        if (task->thread.joinable()) task->thread.join();
}

void Scheduler::wake() {
    const std::lock_guard lock(mutex_);
    ++changes_;
    changed_.notify_all();
}

void Scheduler::limit(const Limits& limits, const NightWindow& window) {
    {
        const std::lock_guard lock(mutex_);
        limits_ = limits;
        window_ = window;
    }
    wake();
}

Limits Scheduler::limits() const {
    const std::lock_guard lock(mutex_);
    return limits_;
}

void Scheduler::interrupt(JobId job) {
    const std::lock_guard lock(mutex_);
    if (const auto at = running_.find(job); at != running_.end()) at->second->stop.request_stop();
}

std::optional<Live> Scheduler::live(JobId job) const {
    const std::lock_guard lock(mutex_);
    const auto at = running_.find(job);
    if (at == running_.end() || at->second->ended) return std::nullopt;
    auto progress = at->second->board.progress.snapshot();
    const auto rate = at->second->meter.measure(progress, std::chrono::steady_clock::now());
    return Live{std::move(progress), at->second->board.waits_until(), rate};
}

bool Scheduler::is_running(JobId job) const {
    const std::lock_guard lock(mutex_);
    const auto at = running_.find(job);
    return at != running_.end() && !at->second->ended;
}

std::uint64_t Scheduler::running() const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::uint64_t>(
        std::ranges::count_if(running_, [](const auto& entry) { return !entry.second->ended; }));
}

bool Scheduler::is_open() const {
    return window_.is_open(tools_.clock.local_time_of_day());
}

bool Scheduler::has_room(bool plan) const {
    return count(plan) < (plan ? kPlansAtOnce : limits_.jobs_at_once);
}

/// Of those that wait where there is room, the next is started at once: the others wait for it then.
std::optional<Wait> Scheduler::why_waiting(const journal::ServiceJob& job) const {
    const std::lock_guard lock(mutex_);
    if (is_plan(job.task) || is_open()) {
        if (has_room(is_plan(job.task))) return std::nullopt;
        return Wait{Reason(codes::service_wait_turn), std::nullopt};
    }
    const auto opens = std::chrono::floor<std::chrono::seconds>(tools_.clock.now()) +
                       window_.until_open(tools_.clock.local_time_of_day());
    return Wait{Reason(codes::service_wait_night, {{"window", limits_.night_window}}), opens};
}

void Scheduler::govern(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::uint64_t seen = 0;
        std::vector<std::unique_ptr<Running>> ended; // joined without the lock, which their last act needs
        {
            const std::lock_guard lock(mutex_);
            seen = changes_;
            for (auto entry = running_.begin(); entry != running_.end();) {
                const auto at = entry++;
                if (!at->second->ended) continue;
                ended.push_back(std::move(at->second));
                running_.erase(at);
            }
            if (!is_open()) stop_for_the_day();
        }
        const bool some_ended = !ended.empty();
        ended.clear();
        start_what_fits(waiting());
        if (some_ended && running() == 0) ::malloc_trim(0); // what a large export needed goes back to the system
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, stop, kLookAgain, [&] { return changes_ != seen; });
    }
}

/// Those with something to do that is wanted, the oldest first.
std::vector<journal::ServiceJob> Scheduler::waiting() const {
    auto jobs = tools_.journal.service().wanted_jobs();
    if (jobs) return std::move(*jobs);
    log::logger("service").error("the journal cannot be read: {}", jobs.error().message);
    return {};
}

std::size_t Scheduler::count(bool plans, const std::string* owner) const {
    return static_cast<std::size_t>(std::ranges::count_if(running_, [&](const auto& entry) {
        return is_plan(entry.second->task) == plans && (owner == nullptr || entry.second->owner == *owner);
    }));
}

void Scheduler::start_what_fits(std::vector<journal::ServiceJob> waiting) {
    const std::lock_guard lock(mutex_);
    std::erase_if(waiting, [&](const journal::ServiceJob& job) { return running_.contains(job.id); });
    const bool open = is_open();
    while (true) {
        const auto fits = [&](const journal::ServiceJob& job) {
            const bool plan = is_plan(job.task);
            return has_room(plan) && (plan || open);
        };
        auto next = waiting.end();
        for (auto job = waiting.begin(); job != waiting.end(); ++job)
            if (fits(*job) && (next == waiting.end() ||
                               count(is_plan(job->task), &job->owner) < count(is_plan(next->task), &next->owner)))
                next = job;
        if (next == waiting.end()) return;
        auto chosen = std::move(*next);
        waiting.erase(next);
        start(std::move(chosen));
    }
}

void Scheduler::start(journal::ServiceJob job) {
    auto& running = running_[job.id];
    running = std::make_unique<Running>();
    running->owner = job.owner;
    running->task = job.task;
    Running& task = *running;
    task.thread = std::jthread([this, job = std::move(job), &task] { carry_out(job, task); });
}

void Scheduler::carry_out(const journal::ServiceJob& job, Running& running) {
    ::setpriority(PRIO_PROCESS, 0, kNiceness); // of this thread, and of those that it starts (setpriority(2), bugs)
    tools_.events.publish(job.id, job.owner, "changed");
    std::size_t connections = tools_.connections;
    {
        const std::lock_guard lock(mutex_);
        connections = std::max<std::size_t>(1, tools_.connections / std::max<std::uint64_t>(1, limits_.jobs_at_once));
    }
    // From here on a change of mind interrupts; one that came before is in the journal.
    if (!is_wanted_still(job)) running.stop.request_stop();
    Result<void> outcome = Error(ErrorKind::job, codes::job_stopped, "");
    try {
        if (!running.stop.stop_requested())
            outcome = tools_.work.carry_out(job, connections, running.board, running.stop.get_token());
    } catch (const std::exception& exception) {
        // A broken invariant costs this job, not the daemon.
        log::logger("service").with(job.id).error("internal error: {}", exception.what());
        outcome = Error(ErrorKind::job, codes::service_internal, exception.what());
    }
    settle(job, outcome, running.stop.stop_requested());
    {
        const std::lock_guard lock(mutex_);
        running.ended = true;
    }
    // Whoever cancelled it before this moment left that to us.
    const auto now = tools_.journal.service().service_job(job.id);
    if (now && *now && (*now)->wish == journal::Wish::cancel) tools_.work.clear(job.id);
    tools_.events.publish(job.id, job.owner, "changed");
    wake();
}

/// What was found in the journal before it was known as running may have been changed since.
bool Scheduler::is_wanted_still(const journal::ServiceJob& job) const {
    const auto now = tools_.journal.service().service_job(job.id);
    return now && *now && (*now)->wish == journal::Wish::go && is_same_task(**now, job);
}

/// What the journal says of the job from now on. Somebody may have wished otherwise while it ran: that stands.
void Scheduler::settle(const journal::ServiceJob& job, const Result<void>& outcome, bool interrupted) {
    // Whoever interrupts a plan wants another one, even where it came to its end.
    if (interrupted && (is_plan(job.task) || (!outcome && outcome.error().code == codes::job_stopped))) return;
    const auto before = tools_.journal.service().service_job(job.id);
    if (!before || !*before || !is_same_task(**before, job)) return;
    if (!outcome) {
        log::logger("service").with(job.id).warning("{} stopped: {}", to_string(job.task), outcome.error().code);
        (void)tools_.journal.set_phase(job.id, JobPhase::stopped, reason_of(outcome.error()));
    }
    const bool ended = outcome && has_ended(job.id);
    const auto settled = journal::change(tools_.journal.service(), job.id, [&](journal::ServiceJob& now) {
        if (!is_same_task(now, job)) return false;
        if (!outcome) {
            now.wish = journal::Wish::stop;
            return true;
        }
        now.task = journal::Task::none;
        now.task_text.clear();
        now.wish = journal::Wish::go;
        if (ended) now.sealed_password.clear();
        return true;
    });
    if (!settled)
        log::logger("service").with(job.id).error("the journal cannot be written: {}", settled.error().message);
}

/// Nothing is left to do for it that was planned: its app password is not needed any more.
bool Scheduler::has_ended(JobId id) const {
    const auto job = tools_.journal.job(id);
    return job && *job && (*job)->phase == JobPhase::finished;
}

void Scheduler::stop_for_the_day() {
    for (auto& [id, task] : running_)
        if (!is_plan(task->task)) task->stop.request_stop();
}

} // namespace passerelle::service
