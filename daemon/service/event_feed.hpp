// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/journal/service_jobs.hpp"
#include "daemon/service/desk.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <thread>

namespace passerelle::service {

/// What happened to jobs, numbered. Numbers grow over restarts too: they are taken from the journal in blocks. The last
/// few thousand events are kept in memory; whoever asks for older ones hears of those that are left, and reads the
/// jobs. Questions without an answer yet cost an entry in a list and no thread. Internally locked.
class EventFeed {
  public:
    explicit EventFeed(journal::ServiceJobs& store);
    /// Answers all questions that are open.
    ~EventFeed();
    EventFeed(const EventFeed&) = delete;
    EventFeed& operator=(const EventFeed&) = delete;

    /// Tells those who wait; the job's version becomes the event's number.
    std::uint64_t publish(JobId job, const std::string& user_id, std::string_view what);

    /// See Desk::events(). `user_id` empty: about everybody.
    void ask(const std::string& user_id, std::uint64_t after, std::chrono::steady_clock::time_point deadline,
             Desk::EventsAnswer answer);

  private:
    struct Question {
        std::string user_id;
        std::chrono::steady_clock::time_point deadline;
        Desk::EventsAnswer answer;
    };

    [[nodiscard]] std::vector<Event> since(const std::string& user_id, std::uint64_t after) const;
    void take_block();
    void end_questions(const std::stop_token& stop);

    journal::ServiceJobs& store_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::uint64_t newest_ = 1; ///< 0 is what somebody asks with who has heard nothing yet
    std::uint64_t block_end_ = 0;
    std::deque<Event> kept_;
    std::list<Question> open_;
    std::jthread clerk_; ///< answers questions whose time is up; sleeps while there are none
};

} // namespace passerelle::service
