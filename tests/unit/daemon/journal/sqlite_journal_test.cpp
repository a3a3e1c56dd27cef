// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/journal/journal.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sqlite3.h>

namespace passerelle::journal {
namespace {

class SqliteJournalFile : public ::testing::Test {
  protected:
    SqliteJournalFile() {
        std::string pattern = ::testing::TempDir() + "journal-XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
    }
    ~SqliteJournalFile() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path folder_;
};

} // namespace

TEST_F(SqliteJournalFile, RemembersAfterItWasOpenedAgain) {
    const auto file = folder_ / "journal.db";
    JobId id;
    {
        auto journal = open_sqlite_journal(file).value();
        id = journal->create_job({}).value();
    }
    EXPECT_TRUE(open_sqlite_journal(file).value()->job(id).value());
}

TEST_F(SqliteJournalFile, SaysThatAFolderIsMissing) {
    const auto journal = open_sqlite_journal(folder_ / "nowhere" / "journal.db");
    ASSERT_FALSE(journal);
    EXPECT_EQ(journal.error().code, codes::journal_unavailable);
    EXPECT_EQ(journal.error().kind, ErrorKind::job);
}

TEST_F(SqliteJournalFile, SaysThatAFileIsNoJournal) {
    std::ofstream(folder_ / "journal.db") << std::string(4096, 'x');
    const auto journal = open_sqlite_journal(folder_ / "journal.db");
    ASSERT_FALSE(journal);
    EXPECT_EQ(journal.error().code, codes::journal_unavailable);
}

TEST_F(SqliteJournalFile, RefusesAFileOfALaterVersion) {
    const auto file = folder_ / "journal.db";
    ASSERT_TRUE(open_sqlite_journal(file));
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
    sqlite3_exec(database, "PRAGMA user_version = 999", nullptr, nullptr, nullptr);
    sqlite3_close(database);
    const auto journal = open_sqlite_journal(file);
    ASSERT_FALSE(journal);
    EXPECT_EQ(journal.error().code, codes::journal_too_new);
}

} // namespace passerelle::journal
