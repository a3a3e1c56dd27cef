// SPDX-License-Identifier: AGPL-3.0-or-later
// What the journal keeps for the daemon.
#include "daemon/journal/journal.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>

namespace passerelle::journal {
namespace {

namespace fs = std::filesystem;

struct ServiceJournalTest : testing::Test {
    ServiceJournalTest() {
        auto pattern = (fs::temp_directory_path() / "passerelle-journal-XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
        open();
    }
    ~ServiceJournalTest() override {
        journal.reset();
        fs::remove_all(folder);
    }
    void open() {
        journal.reset();
        journal = std::move(*open_sqlite_journal(folder / "journal.db"));
    }
    JobId draft() {
        ServiceJob service;
        service.owner = "alice";
        service.parts = {{true, "a.zip"}, {false, "Téléchargements/b.zip"}};
        service.sealed_password = std::string("\0bytes\xff", 7);
        service.task = Task::plan;
        return *journal->service().create_draft({}, service);
    }
    static NewItem line(const std::string& path) {
        NewItem item;
        item.source_path = path;
        item.target = "Ziel/" + path;
        return item;
    }

    fs::path folder;
    std::unique_ptr<Journal> journal;
};

/// The scheduler looks at nothing else, however many jobs have ended or were given up.
TEST_F(ServiceJournalTest, WantedAreThoseWithATaskThatMayGoOnTheOldestFirst) {
    const auto set = [&](JobId id, Task task, Wish wish) {
        ASSERT_TRUE(change(journal->service(), id, [&](ServiceJob& job) {
            job.task = task;
            job.wish = wish;
            return true;
        }));
    };
    const auto first = draft(), second = draft(), ended = draft(), paused = draft(), stopped = draft(),
               given_up = draft();
    set(second, Task::undo, Wish::go);
    set(ended, Task::none, Wish::go);
    set(paused, Task::run, Wish::pause);
    set(stopped, Task::run, Wish::stop);
    set(given_up, Task::none, Wish::cancel);
    const auto wanted = journal->service().wanted_jobs().value();
    ASSERT_EQ(wanted.size(), 2u);
    EXPECT_EQ(wanted[0].id, first);
    EXPECT_EQ(wanted[1].id, second);
    EXPECT_EQ(wanted[1].task, Task::undo);
    EXPECT_EQ(wanted[1].parts, journal->service().service_job(second).value()->parts);
}

TEST_F(ServiceJournalTest, KeepsAJobAsItWas) {
    const auto id = draft();
    auto job = *journal->service().service_job(id).value();
    job.wish = Wish::pause;
    job.task = Task::run;
    job.task_text = "{}";
    job.free_bytes = 12;
    job.accesses = "a;b";
    EXPECT_EQ(journal->service().replace(*journal->service().service_job(id).value(), job).value(), true);
    ASSERT_TRUE(journal->service().keep_version(id, 7));
    ASSERT_TRUE(journal->service().keep_version(id, 5)); // an older event, written later
    open();
    const auto kept = *journal->service().service_job(id).value();
    EXPECT_EQ(kept.owner, "alice");
    EXPECT_EQ(kept.parts, job.parts);
    EXPECT_EQ(kept.sealed_password, std::string("\0bytes\xff", 7));
    EXPECT_EQ(kept.wish, Wish::pause);
    EXPECT_EQ(kept.task, Task::run);
    EXPECT_EQ(kept.free_bytes, 12u);
    EXPECT_EQ(kept.accesses, "a;b");
    EXPECT_EQ(kept.version, 7u);
    EXPECT_EQ(journal->service().service_jobs("bob")->size(), 0u);
    ASSERT_TRUE(journal->remove_job(id));
    EXPECT_FALSE(journal->service().service_job(id)->has_value());
}

TEST_F(ServiceJournalTest, WhoeverIsSlowerLooksAgain) {
    auto& jobs = journal->service();
    const auto id = draft();
    const auto seen = *jobs.service_job(id).value();
    auto given_up = seen;
    given_up.wish = Wish::cancel;
    given_up.task = Task::none;
    given_up.sealed_password.clear();
    ASSERT_EQ(jobs.replace(seen, given_up).value(), true);
    auto late = seen;
    late.wish = Wish::pause;
    EXPECT_EQ(jobs.replace(seen, late).value(), false);
    EXPECT_EQ(jobs.service_job(id).value()->sealed_password, "");

    int looks = 0;
    const auto settled = change(jobs, id, [&](ServiceJob& job) {
        if (++looks == 1) { // somebody corrects the accesses at this very moment
            auto corrected = job;
            corrected.accesses = "a;b";
            EXPECT_EQ(jobs.replace(job, corrected).value(), true);
        }
        job.free_bytes = 12;
        return true;
    });
    EXPECT_EQ(looks, 2);
    EXPECT_EQ((*settled)->accesses, "a;b");
    EXPECT_EQ(jobs.service_job(id).value()->accesses, "a;b");
    EXPECT_EQ(jobs.service_job(id).value()->free_bytes, 12u);

    ASSERT_TRUE(change(jobs, id, [](ServiceJob& job) {
        job.free_bytes = 13;
        return false;
    }));
    EXPECT_EQ(jobs.service_job(id).value()->free_bytes, 12u) << "it said that there is nothing to write";
    EXPECT_FALSE(change(jobs, JobId{99}, [](ServiceJob&) { return true; })->has_value());
}

TEST_F(ServiceJournalTest, FindsLinesByTextAndFolder) {
    const auto id = draft();
    const std::vector<NewItem> lines{line("Comptabilité/Budget ÉTÉ.ods"), line("Comptabilité 2/b.txt"), line("c.txt")};
    ASSERT_TRUE(journal->add_items(id, lines));
    const auto paths = [&](const ItemFilter& filter) {
        std::vector<std::string> found;
        const auto items = journal->items(id, filter, {}, 100);
        for (const auto& item : *items)
            found.push_back(item.source_path);
        return found;
    };
    using testing::ElementsAre;
    EXPECT_THAT(paths({.text = "budget ete"}), ElementsAre("Comptabilité/Budget ÉTÉ.ods"));
    EXPECT_THAT(paths({.text = "C.TXT"}), ElementsAre("c.txt"));
    EXPECT_THAT(paths({.text = "ziel/c"}), ElementsAre("Comptabilité/Budget ÉTÉ.ods", "Comptabilité 2/b.txt", "c.txt"));
    EXPECT_THAT(paths({.below = "Comptabilité"}), ElementsAre("Comptabilité/Budget ÉTÉ.ods"));
    EXPECT_THAT(paths({.text = "%"}), ElementsAre()) << "no pattern: the text itself";
}

TEST_F(ServiceJournalTest, AnswersPagesOfALongLedgerQuickly) {
    const auto id = draft();
    std::vector<NewItem> lines;
    for (int number = 0; number < 100'000; ++number)
        lines.push_back(line("Dossier " + std::to_string(number % 97) + "/fichier " + std::to_string(number) + ".txt"));
    ASSERT_TRUE(journal->add_items(id, lines));
    const auto begin = std::chrono::steady_clock::now();
    const auto page = journal->items(id, {}, ItemId{90'000}, 500);
    const auto took = std::chrono::steady_clock::now() - begin;
    ASSERT_TRUE(page);
    EXPECT_EQ(page->size(), 500u);
    // A hundred milliseconds are promised on a quiet machine; this only has to fail where the key is not used.
    EXPECT_LT(took, std::chrono::milliseconds(500));
}

} // namespace
} // namespace passerelle::journal
