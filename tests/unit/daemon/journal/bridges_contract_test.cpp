// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/journal/journal.hpp"

#include <gtest/gtest.h>

namespace passerelle::journal {

TEST(BridgesInTheJournal, ComeBackAsTheyWereWritten) {
    const auto journal = open_sqlite_journal(":memory:").value();
    auto& bridges = journal->bridges();
    Bridge bridge{.owner = "alice",
                  .job = JobId{7},
                  .export_kind = ExportKind::takeout,
                  .choices = "convert=all",
                  .login = "alice@example.org",
                  .sealed_password = std::string("\0sealed", 7),
                  .automatic = false};
    bridge.id = bridges.add_bridge(bridge).value();
    ASSERT_TRUE(bridges.add_bridge({.owner = "bob"}));
    const auto all = bridges.all_bridges().value();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].id, bridge.id);
    EXPECT_EQ(all[0].owner, "alice");
    EXPECT_EQ(all[0].job, bridge.job);
    EXPECT_EQ(all[0].export_kind, ExportKind::takeout);
    EXPECT_EQ(all[0].choices, "convert=all");
    EXPECT_EQ(all[0].sealed_password, bridge.sealed_password);
    EXPECT_GT(to_epoch(all[0].created_at), 0);

    bridge.automatic = true;
    bridge.login = "alice";
    ASSERT_TRUE(bridges.keep(bridge));
    EXPECT_TRUE(bridges.all_bridges().value()[0].automatic);
    EXPECT_EQ(bridges.all_bridges().value()[0].login, "alice");
}

TEST(BridgesInTheJournal, KnowWhatCameByThemUntilTheyAreRemoved) {
    const auto journal = open_sqlite_journal(":memory:").value();
    auto& bridges = journal->bridges();
    const auto id = bridges.add_bridge({.owner = "alice"}).value();
    ASSERT_TRUE(bridges.keep_export(id, {"takeout", "as it was", JobId{9}, false}));
    ASSERT_TRUE(bridges.keep_export(id, {"takeout", "with one more part", JobId{8}, false}));
    ASSERT_TRUE(bridges.keep_export(id, {"takeout", "as it was", JobId{9}, true}));
    const auto taken = bridges.exports_of(id).value();
    ASSERT_EQ(taken.size(), 2u);
    EXPECT_EQ(taken[0].job, JobId{8});
    EXPECT_EQ(taken[1].state, "as it was");
    EXPECT_TRUE(taken[1].started);
    ASSERT_TRUE(bridges.remove_bridge(id));
    EXPECT_TRUE(bridges.exports_of(id).value().empty());
    EXPECT_TRUE(bridges.all_bridges().value().empty());
    EXPECT_FALSE(bridges.keep_export(id, {"late", "", JobId{1}, false})) << "of a bridge that is gone";
}

} // namespace passerelle::journal
