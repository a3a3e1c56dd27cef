// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>

namespace passerelle::nextcloud {

/// Reckons how long the server's limit of new shares lasts: twenty attempts within ten minutes for one account, on a
/// window that slides (32 and later). The refusal, 429, does not tell. Internally locked.
class CreationLimit {
  public:
    using Clock = std::chrono::steady_clock;
    explicit CreationLimit(std::function<Clock::time_point()> now = Clock::now) : now_(std::move(now)) {}

    /// An attempt that the server counted, whatever it answered but 429.
    void count();
    /// How long until the oldest of the last twenty attempts has left the window; all of it where they were not ours.
    [[nodiscard]] std::chrono::seconds left() const;

  private:
    static constexpr std::size_t kAttempts = 20;
    static constexpr std::chrono::seconds kWindow = std::chrono::minutes(10);

    std::function<Clock::time_point()> now_;
    mutable std::mutex mutex_;
    std::deque<Clock::time_point> attempts_;
};

} // namespace passerelle::nextcloud
