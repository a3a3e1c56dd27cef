// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/workers.hpp"

#include <utility>

namespace passerelle::api {

Workers::Workers(std::size_t threads, std::size_t most_waiting) : most_waiting_(most_waiting) {
    for (std::size_t thread = 0; thread < threads; ++thread)
        threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

Workers::~Workers() {
    stop();
}

bool Workers::offer(std::function<void()> task) {
    {
        const std::lock_guard lock(mutex_);
        if (stopped_ || waiting_.size() >= most_waiting_) return false;
        waiting_.push_back(std::move(task));
    }
    offered_.notify_one();
    return true;
}

void Workers::close() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    waiting_.clear();
}

void Workers::stop() {
    close();
    for (auto& thread : threads_)
        thread.request_stop();
    threads_.clear();
}

void Workers::work(const std::stop_token& stop) {
    for (;;) {
        std::unique_lock lock(mutex_);
        if (!offered_.wait(lock, stop, [this] { return !waiting_.empty(); })) return;
        const auto task = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        task();
    }
}

} // namespace passerelle::api
