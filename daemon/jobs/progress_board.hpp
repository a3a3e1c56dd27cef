// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/units.hpp"
#include "daemon/journal/ledger.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

namespace passerelle::jobs {

/// What a job does at this moment, as a person asks it.
enum class Activity { reading, converting, uploading, finishing, waiting };

/// Where a job stands; the sums are those of the ledger. A value.
struct Progress {
    journal::Statement statement;
    Activity activity = Activity::reading;
    std::string current;          ///< the path in work
    std::string waiting_for;      ///< a reason code, where activity is waiting
    std::uint64_t sent_bytes = 0; ///< on the wire in this run
    Timestamp touched_at{};       ///< when something last happened
};

/// The pipeline writes, whoever shows progress reads. Internally locked.
class ProgressBoard {
  public:
    void start(const journal::Statement& statement) {
        const std::lock_guard lock(mutex_);
        progress_ = {};
        progress_.statement = statement;
        touch();
    }
    void doing(Activity activity, const std::string& path) {
        const std::lock_guard lock(mutex_);
        progress_.activity = activity;
        progress_.current = path;
        touch();
    }
    void waiting_for(std::string reason_code) {
        const std::lock_guard lock(mutex_);
        progress_.activity = Activity::waiting;
        progress_.waiting_for = std::move(reason_code);
        touch();
    }
    void sent(std::uint64_t bytes) {
        const std::lock_guard lock(mutex_);
        progress_.sent_bytes += bytes;
        touch();
    }
    void done(std::uint64_t source_bytes) { move(&journal::Statement::done, source_bytes); }
    void skipped(std::uint64_t source_bytes) { move(&journal::Statement::skipped, source_bytes); }
    void failed(std::uint64_t source_bytes) { move(&journal::Statement::failed, source_bytes); }

    [[nodiscard]] Progress snapshot() const {
        const std::lock_guard lock(mutex_);
        return progress_;
    }

  private:
    void move(journal::Statement::Sum journal::Statement::*to, std::uint64_t source_bytes) {
        const std::lock_guard lock(mutex_);
        auto& pending = progress_.statement.pending;
        pending.items -= 1;
        pending.bytes -= source_bytes;
        (progress_.statement.*to).items += 1;
        (progress_.statement.*to).bytes += source_bytes;
        touch();
    }
    void touch() { progress_.touched_at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

    mutable std::mutex mutex_;
    Progress progress_;
};

} // namespace passerelle::jobs
