// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "daemon/jobs/outgoing.hpp"
#include "daemon/jobs/progress_board.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/log/log.hpp"

#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace passerelle::jobs {

/// What all stages of one run share: the journal, the progress, and the decision whether an error costs an item or ends
/// the run. Internally locked.
class RunState {
  public:
    /// `pace` is told of the bytes that left, and answers when more may leave; none: at once.
    using Pace = std::function<void(std::uint64_t bytes, const std::stop_token& stop)>;
    RunState(JobId job, journal::Journal& journal, ProgressBoard& progress, Pace pace, const std::stop_token& outer);

    /// Asked for from outside, or because the run cannot go on.
    [[nodiscard]] std::stop_token stop() const { return stop_.get_token(); }
    /// What ended the run; nothing while it goes on.
    [[nodiscard]] std::optional<Error> ended_by() const;

    [[nodiscard]] ProgressBoard& progress() { return progress_; }

    /// Writes transitions; answers false when the run has ended over it.
    bool record(std::span<const journal::Transition> transitions);
    bool record(const journal::Transition& transition) { return record(std::span(&transition, 1)); }

    /// So many bytes left for the server. Waits where there is a bound on them.
    void sent(std::uint64_t bytes);
    /// The ledger's line as it stands now; nothing when the run has ended over it.
    [[nodiscard]] std::optional<journal::Item> line(ItemId item);

    /// An error met while working on an item: fails the item, or ends the run where the error says that no other item
    /// would fare better.
    void failed(ItemInWork& work, const Error& error);
    /// An error that belongs to no item.
    void end(const Error& error);
    /// The server answered: earlier connection trouble was passing.
    void server_answered();

  private:
    [[nodiscard]] bool ends_run(const Error& error);

    const log::Logger log_;
    const JobId job_;
    journal::Journal& journal_;
    ProgressBoard& progress_;
    const Pace pace_;
    std::stop_source stop_;
    std::stop_callback<std::function<void()>> forward_;
    mutable std::mutex mutex_;
    std::optional<Error> ended_by_;
    int connection_failures_ = 0; ///< items in a row that were lost to the connection
};

} // namespace passerelle::jobs
