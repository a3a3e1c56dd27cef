// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/journal/journal.hpp"
#include "daemon/service/administration.hpp"
#include "daemon/service/clock.hpp"
#include "daemon/service/event_feed.hpp"
#include "daemon/service/job_work.hpp"
#include "daemon/service/night_window.hpp"
#include "daemon/service/rate.hpp"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace passerelle::service {

/// What a running task shows at this moment.
struct Live {
    jobs::Progress progress;
    std::optional<Timestamp> waits_until;
    Rate rate;
};

/// Decides which job's task is done next, and by which thread. A few run at a time: the person with the fewest running
/// comes first, of theirs the oldest job. Plans have room of their own, so that a long run does not keep anybody from
/// looking at an export. Outside the night window nothing is run; what runs when it closes is stopped, and goes on when
/// it opens. What is to be done is in the journal alone: after a restart the scheduler finds it there. Internally
/// locked.
class Scheduler {
  public:
    struct Tools {
        journal::Journal& journal;
        JobWork& work;
        EventFeed& events;
        const Clock& clock;
        std::size_t connections = 4; ///< of the whole daemon; divided among the jobs that run at one time
    };
    Scheduler(Tools tools, const Limits& limits, const NightWindow& window);
    /// Stops what runs, and waits for it; it goes on at the next start.
    ~Scheduler();
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    /// Something in the journal has changed.
    void wake();
    void limit(const Limits& limits, const NightWindow& window);
    [[nodiscard]] Limits limits() const;
    /// Asks a task that runs to stop, because its job's wish has changed.
    void interrupt(JobId job);

    [[nodiscard]] std::optional<Live> live(JobId job) const;
    /// Why a job with a task does not run yet; nothing where it is about to.
    [[nodiscard]] std::optional<Wait> why_waiting(const journal::ServiceJob& job) const;
    [[nodiscard]] std::uint64_t running() const;
    /// Whether a task of this job runs.
    [[nodiscard]] bool is_running(JobId job) const;

  private:
    struct Running {
        std::string owner;
        journal::Task task = journal::Task::none;
        Board board;
        RateMeter meter;
        std::stop_source stop;
        std::jthread thread;
        bool ended = false;
    };

    void govern(const std::stop_token& stop);
    [[nodiscard]] std::vector<journal::ServiceJob> waiting() const;
    void start_what_fits(std::vector<journal::ServiceJob> waiting);
    void start(journal::ServiceJob job);
    void carry_out(const journal::ServiceJob& job, Running& running);
    [[nodiscard]] bool is_wanted_still(const journal::ServiceJob& job) const;
    void settle(const journal::ServiceJob& job, const Result<void>& outcome, bool interrupted);
    [[nodiscard]] bool has_ended(JobId id) const;
    void stop_for_the_day();
    [[nodiscard]] std::size_t count(bool plans, const std::string* owner = nullptr) const;
    [[nodiscard]] bool is_open() const;
    /// Whether one more may run at the same time.
    [[nodiscard]] bool has_room(bool plan) const;

    const Tools tools_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::uint64_t changes_ = 0;
    Limits limits_;
    NightWindow window_;
    std::map<JobId, std::unique_ptr<Running>> running_;
    std::jthread governor_;
};

} // namespace passerelle::service
