// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace passerelle {

/// A queue between two stages of a pipeline: the faster one waits. Internally locked.
template <class T> class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

    /// Waits for room. Answers false, and drops the value, once the queue is closed or a stop is asked for.
    bool push(T value, const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        if (!room_.wait(lock, stop, [&] { return closed_ || values_.size() < capacity_; }) || closed_) return false;
        values_.push_back(std::move(value));
        filled_.notify_one();
        return true;
    }

    /// Waits for a value. Answers nothing once the queue is closed and empty, or a stop is asked for.
    std::optional<T> pop(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        if (!filled_.wait(lock, stop, [&] { return closed_ || !values_.empty(); }) || values_.empty())
            return std::nullopt;
        T value = std::move(values_.front());
        values_.pop_front();
        room_.notify_one();
        return value;
    }

    /// Takes the front value if there is one and `wanted` agrees; never waits.
    template <class Predicate> std::optional<T> try_pop_if(Predicate wanted) {
        std::lock_guard lock(mutex_);
        if (values_.empty() || !wanted(values_.front())) return std::nullopt;
        T value = std::move(values_.front());
        values_.pop_front();
        room_.notify_one();
        return value;
    }

    /// No more values come; those inside can still be taken.
    void close() {
        std::lock_guard lock(mutex_);
        closed_ = true;
        filled_.notify_all();
        room_.notify_all();
    }

  private:
    const std::size_t capacity_;
    std::mutex mutex_;
    std::condition_variable_any filled_;
    std::condition_variable_any room_;
    std::deque<T> values_;
    bool closed_ = false;
};

} // namespace passerelle
