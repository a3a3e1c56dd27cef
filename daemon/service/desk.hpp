// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "daemon/jobs/undone_thing.hpp"
#include "daemon/service/caller.hpp"
#include "daemon/service/job_view.hpp"

#include <functional>
#include <iosfwd>

namespace passerelle::service {

/// One account's part of a Workspace export.
struct FoundAccount {
    std::string address; ///< as its folder is named
    ExportPart part;     ///< the folder
    std::uint64_t bytes = 0;
    std::vector<Reason> problems; ///< a missing part, by its number
};

/// An export that lies in an inbox, or a chosen set of archives: what can be told without opening a job.
struct FoundExport {
    std::string name;
    ExportKind kind = ExportKind::folder;
    std::vector<ExportPart> parts;
    std::uint64_t bytes = 0;
    std::vector<Reason> problems;       ///< a missing part, by its number
    std::vector<FoundAccount> accounts; ///< of a Workspace export, which has no parts of its own; else empty
    bool loose_unclear = false; ///< files too large for a part lie there, and nobody can tell whether they are its own
};

/// What an export holds, by product and by kind of file.
struct Contents {
    struct Sum {
        std::string word; ///< a Product, or "documents", "spreadsheets", "presentations", "images", "videos", "audio",
                          ///< "archives", "mail", "other"
        std::uint64_t items = 0;
        std::uint64_t bytes = 0;
    };
    std::vector<Sum> products;
    std::vector<Sum> kinds;
    std::uint64_t folders = 0;
    std::vector<journal::ReasonCount> reasons;
};

/// What a person wants otherwise for one line of the plan, before the job runs.
using journal::ItemDecision;

/// Which lines are asked for; empty texts and lists mean all.
struct ItemQuery {
    journal::ItemFilter filter;
    std::string text;        ///< somewhere in the source path or a target, without regard to case
    std::string below;       ///< source paths in this folder
    ItemId after;            ///< the last id of the page before
    std::size_t limit = 100; ///< 1 to 1000
};

/// Something happened to a job. Sequence numbers grow, over restarts too.
struct Event {
    std::uint64_t sequence = 0;
    JobId job;
    std::string user_id;
    std::string what; ///< "created", "changed", "progress", "removed"
};

/// The jobs of the daemon, for whoever asks. Every call names its caller: another person's job is answered with
/// `job.unknown` (permanent), like one that never was. What a job's state does not allow is `job.wrong_state`
/// (conflict). Calls return at once; what takes time is done by the scheduler and told by events. Internally locked.
class Desk {
  public:
    virtual ~Desk() = default;

    /// Exports in the caller's inbox; for an administrator, those of `user_id`.
    virtual Result<std::vector<FoundExport>> inbox(const Caller& caller, const std::string& user_id) = 0;

    /// Begins a job and plans it. Errors: `service.not_yours` (permanent) for somebody else's account, `export.*`.
    virtual Result<JobView> create(const Caller& caller, JobOrder order) = 0;
    virtual Result<JobView> job(const Caller& caller, JobId id) = 0;
    /// Newest first; `everybody`: those of all people, for administrators (`service.not_yours`).
    virtual Result<std::vector<JobView>> jobs(const Caller& caller, bool everybody) = 0;
    /// Plans anew with other choices; only before it runs.
    virtual Result<JobView> choose(const Caller& caller, JobId id, plan::Choices choices) = 0;
    /// Takes another app password, where the first was revoked.
    virtual Result<JobView> authorise(const Caller& caller, JobId id, const std::string& login,
                                      Secret app_password) = 0;

    /// From review. `pilot`: only what lies in this folder of the export, empty: everything; the rest stays planned.
    virtual Result<JobView> start(const Caller& caller, JobId id, const std::string& pilot) = 0;
    virtual Result<JobView> pause(const Caller& caller, JobId id) = 0;
    virtual Result<JobView> resume(const Caller& caller, JobId id) = 0;
    virtual Result<JobView> cancel(const Caller& caller, JobId id) = 0;
    /// Failed lines are planned again: the ones named, or all that may succeed; then it is queued.
    virtual Result<JobView> retry(const Caller& caller, JobId id, const std::vector<ItemId>& items) = 0;
    virtual Result<JobView> apply_shares(const Caller& caller, JobId id, bool notify) = 0;
    virtual Result<JobView> undo(const Caller& caller, JobId id) = 0;
    /// What undo() would do now; asks the server, and so takes its time.
    virtual Result<std::vector<jobs::UndoneThing>> preview_undo(const Caller& caller, JobId id) = 0;
    /// Forgets the job with its ledger; only when nothing is being done for it.
    virtual Result<void> remove(const Caller& caller, JobId id) = 0;

    virtual Result<Contents> contents(const Caller& caller, JobId id) = 0;
    virtual Result<std::vector<journal::Item>> items(const Caller& caller, JobId id, const ItemQuery& query) = 0;
    virtual Result<void> decide_items(const Caller& caller, JobId id, const std::vector<ItemDecision>& decisions) = 0;
    /// `format`: a word of report::Format.
    virtual Result<void> report(const Caller& caller, JobId id, const std::string& format, Language language,
                                std::ostream& out) = 0;

    /// Events about the caller's jobs (`everybody`: all jobs, for administrators) with a sequence above `after`, at
    /// once where there are some, else when the first comes, or none at `deadline`. `answer` is called exactly once,
    /// from any thread, and must not block. `after` = 0: answers at once with the newest sequence alone.
    using EventsAnswer = std::function<void(std::uint64_t newest, std::vector<Event>)>;
    virtual void events(const Caller& caller, bool everybody, std::uint64_t after,
                        std::chrono::steady_clock::time_point deadline, EventsAnswer answer) = 0;
};

} // namespace passerelle::service
