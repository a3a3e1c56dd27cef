// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "daemon/journal/bridges.hpp"
#include "daemon/journal/ledger.hpp"
#include "daemon/journal/service_jobs.hpp"
#include "daemon/journal/shares.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::journal {

/// The durable memory of all jobs. When a call has answered, what it wrote survives kill -9 and a power cut, and
/// whoever reads from then on finds it. Internally locked: any thread may call, and who reads waits for nobody who
/// writes. Every call can fail with `journal.unavailable` or `disk.full` (both job).
class Journal {
  public:
    virtual ~Journal() = default;

    virtual Result<JobId> create_job(const NewJob& job) = 0;
    /// Makes a job anew of what an export holds: its key, but for the account, and all that stood in its ledger go. Its
    /// phase is `planning`.
    virtual Result<void> begin_plan(JobId id, const NewJob& job) = 0;
    /// Appends in order; ids grow. All items of one call or none.
    virtual Result<void> add_items(JobId job, std::span<const NewItem> items) = 0;
    virtual Result<void> set_phase(JobId job, JobPhase phase, const std::optional<Reason>& stopped_by) = 0;
    /// Forgets a job and its ledger, line by line: where this fails on the way, a job is left whose plan was never
    /// finished.
    virtual Result<void> remove_job(JobId job) = 0;

    virtual Result<std::optional<Job>> job(JobId id) = 0;
    virtual Result<std::optional<Job>> find_job(const JobKey& key) = 0;
    /// Newest first.
    virtual Result<std::vector<Job>> jobs() = 0;

    /// All transitions or none, in one transaction. A transition that the item's state does not allow is a broken
    /// invariant and throws std::logic_error.
    virtual Result<void> record(std::span<const Transition> transitions) = 0;
    Result<void> record(const Transition& transition) { return record(std::span(&transition, 1)); }
    /// Failed items become planned again (retryable ones only, or all); answers how many.
    virtual Result<std::uint64_t> reset_failed(JobId job, bool retryable_only) = 0;
    /// The same for single lines; those that have not failed are passed over.
    virtual Result<std::uint64_t> reset_failed_items(JobId job, std::span<const ItemId> items) = 0;
    /// Before the job runs: all decisions, or none. Error: `job.wrong_state` (conflict) for a line that has moved on,
    /// or that never was to be converted.
    virtual Result<void> decide(JobId job, std::span<const ItemDecision> decisions) = 0;

    /// Up to `limit` lines with an id above `after`, in the order of ids.
    virtual Result<std::vector<Item>> items(JobId job, const ItemFilter& filter, ItemId after, std::size_t limit) = 0;
    /// The latest finished item of this source path in an earlier job to the same place (server, user, destination of
    /// `key`).
    virtual Result<std::optional<Item>> find_done(const JobKey& key, const std::string& source_path) = 0;
    /// Calls `seen` with every file that the exports of earlier jobs to the same place (server, user, destination of
    /// `key`) held, in no order. It asks nothing of the journal meanwhile.
    virtual Result<void> seen_files(const JobKey& key, ExportKind kind,
                                    const std::function<void(const SeenFile&)>& seen) = 0;
    /// Calls `take` with what some of those jobs left there, in the order in which it came. It asks nothing of the
    /// journal meanwhile.
    virtual Result<void> brought(const JobKey& key, ExportKind kind, std::span<const JobId> jobs,
                                 const std::function<void(Brought&&)>& take) = 0;
    virtual Result<Statement> statement(JobId job) = 0;
    /// Most frequent first.
    virtual Result<std::vector<ReasonCount>> reason_counts(JobId job) = 0;

    /// Writes the line of a share; it takes the place of the one that the job has for its path and recipient. The line
    /// of a share that is about to be made is written before the server is asked.
    virtual Result<void> record_share(JobId job, const ShareLine& line) = 0;
    /// Forgets the line of this path and recipient, where it was written before it was known who that is.
    virtual Result<void> forget_share(JobId job, const ShareLine& line) = 0;
    /// In the order in which they were first written.
    virtual Result<std::vector<ShareLine>> shares(JobId job) = 0;
    /// Those of all jobs of one account, the latest job's last.
    virtual Result<std::vector<ShareLine>> account_shares(const std::string& server_url,
                                                          const std::string& user_id) = 0;
    /// As record_share(), of a team folder.
    virtual Result<void> record_team_change(JobId job, const TeamChange& change) = 0;
    /// In the order in which they were first written.
    virtual Result<std::vector<TeamChange>> team_changes(JobId job) = 0;
    /// Writes down a Team that a job made, in the place of what the job has under its name; before the server is asked,
    /// too, without its id.
    virtual Result<void> record_made_team(JobId job, const MadeTeam& team) = 0;
    /// By name.
    virtual Result<std::vector<MadeTeam>> made_teams(JobId job) = 0;
    /// Keeps what was decided, for every job to this server; all or none.
    virtual Result<void> keep_decisions(const std::string& server_url, std::span<const KeptDecision> decisions) = 0;
    /// By principal.
    virtual Result<std::vector<KeptDecision>> decisions(const std::string& server_url) = 0;

    /// Copies everything into a new file, for its owner alone, as it is at one moment; the journal may be written
    /// meanwhile. Error also: `file.unwritable` (job), where there is such a file already too.
    virtual Result<void> back_up(const std::filesystem::path& file) = 0;

    /// What the daemon keeps beside the ledgers, in the same file.
    virtual ServiceJobs& service() = 0;
    /// Likewise.
    virtual Bridges& bridges() = 0;
};

/// Opens or makes the SQLite file and brings its tables up to date. Errors: `journal.unavailable` (cannot be opened or
/// written, is damaged), `journal.too_new` (written by a later Passerelle), both job.
[[nodiscard]] Result<std::unique_ptr<Journal>> open_sqlite_journal(const std::filesystem::path& file);

} // namespace passerelle::journal
