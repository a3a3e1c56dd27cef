// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "daemon/jobs/progress_board.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/service/connections.hpp"
#include "daemon/service/inboxes.hpp"
#include "daemon/service/pacer.hpp"
#include "daemon/service/shared_converter.hpp"

#include <filesystem>
#include <stop_token>

namespace passerelle::service {

/// What a task shows while it is being done. Internally locked.
struct Board {
    jobs::ProgressBoard progress;

    void wait_until(std::optional<Timestamp> moment) {
        const std::lock_guard lock(mutex_);
        until_ = moment;
    }
    [[nodiscard]] std::optional<Timestamp> waits_until() const {
        const std::lock_guard lock(mutex_);
        return until_;
    }

  private:
    mutable std::mutex mutex_;
    std::optional<Timestamp> until_; ///< of what progress says it waits for
};

/// Does the tasks of jobs: from the journal's words to the engine's calls. Any thread may call; one task of a job at a
/// time.
class JobWork {
  public:
    struct Tools {
        journal::Journal& journal;
        const Connections& connections;
        const Inboxes& inboxes;
        SharedConverter& converter;
        Pacer& pacer;
        std::filesystem::path state_folder;
        std::string server_url;
        std::size_t workers = 2;                ///< documents in conversion at once, in one job
        std::uint64_t memory_bytes = 32 * kMiB; ///< of small files that wait between the stages of one job
    };
    explicit JobWork(Tools tools) : tools_(std::move(tools)) {}

    /// Until the task is done, an error stops it, or a stop is asked for (`job.stopped`). What it did is in the
    /// journal.
    [[nodiscard]] Result<void> carry_out(const journal::ServiceJob& job, std::size_t connections, Board& board,
                                         std::stop_token stop);

    /// Removes what lies on this machine for a job that nobody wants any more: scratch, and an export that was fetched.
    void clear(JobId id) const;

  private:
    struct Bench;

    [[nodiscard]] Result<Bench> open(const journal::ServiceJob& job, std::size_t connections, Board& board,
                                     const std::stop_token& stop);
    [[nodiscard]] Result<void> plan(journal::ServiceJob job, std::size_t connections, Board& board,
                                    const std::stop_token& stop);
    [[nodiscard]] Result<void> run(const journal::ServiceJob& job, std::size_t connections, Board& board,
                                   const std::stop_token& stop);
    [[nodiscard]] Result<void> undo(const journal::ServiceJob& job, std::size_t connections, Board& board,
                                    const std::stop_token& stop);
    [[nodiscard]] Result<void> share(const journal::ServiceJob& job, Board& board, const std::stop_token& stop);
    /// Where the export's parts lie on this machine; those in Nextcloud are fetched first.
    [[nodiscard]] Result<std::vector<std::filesystem::path>> parts_of(const journal::ServiceJob& job,
                                                                      nextcloud::Nextcloud& server, Board& board,
                                                                      const std::stop_token& stop) const;

    const Tools tools_;
};

} // namespace passerelle::service
