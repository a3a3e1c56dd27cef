// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/jobs/progress_board.hpp"

#include <chrono>
#include <deque>
#include <mutex>
#include <optional>

namespace passerelle::service {

/// How fast a job is, and how long it will take at that.
struct Rate {
    double bytes_per_second = 0;                   ///< on the wire, in the last minute
    std::optional<std::chrono::seconds> time_left; ///< nothing: not known
};

/// Measures over the last minute, from what it is shown whenever somebody looks. Internally locked.
class RateMeter {
  public:
    [[nodiscard]] Rate measure(const jobs::Progress& progress, std::chrono::steady_clock::time_point now) {
        const std::lock_guard lock(mutex_);
        const auto& statement = progress.statement;
        const auto treated = statement.seen.bytes - statement.pending.bytes;
        if (samples_.empty() || now - samples_.back().at >= kStep)
            samples_.push_back({now, progress.sent_bytes, treated});
        while (samples_.size() > 2 && now - samples_.front().at > kSpan)
            samples_.pop_front();
        const double seconds = std::chrono::duration<double>(now - samples_.front().at).count();
        Rate rate;
        if (seconds < 1) return rate;
        rate.bytes_per_second = static_cast<double>(progress.sent_bytes - samples_.front().sent) / seconds;
        const double pace = static_cast<double>(treated - samples_.front().treated) / seconds;
        if (pace > 0)
            rate.time_left =
                std::chrono::seconds(static_cast<std::int64_t>(static_cast<double>(statement.pending.bytes) / pace));
        return rate;
    }

  private:
    static constexpr std::chrono::seconds kStep{1};
    static constexpr std::chrono::seconds kSpan{60};

    struct Sample {
        std::chrono::steady_clock::time_point at;
        std::uint64_t sent = 0;
        std::uint64_t treated = 0;
    };
    std::mutex mutex_;
    std::deque<Sample> samples_;
};

} // namespace passerelle::service
