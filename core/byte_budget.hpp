// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stop_token>

namespace passerelle {

/// Bounds the bytes that wait in memory between stages. Internally locked; must outlive its tickets.
class ByteBudget {
  public:
    explicit ByteBudget(std::uint64_t bytes) : free_(bytes) {}

    /// Gives its bytes back at its end. Shared: a file and the request that sends it hold the same one.
    class Ticket {
      public:
        Ticket(ByteBudget& budget, std::uint64_t bytes) : budget_(budget), bytes_(bytes) {}
        ~Ticket() { budget_.give_back(bytes_); }
        Ticket(const Ticket&) = delete;
        Ticket& operator=(const Ticket&) = delete;

      private:
        ByteBudget& budget_;
        std::uint64_t bytes_;
    };

    /// Waits until `bytes` are free; null when a stop is asked for. `bytes` must not be more than the whole budget.
    std::shared_ptr<Ticket> take(std::uint64_t bytes, const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        if (!given_back_.wait(lock, stop, [&] { return free_ >= bytes; })) return nullptr;
        free_ -= bytes;
        return std::make_shared<Ticket>(*this, bytes);
    }

  private:
    void give_back(std::uint64_t bytes) {
        std::lock_guard lock(mutex_);
        free_ += bytes;
        given_back_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable_any given_back_;
    std::uint64_t free_;
};

} // namespace passerelle
