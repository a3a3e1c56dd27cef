// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace passerelle::api {

/// A few threads that do what they are offered, in its order. Internally locked.
class Workers {
  public:
    Workers(std::size_t threads, std::size_t most_waiting);
    ~Workers(); ///< stops

    /// False, and nothing is done, where too much waits already, or it was stopped. What is offered does not throw.
    [[nodiscard]] bool offer(std::function<void()> task);
    /// Takes no more; what waits is not done any more.
    void close();
    /// Likewise, and waits for what is being done.
    void stop();

  private:
    void work(const std::stop_token& stop);

    const std::size_t most_waiting_;
    std::mutex mutex_;
    std::condition_variable_any offered_;
    std::deque<std::function<void()>> waiting_;
    bool stopped_ = false;
    std::vector<std::jthread> threads_; // last: they end before what they use
};

} // namespace passerelle::api
