// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/journal/journal.hpp"

#include "core/reason_codes.hpp"
#include "daemon/journal/backup.hpp"
#include "daemon/journal/bridge_rows.hpp"
#include "daemon/journal/brought_rows.hpp"
#include "daemon/journal/json_text.hpp"
#include "daemon/journal/ledger_rows.hpp"
#include "daemon/journal/migrations.hpp"
#include "daemon/journal/readers.hpp"
#include "daemon/journal/row_words.hpp"
#include "daemon/journal/service_rows.hpp"
#include "daemon/journal/share_rows.hpp"
#include "daemon/journal/statements.hpp"
#include "daemon/journal/transitions.hpp"
#include "journal/sql.hpp"

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Transaction.h>
#include <mutex>
#include <sqlite3.h>
#include <thread>

namespace passerelle::journal {
namespace {

constexpr const char* kInMemory = ":memory:"; // known to its one connection alone
constexpr int kItemsRemovedAtOnce = 1000;
constexpr std::chrono::milliseconds kTurnOfOthers{1}; // a mutex gives whoever waits no turn of their own

Error error_of(const SQLite::Exception& exception) {
    const bool full = exception.getErrorCode() == SQLITE_FULL;
    return {ErrorKind::job, full ? codes::disk_full : codes::journal_unavailable, exception.what()};
}

/// What an act answers, or why it could not.
template <class Answer> struct Answered { using Type = Result<Answer>; };
template <class Answer> struct Answered<Result<Answer>> { using Type = Result<Answer>; };
template <class Answer> using ResultOf = typename Answered<Answer>::Type;

std::optional<std::int64_t> epoch_or_nothing(const std::optional<Timestamp>& moment) {
    if (!moment) return std::nullopt;
    return to_epoch(*moment);
}

/// See journal.hpp. One connection writes, behind one lock: transactions are short and a migration waits for the
/// network, not for this. Whoever reads waits for nobody who writes.
class SqliteJournal final : public Journal, private ServiceJobs, private Bridges {
  public:
    /// Without readers the one connection does everything.
    SqliteJournal(std::unique_ptr<SQLite::Database> database, std::unique_ptr<Readers> readers)
        : database_(std::move(database)), statements_(*database_), readers_(std::move(readers)) {}

    Result<JobId> create_job(const NewJob& job) override {
        return guarded([&]() -> Result<JobId> {
            const std::string paths = strings_to_json(job.export_paths);
            const std::string problems = reasons_to_json(job.problems);
            statements_.run(sql::insert_job, job.key.export_fingerprint, job.key.server_url, job.key.user_id,
                            job.key.destination, job.key.choices, to_string(job.export_kind), job.export_name, paths,
                            problems, job.need_bytes, job.access, strings_to_json(job.new_folders),
                            groups_to_json(job.groups), job.share_order);
            return JobId{database_->getLastInsertRowid()};
        });
    }

    Result<void> begin_plan(JobId id, const NewJob& job) override {
        if (auto emptied = remove_items(id); !emptied) return emptied;
        return guarded([&]() -> Result<void> {
            const std::string paths = strings_to_json(job.export_paths);
            const std::string problems = reasons_to_json(job.problems);
            statements_.run(sql::update_job_plan, id.value, job.key.export_fingerprint, job.key.destination,
                            job.key.choices, to_string(job.export_kind), job.export_name, paths, problems,
                            job.need_bytes, strings_to_json(job.new_folders), groups_to_json(job.groups));
            return {};
        });
    }

    Result<void> add_items(JobId job, std::span<const NewItem> items) override {
        return guarded([&]() -> Result<void> {
            SQLite::Transaction transaction(*database_);
            for (const NewItem& item : items)
                insert(job, item);
            transaction.commit();
            return {};
        });
    }

    Result<void> set_phase(JobId job, JobPhase phase, const std::optional<Reason>& stopped_by) override {
        return guarded([&]() -> Result<void> {
            std::optional<std::string> why;
            if (stopped_by) why = reasons_to_json({*stopped_by});
            statements_.run(sql::update_phase, job.value, to_string(phase), why);
            return {};
        });
    }

    Result<void> remove_job(JobId job) override {
        if (auto emptied = remove_items(job); !emptied) return emptied;
        return guarded([&]() -> Result<void> {
            statements_.run(sql::delete_job, job.value);
            return {};
        });
    }

    Result<std::optional<Job>> job(JobId id) override {
        return reading([&](Statements& statements) -> Result<std::optional<Job>> {
            auto& row = statements.prepare(sql::select_jobs, id.value);
            std::optional<Job> job;
            if (row.executeStep()) job = job_of(row);
            row.reset();
            return job;
        });
    }

    Result<std::optional<Job>> find_job(const JobKey& key) override {
        auto id = reading([&](Statements& statements) -> Result<std::optional<JobId>> {
            auto& row = statements.prepare(sql::select_job_by_key, key.export_fingerprint, key.server_url, key.user_id,
                                           key.destination, key.choices);
            std::optional<JobId> found;
            if (row.executeStep()) found = JobId{row.getColumn(0).getInt64()};
            row.reset();
            return found;
        });
        if (!id) return failure(id);
        if (!*id) return std::optional<Job>{};
        return job(**id);
    }

    Result<std::vector<Job>> jobs() override {
        return reading([&](Statements& statements) -> Result<std::vector<Job>> {
            auto& row = statements.prepare(sql::select_jobs, std::optional<std::int64_t>{});
            std::vector<Job> jobs;
            while (row.executeStep())
                jobs.push_back(job_of(row));
            row.reset();
            return jobs;
        });
    }

    Result<void> record(std::span<const Transition> transitions) override {
        return guarded([&]() -> Result<void> {
            SQLite::Transaction transaction(*database_);
            for (const Transition& transition : transitions)
                apply(statements_, transition);
            transaction.commit();
            return {};
        });
    }

    Result<std::uint64_t> reset_failed(JobId job, bool retryable_only) override {
        return guarded([&]() -> Result<std::uint64_t> {
            return static_cast<std::uint64_t>(statements_.run(sql::reset_failed, job.value, retryable_only));
        });
    }

    Result<std::uint64_t> reset_failed_items(JobId job, std::span<const ItemId> items) override {
        return guarded([&]() -> Result<std::uint64_t> {
            std::uint64_t reset = 0;
            SQLite::Transaction transaction(*database_);
            for (const ItemId item : items)
                reset += static_cast<std::uint64_t>(statements_.run(sql::reset_failed_item, job.value, item.value));
            transaction.commit();
            return reset;
        });
    }

    Result<void> decide(JobId job, std::span<const ItemDecision> decisions) override {
        return guarded([&]() -> Result<void> {
            SQLite::Transaction transaction(*database_);
            for (const ItemDecision& decision : decisions)
                if (!apply(statements_, job, decision)) return Error(ErrorKind::conflict, codes::job_wrong_state, "");
            transaction.commit();
            return {};
        });
    }

    Result<std::vector<Item>> items(JobId job, const ItemFilter& filter, ItemId after, std::size_t limit) override {
        return reading([&](Statements& statements) { return read_items(statements, job, filter, after, limit); });
    }

    Result<std::optional<Item>> find_done(const JobKey& key, const std::string& source_path) override {
        return reading([&](Statements& statements) { return read_done_item(statements, key, source_path); });
    }

    Result<void> seen_files(const JobKey& key, ExportKind kind,
                            const std::function<void(const SeenFile&)>& seen) override {
        return reading([&](Statements& statements) -> Result<void> {
            read_seen_files(statements, key, kind, seen);
            return {};
        });
    }

    Result<void> brought(const JobKey& key, ExportKind kind, std::span<const JobId> jobs,
                         const std::function<void(Brought&&)>& take) override {
        return reading([&](Statements& statements) -> Result<void> {
            read_brought(statements, key, kind, jobs, take);
            return {};
        });
    }

    Result<Statement> statement(JobId job) override {
        return reading([&](Statements& statements) { return read_statement(statements, job); });
    }

    Result<std::vector<ReasonCount>> reason_counts(JobId job) override {
        return reading([&](Statements& statements) -> Result<std::vector<ReasonCount>> {
            auto& row = statements.prepare(sql::count_reasons, job.value);
            std::vector<ReasonCount> counts;
            while (row.executeStep())
                counts.push_back(
                    {row.getColumn(0).getString(), static_cast<std::uint64_t>(row.getColumn(1).getInt64())});
            row.reset();
            return counts;
        });
    }

    Result<void> record_share(JobId job, const ShareLine& line) override {
        return guarded([&]() -> Result<void> {
            write_share(statements_, job, line);
            return {};
        });
    }

    Result<void> forget_share(JobId job, const ShareLine& line) override {
        return guarded([&]() -> Result<void> {
            delete_share(statements_, job, line);
            return {};
        });
    }

    Result<std::vector<ShareLine>> shares(JobId job) override {
        return reading([&](Statements& statements) { return read_shares(statements, job); });
    }

    Result<void> record_team_change(JobId job, const TeamChange& change) override {
        return guarded([&]() -> Result<void> {
            write_team_change(statements_, job, change);
            return {};
        });
    }
    Result<std::vector<TeamChange>> team_changes(JobId job) override {
        return reading([&](Statements& statements) { return read_team_changes(statements, job); });
    }

    Result<void> record_made_team(JobId job, const MadeTeam& team) override {
        return guarded([&]() -> Result<void> {
            write_made_team(statements_, job, team);
            return {};
        });
    }
    Result<std::vector<MadeTeam>> made_teams(JobId job) override {
        return reading([&](Statements& statements) { return read_made_teams(statements, job); });
    }

    Result<std::vector<ShareLine>> account_shares(const std::string& server_url, const std::string& user_id) override {
        return reading([&](Statements& statements) { return read_account_shares(statements, server_url, user_id); });
    }

    Result<void> keep_decisions(const std::string& server_url, std::span<const KeptDecision> decisions) override {
        return guarded([&]() -> Result<void> {
            SQLite::Transaction transaction(*database_);
            for (const KeptDecision& decision : decisions)
                write_decision(statements_, server_url, decision);
            transaction.commit();
            return {};
        });
    }

    Result<std::vector<KeptDecision>> decisions(const std::string& server_url) override {
        return reading([&](Statements& statements) { return read_decisions(statements, server_url); });
    }

    Result<void> back_up(const std::filesystem::path& file) override {
        const std::lock_guard lock(mutex_);
        return copy_database(*database_, file);
    }

    ServiceJobs& service() override { return *this; }
    Bridges& bridges() override { return *this; }

  private:
    Result<JobId> create_draft(const NewJob& job, const ServiceJob& service) override {
        auto id = create_job(job);
        if (!id) return id;
        return guarded([&]() -> Result<JobId> {
            insert_service_job(statements_, *id, service);
            return *id;
        });
    }

    Result<std::optional<ServiceJob>> service_job(JobId id) override {
        return reading([&](Statements& statements) -> Result<std::optional<ServiceJob>> {
            auto jobs = read_service_jobs(statements, id, "");
            if (jobs.empty()) return std::optional<ServiceJob>{};
            return std::optional(std::move(jobs.front()));
        });
    }

    Result<std::vector<ServiceJob>> service_jobs(const std::string& owner) override {
        return reading([&](Statements& statements) { return read_service_jobs(statements, std::nullopt, owner); });
    }

    Result<std::vector<ServiceJob>> wanted_jobs() override {
        return reading([&](Statements& statements) { return read_wanted_jobs(statements); });
    }

    Result<bool> replace(const ServiceJob& seen, const ServiceJob& wanted) override {
        return guarded([&]() -> Result<bool> { return update_service_job(statements_, seen, wanted); });
    }

    Result<void> keep_version(JobId id, std::uint64_t version) override {
        return guarded([&]() -> Result<void> {
            statements_.run(sql::update_service_version, id.value, version);
            return {};
        });
    }

    Result<BridgeId> add_bridge(const Bridge& bridge) override {
        return guarded([&]() -> Result<BridgeId> {
            insert_bridge(statements_, bridge);
            return BridgeId{database_->getLastInsertRowid()};
        });
    }

    Result<void> keep(const Bridge& bridge) override {
        return guarded([&]() -> Result<void> {
            update_bridge(statements_, bridge);
            return {};
        });
    }

    Result<void> remove_bridge(BridgeId id) override {
        return guarded([&]() -> Result<void> {
            statements_.run(sql::delete_bridge, id.value);
            return {};
        });
    }

    Result<std::vector<Bridge>> all_bridges() override {
        return reading([&](Statements& statements) { return read_bridges(statements); });
    }

    Result<void> keep_export(BridgeId id, const BridgeExport& taken) override {
        return guarded([&]() -> Result<void> {
            write_bridge_export(statements_, id, taken);
            return {};
        });
    }

    Result<std::vector<BridgeExport>> exports_of(BridgeId id) override {
        return reading([&](Statements& statements) { return read_bridge_exports(statements, id); });
    }

    Result<std::optional<std::string>> setting(const std::string& name) override {
        return reading([&](Statements& statements) -> Result<std::optional<std::string>> {
            auto& row = statements.prepare(sql::select_setting, name);
            std::optional<std::string> value;
            if (row.executeStep()) value = row.getColumn(0).getString();
            row.reset();
            return value;
        });
    }

    Result<void> keep_setting(const std::string& name, const std::string& value) override {
        return guarded([&]() -> Result<void> {
            statements_.run(sql::upsert_setting, name, value);
            return {};
        });
    }

    /// Locks, and turns what SQLite throws into an Error: the room's border.
    template <class Act> std::invoke_result_t<Act> guarded(const Act& act) {
        const std::lock_guard lock(mutex_);
        try {
            return act();
        } catch (const SQLite::Exception& exception) {
            return error_of(exception);
        }
    }

    /// Likewise, beside whoever writes.
    template <class Act> auto reading(const Act& act) -> ResultOf<std::invoke_result_t<Act, Statements&>> {
        if (!readers_)
            return guarded([&]() -> ResultOf<std::invoke_result_t<Act, Statements&>> { return act(statements_); });
        try {
            return readers_->read(act);
        } catch (const SQLite::Exception& exception) {
            return error_of(exception);
        }
    }

    /// A large ledger takes seconds to go: in portions, between which others write. Where it ends in the midst of that,
    /// the job is one that was not planned to its end.
    Result<void> remove_items(JobId job) {
        if (auto begun = set_phase(job, JobPhase::planning, std::nullopt); !begun) return begun;
        while (true) {
            auto removed = guarded([&]() -> Result<int> {
                return statements_.run(sql::delete_some_items, job.value, kItemsRemovedAtOnce);
            });
            if (!removed) return failure(removed);
            if (*removed < kItemsRemovedAtOnce) return {};
            std::this_thread::sleep_for(kTurnOfOthers);
        }
    }

    void insert(JobId job, const NewItem& item) {
        const std::string reasons = reasons_to_json(item.reasons);
        std::optional<std::int64_t> crc;
        if (item.crc32) crc = *item.crc32;
        statements_.run(sql::insert_item, job.value, item.source_path, to_string(item.kind), to_string(item.product),
                        item.size, crc, epoch_or_nothing(item.modified), epoch_or_nothing(item.created), item.starred,
                        item.permissions, item.part, item.entry, to_string(item.action), item.target, item.kept_target,
                        item.original_target, item.existing, reasons, to_string(item.state),
                        replaces_to_json(item.replaces), moves_to_json(item.moves), item.former_path);
    }

    std::mutex mutex_;
    std::unique_ptr<SQLite::Database> database_;
    Statements statements_;
    const std::unique_ptr<Readers> readers_;
};

} // namespace

Result<std::unique_ptr<Journal>> open_sqlite_journal(const std::filesystem::path& file) {
    try {
        auto database = connect(file);
        database->exec("PRAGMA journal_mode = WAL");
        // FULL: an intent must be on the disk before its request is on the wire, a power cut included.
        database->exec("PRAGMA synchronous = FULL");
        database->exec("PRAGMA foreign_keys = ON");
        if (!migrate(*database)) return Error(ErrorKind::job, codes::journal_too_new, file.string());
        auto readers = file == kInMemory ? nullptr : std::make_unique<Readers>(file);
        return std::make_unique<SqliteJournal>(std::move(database), std::move(readers));
    } catch (const SQLite::Exception& exception) {
        return Error(ErrorKind::job, codes::journal_unavailable, exception.what(), {{"file", file.string()}});
    }
}

} // namespace passerelle::journal
