// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/event_feed.hpp"

#include <algorithm>
#include <charconv>

namespace passerelle::service {
namespace {

constexpr std::size_t kKept = 5000;
constexpr std::uint64_t kBlock = 100'000; // numbers taken from the journal at once
constexpr const char* kSetting = "events_taken";

std::uint64_t number_of(const std::optional<std::string>& text) {
    std::uint64_t number = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), number);
    return number;
}

} // namespace

EventFeed::EventFeed(journal::ServiceJobs& store) : store_(store) {
    if (const auto taken = store_.setting(kSetting)) newest_ = std::max(newest_, number_of(*taken));
    take_block();
    clerk_ = std::jthread([this](const std::stop_token& stop) { end_questions(stop); });
}

EventFeed::~EventFeed() {
    clerk_.request_stop();
    clerk_.join();
    for (Question& question : open_)
        question.answer(newest_, {});
}

void EventFeed::take_block() {
    block_end_ = newest_ + kBlock;
    // Where the journal cannot be written, the numbers of this run may come again after the next start; jobs cannot go
    // on then either.
    (void)store_.keep_setting(kSetting, std::to_string(block_end_));
}

std::uint64_t EventFeed::publish(JobId job, const std::string& user_id, std::string_view what) {
    std::vector<std::pair<Desk::EventsAnswer, Event>> answers;
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(mutex_);
        if (++newest_ == block_end_) take_block();
        number = newest_;
        kept_.push_back({newest_, job, user_id, std::string(what)});
        if (kept_.size() > kKept) kept_.pop_front();
        for (auto question = open_.begin(); question != open_.end();) {
            const bool concerns = question->user_id.empty() || question->user_id == user_id;
            if (concerns) answers.emplace_back(std::move(question->answer), kept_.back());
            question = concerns ? open_.erase(question) : std::next(question);
        }
    }
    (void)store_.keep_version(job, number); // a version that is lost costs a reader one needless question
    for (auto& [answer, event] : answers)
        answer(event.sequence, {event});
    return number;
}

void EventFeed::ask(const std::string& user_id, std::uint64_t after, std::chrono::steady_clock::time_point deadline,
                    Desk::EventsAnswer answer) {
    std::vector<Event> events;
    std::uint64_t newest = 0;
    {
        const std::lock_guard lock(mutex_);
        newest = newest_;
        if (after > 0) events = since(user_id, after);
        if (after > 0 && events.empty() && deadline > std::chrono::steady_clock::now()) {
            open_.push_back({user_id, deadline, std::move(answer)});
            changed_.notify_one();
            return;
        }
    }
    answer(newest, std::move(events));
}

std::vector<Event> EventFeed::since(const std::string& user_id, std::uint64_t after) const {
    std::vector<Event> events;
    const auto first = std::ranges::upper_bound(kept_, after, {}, &Event::sequence);
    std::copy_if(first, kept_.end(), std::back_inserter(events),
                 [&](const Event& event) { return user_id.empty() || event.user_id == user_id; });
    return events;
}

void EventFeed::end_questions(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        if (open_.empty()) {
            changed_.wait(lock, stop, [&] { return !open_.empty(); });
            continue;
        }
        const auto next = std::ranges::min_element(open_, {}, &Question::deadline)->deadline;
        changed_.wait_until(lock, stop, next, [&] {
            return std::ranges::any_of(open_, [&](const Question& question) { return question.deadline < next; });
        });
        std::list<Question> ended;
        const auto now = std::chrono::steady_clock::now();
        for (auto question = open_.begin(); question != open_.end();) {
            const auto at = question++;
            if (at->deadline <= now) ended.splice(ended.end(), open_, at);
        }
        const auto newest = newest_;
        lock.unlock();
        for (Question& question : ended)
            question.answer(newest, {});
        lock.lock();
    }
}

} // namespace passerelle::service
