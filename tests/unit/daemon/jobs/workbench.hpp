// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/converter.hpp"
#include "daemon/jobs/migration.hpp"
#include "daemon/sources/source.hpp"
#include "tests/unit/daemon/jobs/memory_nextcloud.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace passerelle::jobs {

/// An export in memory.
class MemorySource final : public sources::Source {
  public:
    /// Parents come as folder items of their own, before what they hold.
    sources::Item& add_file(const std::string& path, const std::string& bytes);
    sources::Item& add_folder(const std::string& path);
    void damage(const std::string& path) { damaged_ = path; }
    /// Another export takes its place.
    void begin_anew(const std::string& fingerprint) {
        inventory_ = {.fingerprint = fingerprint};
        bytes_.clear();
    }
    /// Other bytes under the same path.
    void change(const std::string& path, const std::string& bytes);
    void lack_a_part() { inventory_.problems.emplace_back("export.part_missing"); }
    void set_fingerprint(const std::string& fingerprint) { inventory_.fingerprint = fingerprint; }

    [[nodiscard]] const sources::Inventory& inventory() const override { return inventory_; }
    [[nodiscard]] Result<std::shared_ptr<const Content>> content(const sources::Item& item) const override;
    [[nodiscard]] bool random_access() const override { return random_access_; }
    bool random_access_ = true;

  private:
    sources::Inventory inventory_{.fingerprint = "export-1"};
    std::map<std::string, std::string> bytes_;
    std::string damaged_;
};

/// A converter whose results are known: "ODF of <bytes>". Documents that contain "secret" are kept; those that
/// contain "table" are workbooks, whatever their name says.
class PlainConverter final : public convert::Converter {
  public:
    [[nodiscard]] Result<convert::Verdict> convert(const convert::Document& document, std::stop_token stop) override;
    [[nodiscard]] convert::PoolStatistics statistics() const override { return {}; }
    std::atomic<int> conversions{0};
};

/// A journal that stops writing: as far as the job can tell, the disk is gone; as far as the next run can tell, the
/// process was killed just then.
class FailingJournal final : public journal::Journal {
  public:
    explicit FailingJournal(journal::Journal& inner) : inner_(inner) {}
    std::atomic<int> records_left{1'000'000};

    Result<JobId> create_job(const journal::NewJob& job) override { return inner_.create_job(job); }
    Result<void> begin_plan(JobId id, const journal::NewJob& job) override { return inner_.begin_plan(id, job); }
    Result<void> add_items(JobId job, std::span<const journal::NewItem> items) override {
        return inner_.add_items(job, items);
    }
    Result<void> set_phase(JobId job, JobPhase phase, const std::optional<Reason>& why) override {
        return inner_.set_phase(job, phase, why);
    }
    Result<void> remove_job(JobId job) override { return inner_.remove_job(job); }
    Result<std::optional<journal::Job>> job(JobId id) override { return inner_.job(id); }
    Result<std::optional<journal::Job>> find_job(const journal::JobKey& key) override { return inner_.find_job(key); }
    Result<std::vector<journal::Job>> jobs() override { return inner_.jobs(); }
    Result<void> forget_share(JobId job, const journal::ShareLine& line) override {
        return inner_.forget_share(job, line);
    }
    journal::Bridges& bridges() override { return inner_.bridges(); }
    Result<void> record(std::span<const journal::Transition> transitions) override;
    Result<std::uint64_t> reset_failed(JobId job, bool only) override { return inner_.reset_failed(job, only); }
    Result<std::uint64_t> reset_failed_items(JobId job, std::span<const ItemId> items) override {
        return inner_.reset_failed_items(job, items);
    }
    Result<void> decide(JobId job, std::span<const journal::ItemDecision> decisions) override {
        return inner_.decide(job, decisions);
    }
    Result<std::vector<journal::Item>> items(JobId job, const journal::ItemFilter& filter, ItemId after,
                                             std::size_t limit) override {
        return inner_.items(job, filter, after, limit);
    }
    Result<std::optional<journal::Item>> find_done(const journal::JobKey& key, const std::string& path) override {
        return inner_.find_done(key, path);
    }
    Result<void> seen_files(const journal::JobKey& key, ExportKind kind,
                            const std::function<void(const journal::SeenFile&)>& seen) override {
        return inner_.seen_files(key, kind, seen);
    }
    Result<void> brought(const journal::JobKey& key, ExportKind kind, std::span<const JobId> jobs,
                         const std::function<void(journal::Brought&&)>& take) override {
        return inner_.brought(key, kind, jobs, take);
    }
    Result<journal::Statement> statement(JobId job) override { return inner_.statement(job); }
    Result<std::vector<journal::ReasonCount>> reason_counts(JobId job) override { return inner_.reason_counts(job); }
    Result<void> record_made_team(JobId job, const journal::MadeTeam& team) override {
        return inner_.record_made_team(job, team);
    }
    Result<std::vector<journal::MadeTeam>> made_teams(JobId job) override { return inner_.made_teams(job); }
    Result<void> record_share(JobId job, const journal::ShareLine& line) override {
        return inner_.record_share(job, line);
    }
    Result<std::vector<journal::ShareLine>> shares(JobId job) override { return inner_.shares(job); }
    Result<void> record_team_change(JobId job, const journal::TeamChange& change) override {
        return inner_.record_team_change(job, change);
    }
    Result<std::vector<journal::TeamChange>> team_changes(JobId job) override { return inner_.team_changes(job); }
    Result<std::vector<journal::ShareLine>> account_shares(const std::string& url, const std::string& user) override {
        return inner_.account_shares(url, user);
    }
    Result<void> keep_decisions(const std::string& url, std::span<const journal::KeptDecision> kept) override {
        return inner_.keep_decisions(url, kept);
    }
    Result<std::vector<journal::KeptDecision>> decisions(const std::string& url) override {
        return inner_.decisions(url);
    }
    Result<void> back_up(const std::filesystem::path& file) override { return inner_.back_up(file); }
    journal::ServiceJobs& service() override { return inner_.service(); }

  private:
    journal::Journal& inner_;
};

/// A place to run migrations at: export, journal, server and state folder, gone with the object.
struct Workbench {
    Workbench();
    ~Workbench();
    Workbench(const Workbench&) = delete;
    Workbench& operator=(const Workbench&) = delete;

    /// A small association's files: folders, dates, a star, documents of which one is secret, an empty folder.
    void fill();
    [[nodiscard]] Tools tools() { return tools(*journal); }
    [[nodiscard]] Tools tools(journal::Journal& with);
    [[nodiscard]] Result<Preparation> prepare() { return jobs::prepare(tools(), order, {}); }
    [[nodiscard]] Result<journal::Statement> migrate();
    [[nodiscard]] std::vector<journal::Item> ledger(JobId job) { return journal->items(job, {}, {}, 10'000).value(); }
    /// The line of a source path in the newest job.
    [[nodiscard]] journal::Item line(const std::string& source_path);

    MemorySource source;
    MemoryNextcloud server;
    PlainConverter converter;
    std::filesystem::path state_folder;
    std::unique_ptr<journal::Journal> journal;
    ProgressBoard progress;
    Order order{.server_url = "https://nuage.example", .choices = {.destination = "Drive"}, .access = "{}"};
};

} // namespace passerelle::jobs
