// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/log/log.hpp"
#include "daemon/service/administration.hpp"
#include "daemon/service/pacer.hpp"
#include "daemon/service/scheduler.hpp"

#include <filesystem>
#include <mutex>

namespace passerelle::service {

/// Looks after the whole daemon.
class Administrator final : public Administration {
  public:
    struct Tools {
        journal::Journal& journal;
        Scheduler& scheduler;
        Pacer& pacer;
        std::filesystem::path state_folder;
        std::filesystem::path convert_worker;
        log::Options log;
        std::string version;
    };
    explicit Administrator(Tools tools);

    Health health() override;
    Result<std::vector<Metric>> metrics() override;
    Result<Limits> limits(const Caller& caller) override;
    Result<Limits> set_limits(const Caller& caller, const Limits& limits) override;
    Result<std::vector<LogLine>> log(const Caller& caller, const LogQuery& query) override;
    Result<std::map<std::string, std::string>> log_levels(const Caller& caller) override;
    Result<void> set_log_level(const Caller& caller, const std::string& room, const std::string& level) override;

    /// The limits that an administrator set, else those of the settings. Error: `config.night_window` (permanent).
    [[nodiscard]] static Result<Limits> kept_limits(journal::ServiceJobs& store, const Limits& settings);

  private:
    [[nodiscard]] bool takes_what_is_written();

    const Tools tools_;
    const std::chrono::steady_clock::time_point since_;
    std::mutex mutex_;
    log::Options log_;
    bool journal_worked_ = false;                            ///< the last time that it was tried
    std::chrono::steady_clock::time_point try_journal_at_{}; ///< not before
};

} // namespace passerelle::service
