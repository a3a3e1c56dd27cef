// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/retention.hpp"

#include "daemon/jobs/job_folder.hpp"
#include "daemon/log/old_lines.hpp"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <utility>

namespace passerelle::service {
namespace {

constexpr std::chrono::hours kLookEvery{24};

using ServiceJobs = std::map<JobId, const journal::ServiceJob*>;

bool has_ended(const journal::Job& job, const ServiceJobs& of_service) {
    const auto at = of_service.find(job.id);
    if (at == of_service.end()) return job.phase == JobPhase::finished; // of the command line
    const auto& service = *at->second;
    if (service.task != journal::Task::none) return false;
    return service.wish == journal::Wish::cancel ||
           (service.wish == journal::Wish::go && job.phase == JobPhase::finished);
}

} // namespace

std::vector<journal::Job> outdated(const std::vector<journal::Job>& jobs,
                                   const std::vector<journal::ServiceJob>& of_service, Timestamp before) {
    ServiceJobs services;
    for (const auto& service : of_service)
        services[service.id] = &service;
    const auto account_of = [](const journal::Job& job) { return std::pair(job.key.server_url, job.key.user_id); };
    std::set<std::pair<std::string, std::string>> in_use;
    for (const auto& job : jobs)
        if (job.updated_at >= before || !has_ended(job, services)) in_use.insert(account_of(job));
    std::vector<journal::Job> old = jobs;
    std::erase_if(old, [&](const journal::Job& job) { return in_use.contains(account_of(job)); });
    return old;
}

Retention::Retention(Tools tools) : tools_(std::move(tools)) {
    if (tools_.jobs.count() > 0 || tools_.logs.count() > 0)
        thread_ = std::jthread([this](const std::stop_token& stop) { look_daily(stop); });
}

void Retention::look_daily(const std::stop_token& stop) const {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        if (tools_.jobs.count() > 0) forget_jobs(stop);
        if (tools_.logs.count() > 0) log::forget_old_lines(tools_.log, tools_.logs, tools_.clock.now());
        never.wait_for(lock, stop, kLookEvery, [] { return false; });
    }
}

void Retention::forget_jobs(const std::stop_token& stop) const {
    const auto logger = log::logger("service");
    auto of_service = tools_.journal.service().service_jobs("");
    auto jobs = tools_.journal.jobs();
    if (!jobs || !of_service) {
        logger.error("the journal cannot be read: {}", (jobs ? of_service.error() : jobs.error()).message);
        return;
    }
    auto bridges = tools_.journal.bridges().all_bridges();
    if (!bridges) return logger.error("the journal cannot be read: {}", bridges.error().message);
    const auto goes_on = [&](const journal::Job& job) { // the next export rests on it
        return std::ranges::find(*bridges, job.key.user_id, &journal::Bridge::owner) != bridges->end();
    };
    const auto before = std::chrono::floor<std::chrono::seconds>(tools_.clock.now()) - tools_.jobs;
    for (const auto& job : outdated(*jobs, *of_service, before)) {
        if (stop.stop_requested()) return;
        if (goes_on(job)) continue;
        if (auto forgotten = forget(job); !forgotten)
            logger.with(job.id).warning("it stays, though it ended long ago: {}", forgotten.error().code);
        else
            logger.with(job.id).info("forgotten: it ended more than {} days ago", tools_.jobs.count());
    }
}

/// With its lock: nothing is taken from under a process that runs it.
Result<void> Retention::forget(const journal::Job& job) const {
    auto folder = jobs::JobFolder::open(tools_.state_folder, job.id);
    if (!folder) return failure(folder);
    if (auto removed = tools_.journal.remove_job(job.id); !removed) return removed;
    folder->remove();
    tools_.events.publish(job.id, job.key.user_id, "removed");
    return {};
}

} // namespace passerelle::service
