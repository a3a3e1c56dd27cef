// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>

namespace passerelle::service {

/// Bounds the bytes that leave for the server in a second, all jobs together. Who sent more than there was room for
/// waits until it is made up for. Internally locked; the bound may change at any time.
class Pacer {
  public:
    using Now = std::chrono::steady_clock::time_point (*)();
    explicit Pacer(Now now = &std::chrono::steady_clock::now) : now_(now), last_(now()) {}

    /// 0: no bound.
    void bound(std::uint64_t bytes_per_second);
    /// So many bytes have left: answers when the next may, or a stop is asked for.
    void sent(std::uint64_t bytes, const std::stop_token& stop);
    /// How long somebody who sent something now would wait.
    [[nodiscard]] std::chrono::milliseconds debt();

  private:
    void make_up();
    [[nodiscard]] std::chrono::milliseconds wait_time() const;

    const Now now_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::uint64_t changes_ = 0; ///< of the bound
    double bytes_per_second_ = 0;
    double owed_bytes_ = 0; ///< sent, and not made up for by time
    std::chrono::steady_clock::time_point last_;
};

} // namespace passerelle::service
