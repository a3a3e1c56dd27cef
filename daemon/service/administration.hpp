// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "daemon/service/caller.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace passerelle::service {

struct Health {
    std::string version;
    bool journal = false;      ///< can be written
    bool converter = false;    ///< LibreOffice and the worker are there
    std::uint64_t running = 0; ///< jobs
    std::uint64_t queued = 0;
    std::uint64_t free_scratch_bytes = 0;
    std::chrono::seconds up{};
    std::vector<Reason> problems; ///< what keeps the daemon from working well, with what to do
};

/// What an administrator may change while the daemon runs; it is kept over restarts and goes before the settings file.
struct Limits {
    std::string night_window;           ///< "22:00-06:00", local time: jobs run only then; empty: always
    std::uint64_t bytes_per_second = 0; ///< of all jobs together; 0: no bound
    std::uint64_t jobs_at_once = 2;
    friend bool operator==(const Limits&, const Limits&) = default;
};

struct LogQuery {
    std::string level; ///< the least important one; empty: all
    std::string room;
    std::optional<std::int64_t> job;
    std::string text;        ///< somewhere in the message, without regard to case
    std::string since;       ///< RFC 3339; empty: the newest `limit` lines
    std::size_t limit = 200; ///< 1 to 2000
};

struct LogLine {
    std::string time; ///< RFC 3339
    std::string level;
    std::string room;
    std::optional<std::int64_t> job;
    std::string message;
};

/// One number for Prometheus.
struct Metric {
    std::string name; ///< passerelle_…, with its unit
    std::string help;
    bool counter = false;                                ///< only grows; else a gauge
    std::vector<std::pair<std::string, double>> samples; ///< labels as text (`state="running"`, or empty), value
};

/// What administrators look after. Everything but health() is refused to others with `service.not_yours` (permanent).
/// Internally locked.
class Administration {
  public:
    virtual ~Administration() = default;

    virtual Health health() = 0;
    virtual Result<std::vector<Metric>> metrics() = 0;
    virtual Result<Limits> limits(const Caller& caller) = 0;
    /// Error: `config.*` (permanent) for a window that is none.
    virtual Result<Limits> set_limits(const Caller& caller, const Limits& limits) = 0;
    virtual Result<std::vector<LogLine>> log(const Caller& caller, const LogQuery& query) = 0;
    /// By room; the empty room is the level of all others.
    virtual Result<std::map<std::string, std::string>> log_levels(const Caller& caller) = 0;
    virtual Result<void> set_log_level(const Caller& caller, const std::string& room, const std::string& level) = 0;
};

} // namespace passerelle::service
