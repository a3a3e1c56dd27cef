// SPDX-License-Identifier: AGPL-3.0-or-later
// What the journal keeps beside the lines, and how it reads them: sums, pages by state, and reading while others write.
#include "core/reason_codes.hpp"
#include "daemon/journal/journal.hpp"
#include "journal/sql.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <future>
#include <gmock/gmock.h>
#include <random>
#include <sqlite3.h>

namespace passerelle::journal {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

/// A journal in a file, as the service has it.
class JournalSums : public ::testing::Test {
  protected:
    JournalSums() {
        std::string pattern = ::testing::TempDir() + "journal-XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
        open();
        for (auto* job : {&job_, &other_})
            *job =
                journal_->create_job({.key = {"fingerprint", "https://nuage.example", "alice", "Drive", "convert=all"}})
                    .value();
    }
    ~JournalSums() override {
        journal_.reset();
        std::filesystem::remove_all(folder_);
    }

    void open() {
        journal_.reset();
        journal_ = open_sqlite_journal(folder_ / "journal.db").value();
    }
    void add(JobId job, int number, ItemState state = ItemState::planned) {
        NewItem item{.source_path = fmt::format("{}.docx", number), .size = static_cast<std::uint64_t>(100 + number)};
        item.state = state;
        item.action = number % 2 == 0 ? Action::convert : Action::upload;
        item.target = fmt::format("Drive/{}.odt", number);
        item.original_target = item.action == Action::convert ? fmt::format("Drive/Originaux/{}.docx", number) : "";
        item.kept_target = fmt::format("Drive/{}.docx", number);
        ASSERT_TRUE(journal_->add_items(job, std::span(&item, 1)));
    }
    std::vector<Item> all(JobId job, const ItemFilter& filter = {}, std::size_t limit = 1000) {
        return journal_->items(job, filter, {}, limit).value();
    }
    void record(const Transition& transition) { ASSERT_TRUE(journal_->record(transition)); }

    /// One more step of an item's life, whichever its state allows.
    void step(const Item& item, std::mt19937& dice) {
        const auto throws = [&](unsigned sides) { return dice() % sides; };
        switch (item.state) {
        case ItemState::planned:
            if (throws(6) == 0) return record(Failed{item.id, Reason("upload.refused"), throws(2) == 0});
            if (throws(6) == 0) return record(Skipped{item.id, {Reason("plan.excluded")}});
            if (item.action == Action::convert && throws(3) == 0) return record(Kept{item.id, {}});
            if (item.action == Action::convert)
                return record(Converted{.item = item.id,
                                        .verdict = VerdictKind::check,
                                        .scratch_file = "1.odt",
                                        .size = 60 + throws(9),
                                        .with_original = throws(2) == 0});
            record(Sending{.item = item.id, .target = item.target, .size = item.size});
            return record(Arrived{.item = item.id, .etag = "e"});
        case ItemState::converted:
            if (throws(5) == 0) return record(ScratchLost{item.id});
            for (const auto& upload : item.uploads) {
                if (upload.state == UploadState::arrived) continue;
                record(Sending{.item = item.id, .role = upload.role, .target = upload.target, .size = upload.size});
                return record(Arrived{.item = item.id, .role = upload.role, .etag = "e"});
            }
            return;
        case ItemState::uploaded:
            return record(Done{item.id});
        case ItemState::done:
            for (const auto& upload : item.uploads)
                if (throws(3) == 0) record(Undone{item.id, upload.role, Reason(codes::undo_removed)});
            return;
        case ItemState::failed:
            if (throws(4) != 0) return;
            ASSERT_TRUE(journal_->reset_failed(job_, throws(2) == 0));
            return;
        case ItemState::skipped:
            return;
        }
    }

    /// Added up line by line.
    Statement added_up(JobId job) {
        Statement sums;
        for (const auto& item : all(job)) {
            const auto add_to = [&](Statement::Sum& sum) {
                sum.items += 1;
                sum.bytes += item.size;
            };
            add_to(sums.seen);
            add_to(item.state == ItemState::done      ? sums.done
                   : item.state == ItemState::skipped ? sums.skipped
                   : item.state == ItemState::failed  ? sums.failed
                                                      : sums.pending);
            if (item.state == ItemState::done && item.action == Action::convert && item.verdict) ++sums.converted;
            if (item.state == ItemState::failed && item.retryable) ++sums.retryable;
            for (const auto& upload : item.uploads)
                if (upload.state == UploadState::arrived) sums.arrived_bytes += upload.size;
        }
        return sums;
    }
    void expect_true(JobId job) {
        const auto kept = journal_->statement(job).value();
        const auto wanted = added_up(job);
        EXPECT_EQ(kept.seen, wanted.seen);
        EXPECT_EQ(kept.done, wanted.done);
        EXPECT_EQ(kept.skipped, wanted.skipped);
        EXPECT_EQ(kept.failed, wanted.failed);
        EXPECT_EQ(kept.pending, wanted.pending);
        EXPECT_EQ(kept.converted, wanted.converted);
        EXPECT_EQ(kept.retryable, wanted.retryable);
        EXPECT_EQ(kept.arrived_bytes, wanted.arrived_bytes);
    }
    void live_for(int steps, std::mt19937& dice) {
        for (int number = 0; number < 40; ++number)
            add(job_, number, number % 7 == 0 ? ItemState::skipped : ItemState::planned);
        for (int number = 0; number < 5; ++number)
            add(other_, number);
        for (int turn = 0; turn < steps; ++turn) {
            const auto items = all(job_);
            step(items[dice() % items.size()], dice);
        }
    }

    std::filesystem::path folder_;
    std::unique_ptr<Journal> journal_;
    JobId job_, other_;
};

} // namespace

TEST_F(JournalSums, AreThoseOfTheLinesWhateverHappensToThem) {
    std::mt19937 dice(20261130);
    live_for(400, dice);
    const auto sums = journal_->statement(job_).value();
    EXPECT_GT(sums.done.items, 0u);
    EXPECT_GT(sums.failed.items, 0u);
    EXPECT_GT(sums.arrived_bytes, 0u);
    expect_true(job_);
    expect_true(other_);
    ASSERT_TRUE(journal_->begin_plan(job_, {}));
    EXPECT_EQ(journal_->statement(job_).value().seen.items, 0u);
    EXPECT_EQ(journal_->statement(job_).value().arrived_bytes, 0u) << "what had arrived goes with the lines";
    ASSERT_TRUE(journal_->remove_job(job_));
    EXPECT_EQ(journal_->statement(job_).value().seen.items, 0u);
    expect_true(other_);
}

TEST_F(JournalSums, OfAJournalThatKeptNoneAreAddedUpOnce) {
    const auto file = folder_ / "earlier.db";
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
    const auto run = [&](const std::string& text) {
        ASSERT_EQ(sqlite3_exec(database, text.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(database);
    };
    int version = 0;
    for (const std::string_view migration : sql::kMigrations) {
        if (migration.find("CREATE TABLE ledger_sum") != std::string_view::npos) break;
        run(std::string(migration));
        run(fmt::format("PRAGMA user_version = {}", ++version));
    }
    for (const int job : {1, 2})
        run(fmt::format(
            "INSERT INTO job (id, export_fingerprint, server_url, user_id, destination, choices, export_kind, "
            "export_name, export_paths, problems, need_bytes, access, phase, created_at, updated_at) "
            "VALUES ({}, '', '', '', '', '', 'folder', '', '[]', '[]', 0, '', 'stopped', 0, 0)",
            job));
    const auto item = [&](int id, const std::string& action, const std::string& state, const std::string& verdict,
                          int retryable) {
        run(fmt::format(
            "INSERT INTO item (id, job_id, source_path, kind, product, size, starred, permissions, part, entry, "
            "action, "
            "target, kept_target, original_target, existing, reasons, verdict, state, retryable) "
            "VALUES ({0}, 1, '{0}', 'file', 'files', 10{0}, 0, '', 0, 0, '{1}', '', '', '', '', '[]', {3}, '{2}', {4})",
            id, action, state, verdict, retryable));
    };
    const auto upload = [&](int id, const std::string& role, const std::string& state) {
        run(fmt::format("INSERT INTO upload VALUES ({}, '{}', '{}', '', 'put', '', '', 5{}, '', '', '', '')", id, role,
                        state, id));
    };
    item(1, "upload", "done", "NULL", 0);
    item(2, "convert", "done", "'check'", 0);
    item(3, "convert", "failed", "NULL", 1);
    item(4, "upload", "planned", "NULL", 0);
    upload(1, "main", "arrived");
    upload(2, "main", "arrived");
    upload(2, "original", "arrived");
    upload(4, "main", "sending");
    sqlite3_close(database);

    journal_ = open_sqlite_journal(file).value();
    const auto sums = journal_->statement({1}).value();
    EXPECT_EQ(sums.seen, (Statement::Sum{4, 101 + 102 + 103 + 104}));
    EXPECT_EQ(sums.done, (Statement::Sum{2, 101 + 102}));
    EXPECT_EQ(sums.failed, (Statement::Sum{1, 103}));
    EXPECT_EQ(sums.converted, 1u);
    EXPECT_EQ(sums.retryable, 1u);
    EXPECT_EQ(sums.arrived_bytes, 51u + 52 + 52);
    expect_true({1});
    EXPECT_EQ(journal_->statement({2}).value().seen.items, 0u);
    add({2}, 7);
    expect_true({2});
}

TEST_F(JournalSums, APageOfSeveralStatesIsInTheOrderOfTheLines) {
    for (int number = 0; number < 6; ++number)
        add(job_, number, number % 3 == 0 ? ItemState::skipped : ItemState::planned);
    const auto items = all(job_);
    record(Failed{items[2].id, Reason("upload.refused")});
    const auto ids = [&](const ItemFilter& filter, std::size_t limit) {
        std::vector<std::int64_t> found;
        for (const auto& item : all(job_, filter, limit))
            found.push_back(item.id.value - items.front().id.value);
        return found;
    };
    const ItemFilter both{.states = {ItemState::failed, ItemState::skipped, ItemState::failed}};
    EXPECT_THAT(ids(both, 10), ElementsAre(0, 2, 3));
    EXPECT_THAT(ids(both, 2), ElementsAre(0, 2));
    EXPECT_THAT(ids({.states = {ItemState::done}}, 10), ElementsAre());
    EXPECT_THAT(ids({.states = {ItemState::failed}, .reason_code = "upload.refused"}, 10), ElementsAre(2));
    EXPECT_THAT(ids({.states = {ItemState::failed}, .reason_code = "upload"}, 10), ElementsAre())
        << "a code that only begins so is another one";
}

/// A long look at the journal holds up neither who writes nor who reads.
TEST_F(JournalSums, ReadingAndWritingDoNotWaitForEachOther) {
    add(job_, 1);
    ASSERT_TRUE(journal_->set_phase(job_, JobPhase::running, std::nullopt));
    NewItem seen{.source_path = "vu.txt", .size = 1};
    seen.part = 0;
    ASSERT_TRUE(journal_->add_items(job_, std::span(&seen, 1)));
    std::future<bool> written, read;
    bool looked = false;
    ASSERT_TRUE(journal_->seen_files(
        {"", "https://nuage.example", "alice", "Drive", ""}, ExportKind::folder, [&](const SeenFile&) {
            looked = true;
            written = std::async(std::launch::async, [&] {
                return journal_->set_phase(other_, JobPhase::stopped, std::nullopt).has_value();
            });
            read = std::async(std::launch::async, [&] { return journal_->job(job_).has_value(); });
            EXPECT_EQ(written.wait_for(10s), std::future_status::ready);
            EXPECT_EQ(read.wait_for(10s), std::future_status::ready);
        }));
    ASSERT_TRUE(looked);
    EXPECT_TRUE(written.get());
    EXPECT_TRUE(read.get());
}

} // namespace passerelle::journal
