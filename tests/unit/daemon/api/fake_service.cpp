// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/daemon/api/fake_service.hpp"

#include "core/reason_codes.hpp"
#include "tests/unit/daemon/api/fake_values.hpp"

#include <algorithm>
#include <ostream>
#include <stdexcept>

namespace passerelle::fakes {
using service::Caller;
using service::JobState;
using service::JobView;
using service::Task;

namespace {

Error unknown(JobId id) {
    const auto number = std::to_string(id.value);
    return {ErrorKind::permanent, codes::job_unknown, "no job " + number, {{"job", number}}};
}

Error not_yours() {
    return {ErrorKind::permanent, codes::service_not_yours, ""};
}

bool may(const Caller& caller, const std::string& user) {
    return caller.administrator || caller.user_id == user;
}

} // namespace

FakeService::FakeService() : clock_([this](const std::stop_token& stop) { watch(stop); }) {}

FakeService::~FakeService() = default;

JobId FakeService::add_job(const std::string& user) {
    service::JobOrder order;
    order.parts = {{service::ExportPart::Place::inbox, "takeout-001.zip"}};
    order.user_id = user;
    const std::lock_guard lock(mutex_);
    return add(std::move(order));
}

void FakeService::happened(JobId job, const std::string& what) {
    const std::lock_guard lock(mutex_);
    tell(jobs_.at(job), what);
}

std::size_t FakeService::polls() {
    const std::lock_guard lock(mutex_);
    return polls_.size();
}

void FakeService::hold_slow_calls(bool hold) {
    const std::lock_guard lock(mutex_);
    hold_ = hold;
    changed_.notify_all();
}

std::size_t FakeService::held() {
    const std::lock_guard lock(mutex_);
    return held_;
}

void FakeService::fail_next(const std::string& method, std::optional<Error> error) {
    const std::lock_guard lock(mutex_);
    failing_[method] = std::move(error);
}

service::JobOrder FakeService::last_order() {
    const std::lock_guard lock(mutex_);
    return last_order_;
}

std::string FakeService::last_csv() {
    const std::lock_guard lock(mutex_);
    return last_csv_;
}

std::vector<service::ItemDecision> FakeService::last_decisions() {
    const std::lock_guard lock(mutex_);
    return last_decisions_;
}

Result<std::vector<service::FoundExport>> FakeService::inbox(const Caller& caller, const std::string& user_id) {
    if (!may(caller, user_id)) return not_yours();
    return std::vector{found_workspace(), found_export()};
}

Result<JobView> FakeService::create(const Caller& caller, service::JobOrder order) {
    const std::lock_guard lock(mutex_);
    if (auto error = failing("create")) return *error;
    if (!may(caller, order.user_id) || (order.workspace && !caller.administrator)) return not_yours();
    last_order_ = order;
    return jobs_.at(add(std::move(order)));
}

Result<JobView> FakeService::job(const Caller& caller, JobId id) {
    const std::lock_guard lock(mutex_);
    if (auto error = failing("job")) return *error;
    auto found = find(caller, id);
    if (!found) return failure(found);
    return **found;
}

Result<std::vector<JobView>> FakeService::jobs(const Caller& caller, bool everybody) {
    const std::lock_guard lock(mutex_);
    if (everybody && !caller.administrator) return not_yours();
    std::vector<JobView> all;
    for (const auto& [id, job] : jobs_)
        if (everybody || job.user_id == caller.user_id) all.insert(all.begin(), job);
    return all;
}

Result<JobView> FakeService::choose(const Caller& caller, JobId id, plan::Choices choices) {
    auto moved = move(caller, id, {JobState::review}, JobState::review, Task::none);
    const std::lock_guard lock(mutex_);
    if (!moved) return failure(moved);
    jobs_.at(id).choices = choices;
    return jobs_.at(id);
}

Result<JobView> FakeService::authorise(const Caller& caller, JobId id, const std::string& login, Secret password) {
    {
        const std::lock_guard lock(mutex_);
        last_order_.login = login;
        last_order_.app_password = std::move(password);
    }
    return job(caller, id);
}

Result<JobView> FakeService::start(const Caller& caller, JobId id, const std::string&) {
    return move(caller, id, {JobState::review}, JobState::running, Task::run);
}

Result<JobView> FakeService::pause(const Caller& caller, JobId id) {
    return move(caller, id, {JobState::running, JobState::queued}, JobState::paused, Task::run);
}

Result<JobView> FakeService::resume(const Caller& caller, JobId id) {
    return move(caller, id, {JobState::paused, JobState::stopped}, JobState::queued, Task::run);
}

Result<JobView> FakeService::cancel(const Caller& caller, JobId id) {
    return move(caller, id, {JobState::review, JobState::running, JobState::queued, JobState::paused},
                JobState::cancelled, Task::none);
}

Result<JobView> FakeService::retry(const Caller& caller, JobId id, const std::vector<ItemId>&) {
    return move(caller, id, {JobState::finished, JobState::running}, JobState::queued, Task::run);
}

Result<JobView> FakeService::apply_shares(const Caller& caller, JobId id, bool) {
    return move(caller, id, {JobState::finished, JobState::running}, JobState::queued, Task::share);
}

Result<JobView> FakeService::undo(const Caller& caller, JobId id) {
    return move(caller, id, {JobState::finished, JobState::cancelled}, JobState::queued, Task::undo);
}

Result<std::vector<jobs::UndoneThing>> FakeService::preview_undo(const Caller& caller, JobId id) {
    wait_while_held();
    const std::lock_guard lock(mutex_);
    if (auto error = failing("preview_undo")) return *error;
    auto found = find(caller, id);
    if (!found) return failure(found);
    return undone_things();
}

Result<void> FakeService::remove(const Caller& caller, JobId id) {
    const std::lock_guard lock(mutex_);
    auto found = find(caller, id);
    if (!found) return failure(found);
    if ((*found)->state == JobState::running) return Error(ErrorKind::conflict, codes::job_wrong_state, "running");
    tell(**found, "removed");
    jobs_.erase(id);
    return {};
}

Result<service::Contents> FakeService::contents(const Caller& caller, JobId id) {
    const std::lock_guard lock(mutex_);
    auto found = find(caller, id);
    if (!found) return failure(found);
    return some_contents();
}

Result<std::vector<journal::Item>> FakeService::items(const Caller& caller, JobId id, const service::ItemQuery& query) {
    const std::lock_guard lock(mutex_);
    auto found = find(caller, id);
    if (!found) return failure(found);
    std::vector<journal::Item> page;
    for (auto number = query.after.value + 1; number <= kItems && page.size() < query.limit; ++number)
        if (auto item = some_item({number}); fits(item, query)) page.push_back(std::move(item));
    return page;
}

Result<void> FakeService::decide_items(const Caller& caller, JobId id,
                                       const std::vector<service::ItemDecision>& decisions) {
    const std::lock_guard lock(mutex_);
    auto found = find(caller, id);
    if (!found) return failure(found);
    if ((*found)->state != JobState::review) return Error(ErrorKind::conflict, codes::job_wrong_state, "");
    last_decisions_ = decisions;
    return {};
}

Result<void> FakeService::report(const Caller& caller, JobId id, const std::string& format, Language,
                                 std::ostream& out) {
    const std::lock_guard lock(mutex_);
    auto found = find(caller, id);
    if (!found) return failure(found);
    if (format == "json")
        out << R"({"format":"passerelle-report"})";
    else
        for (int line = 0; line < 100'000; ++line) // more than travels at once
            out << format << ";line;" << line << '\n';
    return {};
}

void FakeService::events(const Caller& caller, bool everybody, std::uint64_t after,
                         std::chrono::steady_clock::time_point deadline, EventsAnswer answer) {
    Poll poll{caller, everybody, after, deadline, std::move(answer)};
    std::unique_lock lock(mutex_);
    std::ignore = failing("events");
    auto events = after == 0 ? std::vector<service::Event>() : events_for(poll);
    if (after == 0 || !events.empty() || deadline <= std::chrono::steady_clock::now()) {
        const auto newest = happened_.size();
        lock.unlock();
        return poll.answer(newest, std::move(events));
    }
    polls_.push_back(std::move(poll));
    changed_.notify_all();
}

Result<service::PeopleTable> FakeService::people(const Caller& caller, JobId id) {
    wait_while_held();
    const std::lock_guard lock(mutex_);
    if (auto error = failing("people")) return *error;
    auto found = find(caller, id);
    if (!found) return failure(found);
    return some_people(decision_);
}

Result<service::PeopleTable> FakeService::decide_people(const Caller& caller, JobId id,
                                                        const std::vector<sharing::PersonDecision>& decisions) {
    {
        const std::lock_guard lock(mutex_);
        auto found = find(caller, id);
        if (!found) return failure(found);
        decision_ = decisions.front().decision;
    }
    return people(caller, id);
}

Result<service::SharesTable> FakeService::shares(const Caller& caller, JobId id) {
    wait_while_held();
    const std::lock_guard lock(mutex_);
    auto found = find(caller, id);
    if (!found) return failure(found);
    return some_shares();
}

Result<std::string> FakeService::access_csv(const Caller& caller, JobId id, Language language) {
    const std::lock_guard lock(mutex_);
    auto found = find(caller, id);
    if (!found) return failure(found);
    return std::string(language == Language::french ? "Dossier;Qui;Droits\r\n" : "Folder,Who,Rights\r\n");
}

Result<service::SharesTable> FakeService::correct_accesses(const Caller& caller, JobId id, std::string_view csv) {
    const std::lock_guard lock(mutex_);
    auto found = find(caller, id);
    if (!found) return failure(found);
    last_csv_ = csv;
    return some_shares();
}

Result<service::BridgeView> FakeService::bridge(const Caller& caller, JobId id, bool automatic) {
    auto job = find(caller, id);
    if (!job) return Error(ErrorKind::permanent, codes::bridge_unknown, "", {{"bridge", std::to_string(id.value)}});
    return some_bridge(**job, automatic);
}

Result<service::BridgeView> FakeService::build(const Caller& caller, const service::BridgeOrder& order) {
    const std::lock_guard lock(mutex_);
    auto job = find(caller, order.job);
    if (!job) return failure(job);
    return bridge(caller, order.job, order.automatic);
}

Result<std::vector<service::BridgeView>> FakeService::bridges(const Caller& caller, bool everybody) {
    const std::lock_guard lock(mutex_);
    if (everybody && !caller.administrator) return not_yours();
    std::vector<service::BridgeView> views;
    for (const auto& [id, job] : jobs_)
        if (everybody || job.user_id == caller.user_id) views.push_back(some_bridge(job, false));
    return views;
}

Result<service::BridgeView> FakeService::set_automatic(const Caller& caller, BridgeId id, bool automatic) {
    const std::lock_guard lock(mutex_);
    return bridge(caller, JobId{id.value}, automatic);
}

Result<service::BridgeView> FakeService::authorise_bridge(const Caller& caller, BridgeId id,
                                                          const std::string& /*login*/, Secret /*app_password*/) {
    const std::lock_guard lock(mutex_);
    return bridge(caller, JobId{id.value}, true);
}

Result<service::BridgeView> FakeService::withdraw(const Caller& caller, BridgeId id) {
    const std::lock_guard lock(mutex_);
    auto there = bridge(caller, JobId{id.value}, true);
    if (there) there->state = service::BridgeState::no_access;
    return there;
}

Result<void> FakeService::remove(const Caller& caller, BridgeId id) {
    const std::lock_guard lock(mutex_);
    auto there = bridge(caller, JobId{id.value}, false);
    return there ? Result<void>() : Result<void>(failure(there));
}

Result<service::Places> FakeService::places(const Caller& caller, JobId id) {
    wait_while_held();
    const std::lock_guard lock(mutex_);
    auto found = find(caller, id);
    if (!found) return failure(found);
    return some_places(id);
}

service::Health FakeService::health() {
    return some_health();
}

Result<std::vector<service::Metric>> FakeService::metrics() {
    return std::vector<service::Metric>{
        {"passerelle_jobs", "Jobs by state.", false, {{"state=\"running\"", 2}, {"state=\"queued\"", 0}}},
        {"passerelle_sent_bytes_total", "Bytes sent\nto Nextcloud.", true, {{"", 1e9}}}};
}

Result<service::Limits> FakeService::limits(const Caller& caller) {
    const std::lock_guard lock(mutex_);
    if (!caller.administrator) return not_yours();
    return limits_;
}

Result<service::Limits> FakeService::set_limits(const Caller& caller, const service::Limits& limits) {
    const std::lock_guard lock(mutex_);
    if (!caller.administrator) return not_yours();
    if (!limits.night_window.empty() && limits.night_window.size() != 11)
        return Error(ErrorKind::permanent, codes::config_out_of_bounds, "", {{"key", "night_window"}});
    limits_ = limits;
    return limits_;
}

Result<std::vector<service::LogLine>> FakeService::log(const Caller& caller, const service::LogQuery& query) {
    if (!caller.administrator) return not_yours();
    std::vector<service::LogLine> lines{{"2026-03-14T09:26:53.589Z", "info", "jobs", 12, "run begins"},
                                        {"2026-03-14T09:26:54.000Z", "warning", "http", {}, "a connection was cut"}};
    std::erase_if(lines, [&](const auto& line) { return !query.room.empty() && line.room != query.room; });
    return lines;
}

Result<std::map<std::string, std::string>> FakeService::log_levels(const Caller& caller) {
    const std::lock_guard lock(mutex_);
    if (!caller.administrator) return not_yours();
    return levels_;
}

Result<void> FakeService::set_log_level(const Caller& caller, const std::string& room, const std::string& level) {
    const std::lock_guard lock(mutex_);
    if (!caller.administrator) return not_yours();
    levels_[room] = level;
    return {};
}

Result<JobView*> FakeService::find(const Caller& caller, JobId id) {
    const auto found = jobs_.find(id);
    if (found == jobs_.end() || !may(caller, found->second.user_id)) return unknown(id);
    return &found->second;
}

Result<JobView> FakeService::move(const Caller& caller, JobId id, std::set<JobState> from, JobState to, Task task) {
    const std::lock_guard lock(mutex_);
    auto found = find(caller, id);
    if (!found) return failure(found);
    auto& job = **found;
    if (!from.contains(job.state))
        return Error(ErrorKind::conflict, codes::job_wrong_state, std::string(service::to_string(job.state)));
    job.state = to;
    job.task = task;
    tell(job, "changed");
    return job;
}

JobId FakeService::add(service::JobOrder order) {
    const JobId id{jobs_.empty() ? 1 : jobs_.rbegin()->first.value + 1};
    jobs_[id] = some_job(id, order);
    tell(jobs_.at(id), "created");
    return id;
}

void FakeService::tell(const JobView& job, const std::string& what) {
    happened_.push_back({happened_.size() + 1, job.id, job.user_id, what});
    changed_.notify_all();
}

std::vector<service::Event> FakeService::events_for(const Poll& poll) const {
    std::vector<service::Event> events;
    for (const auto& event : happened_)
        if (event.sequence > poll.after && (poll.everybody || event.user_id == poll.caller.user_id))
            events.push_back(event);
    return events;
}

/// Answers polls whose time has come.
void FakeService::watch(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        const auto now = std::chrono::steady_clock::now();
        const auto due = [&](const Poll& poll) { return poll.deadline <= now || !events_for(poll).empty(); };
        const auto waiting = std::stable_partition(polls_.begin(), polls_.end(), due);
        const std::vector answered(std::make_move_iterator(polls_.begin()), std::make_move_iterator(waiting));
        polls_.erase(polls_.begin(), waiting);
        for (const auto& poll : answered) {
            auto events = events_for(poll);
            const auto newest = happened_.size();
            poll.answer(newest, std::move(events)); // does not block, and calls nothing of ours
        }
        const auto next = std::ranges::min_element(polls_, {}, &Poll::deadline);
        const auto version = std::pair(happened_.size(), polls_.size());
        const auto moved = [&] { return version != std::pair(happened_.size(), polls_.size()); };
        const auto deadline = next == polls_.end() ? now : next->deadline; // its poll may move while we wait
        if (next == polls_.end())
            changed_.wait(lock, stop, moved);
        else
            changed_.wait_until(lock, stop, deadline, moved);
    }
}

std::optional<Error> FakeService::failing(const std::string& method) {
    const auto found = failing_.find(method);
    if (found == failing_.end()) return std::nullopt;
    auto error = std::move(found->second);
    failing_.erase(found);
    if (!error) throw std::logic_error("an invariant is broken: /secret/path");
    return error;
}

void FakeService::wait_while_held() {
    std::unique_lock lock(mutex_);
    ++held_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return !hold_; });
    --held_;
}

} // namespace passerelle::fakes
