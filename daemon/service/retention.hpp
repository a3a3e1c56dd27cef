// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/units.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/log/log.hpp"
#include "daemon/service/clock.hpp"
#include "daemon/service/event_feed.hpp"

#include <chrono>
#include <filesystem>
#include <thread>
#include <vector>

namespace passerelle::service {

/// The jobs that ended before `before` and that nothing rests on any more. Migrations into one account rest on each
/// other: a synchronisation knows by the earlier ones what it brought, and a share whose it is. So they go together,
/// when all of them have ended (finished or cancelled, with nothing to do) and the last change of each is that old.
[[nodiscard]] std::vector<journal::Job> outdated(const std::vector<journal::Job>& jobs,
                                                 const std::vector<journal::ServiceJob>& of_service, Timestamp before);

/// Forgets what ended long ago, as `passerelle forget` does: at the start and then once a day. Confined to its thread.
class Retention {
  public:
    struct Tools {
        journal::Journal& journal;
        EventFeed& events;
        const Clock& clock;
        std::filesystem::path state_folder;
        log::Options log;
        std::chrono::days jobs{0}; ///< 0: for ever
        std::chrono::days logs{0}; ///< likewise
    };
    explicit Retention(Tools tools);
    Retention(const Retention&) = delete;
    Retention& operator=(const Retention&) = delete;

  private:
    void look_daily(const std::stop_token& stop) const;
    void forget_jobs(const std::stop_token& stop) const;
    [[nodiscard]] Result<void> forget(const journal::Job& job) const;

    const Tools tools_;
    std::jthread thread_;
};

} // namespace passerelle::service
