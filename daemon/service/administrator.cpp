// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/administrator.hpp"

#include "core/reason_codes.hpp"
#include "daemon/log/newest.hpp"
#include "daemon/service/text_match.hpp"

#include <deque>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace passerelle::service {
namespace {

constexpr const char* kLimits = "limits";
constexpr std::chrono::minutes kTryJournalEvery{5};
constexpr std::uint64_t kLittleScratch = 2 * kGiB; // less than this is worth telling

Error not_yours() {
    return {ErrorKind::permanent, codes::service_not_yours, ""};
}

std::string text_of(const Limits& limits) {
    return nlohmann::json{{"night_window", limits.night_window},
                          {"bytes_per_second", limits.bytes_per_second},
                          {"jobs_at_once", limits.jobs_at_once}}
        .dump();
}

Limits limits_from(const std::string& text, const Limits& otherwise) {
    const auto json = nlohmann::json::parse(text);
    return {json.value("night_window", otherwise.night_window),
            json.value("bytes_per_second", otherwise.bytes_per_second),
            json.value("jobs_at_once", otherwise.jobs_at_once)};
}

std::uint64_t free_bytes(const std::filesystem::path& folder) {
    std::error_code unknown;
    const auto space = std::filesystem::space(folder, unknown);
    return unknown ? 0 : space.available;
}

LogLine line_of(const log::Line& line) {
    std::optional<std::int64_t> job;
    if (line.job) job = line.job->value;
    return {line.time, std::string(log::to_string(line.level)), line.room, job, line.message};
}

bool fits(const log::Line& line, const LogQuery& query) {
    return (query.room.empty() || line.room == query.room) &&
           (query.text.empty() || contains_without_case(line.message, query.text));
}

} // namespace

Administrator::Administrator(Tools tools)
    : tools_(std::move(tools)), since_(std::chrono::steady_clock::now()), log_(tools_.log) {}

Result<Limits> Administrator::kept_limits(journal::ServiceJobs& store, const Limits& settings) {
    auto kept = store.setting(kLimits);
    if (!kept) return failure(kept);
    const auto limits = *kept ? limits_from(**kept, settings) : settings;
    if (auto window = NightWindow::parse(limits.night_window); !window) return failure(window);
    return limits;
}

Health Administrator::health() {
    Health health;
    health.version = tools_.version;
    auto jobs = tools_.journal.service().wanted_jobs();
    health.journal = jobs && takes_what_is_written();
    if (!health.journal) health.problems.emplace_back(codes::journal_unavailable);
    health.converter = ::access(tools_.convert_worker.c_str(), X_OK) == 0;
    if (!health.converter) health.problems.emplace_back(codes::convert_unavailable);
    health.running = tools_.scheduler.running();
    if (jobs)
        for (const auto& job : *jobs)
            health.queued += tools_.scheduler.is_running(job.id) ? 0 : 1;
    health.free_scratch_bytes = free_bytes(tools_.state_folder);
    if (health.free_scratch_bytes < kLittleScratch) health.problems.emplace_back(codes::disk_full);
    health.up = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - since_);
    return health;
}

/// Asked with every sign of life: a write each time would let no disk rest. Once one has failed, each question tries.
bool Administrator::takes_what_is_written() {
    {
        const std::lock_guard lock(mutex_);
        const auto now = std::chrono::steady_clock::now();
        if (journal_worked_ && now < try_journal_at_) return true;
        try_journal_at_ = now + kTryJournalEvery; // others need not try at the same time
    }
    const bool works = tools_.journal.service().keep_setting("health", "asked").has_value();
    const std::lock_guard lock(mutex_);
    journal_worked_ = works;
    return works;
}

Result<std::vector<Metric>> Administrator::metrics() {
    auto jobs = tools_.journal.jobs();
    if (!jobs) return failure(jobs);
    std::map<std::string, double> phases;
    std::map<std::string, double> items;
    double arrived = 0;
    for (const auto& job : *jobs) {
        phases[std::string(to_string(job.phase))] += 1;
        auto statement = tools_.journal.statement(job.id);
        if (!statement) return failure(statement);
        items["done"] += static_cast<double>(statement->done.items);
        items["skipped"] += static_cast<double>(statement->skipped.items);
        items["failed"] += static_cast<double>(statement->failed.items);
        items["pending"] += static_cast<double>(statement->pending.items);
        arrived += static_cast<double>(statement->arrived_bytes);
    }
    const auto labelled = [](const char* label, const std::map<std::string, double>& sums) {
        std::vector<std::pair<std::string, double>> samples;
        for (const auto& [word, sum] : sums)
            samples.emplace_back(std::string(label) + "=\"" + word + "\"", sum);
        return samples;
    };
    const auto health = this->health();
    return std::vector<Metric>{
        {"passerelle_jobs", "Jobs of the journal by phase.", false, labelled("phase", phases)},
        {"passerelle_items", "Lines of all ledgers by state.", false, labelled("state", items)},
        {"passerelle_arrived_bytes", "Bytes on the server, of all jobs.", false, {{"", arrived}}},
        {"passerelle_running_jobs", "Jobs with a task that runs.", false, {{"", static_cast<double>(health.running)}}},
        {"passerelle_queued_jobs", "Jobs that wait.", false, {{"", static_cast<double>(health.queued)}}},
        {"passerelle_scratch_free_bytes",
         "Free space of the state folder.",
         false,
         {{"", static_cast<double>(health.free_scratch_bytes)}}},
        {"passerelle_up_seconds", "Since the start.", true, {{"", static_cast<double>(health.up.count())}}},
    };
}

Result<Limits> Administrator::limits(const Caller& caller) {
    if (!caller.administrator) return not_yours();
    return tools_.scheduler.limits();
}

Result<Limits> Administrator::set_limits(const Caller& caller, const Limits& limits) {
    if (!caller.administrator) return not_yours();
    auto window = NightWindow::parse(limits.night_window);
    if (!window) return failure(window);
    if (auto kept = tools_.journal.service().keep_setting(kLimits, text_of(limits)); !kept) return failure(kept);
    tools_.pacer.bound(limits.bytes_per_second);
    tools_.scheduler.limit(limits, *window);
    log::logger("service").info("limits changed by an administrator: {}", text_of(limits));
    return limits;
}

Result<std::vector<LogLine>> Administrator::log(const Caller& caller, const LogQuery& query) {
    if (!caller.administrator) return not_yours();
    log::Filter filter;
    if (query.job) filter.job = JobId{*query.job};
    filter.least = log::level_from(query.level).value_or(log::Level::debug);
    std::deque<LogLine> lines;
    const bool from_the_start = !query.since.empty();
    auto read = log::read_newest(tools_.log.file, filter, query.since, [&](const log::Line& line) {
        if (!fits(line, query)) return true;
        lines.push_front(line_of(line));
        if (from_the_start && lines.size() > query.limit) lines.pop_back();
        return from_the_start || lines.size() < query.limit;
    });
    if (!read) return failure(read);
    return std::vector<LogLine>(lines.begin(), lines.end());
}

Result<std::map<std::string, std::string>> Administrator::log_levels(const Caller& caller) {
    if (!caller.administrator) return not_yours();
    const std::lock_guard lock(mutex_);
    std::map<std::string, std::string> levels{{"", std::string(log::to_string(log_.level))}};
    for (const auto& [room, level] : log_.rooms)
        levels.emplace(room, log::to_string(level));
    return levels;
}

Result<void> Administrator::set_log_level(const Caller& caller, const std::string& room, const std::string& level) {
    if (!caller.administrator) return not_yours();
    const auto word = log::level_from(level);
    if (!word) return Error(ErrorKind::permanent, codes::log_rooms, "", {{"text", level}});
    const std::lock_guard lock(mutex_);
    auto changed = log_;
    if (room.empty())
        changed.level = *word;
    else
        changed.rooms[room] = *word;
    if (auto set = log::set_up(changed); !set) return set;
    log_ = std::move(changed);
    return {};
}

} // namespace passerelle::service
