// SPDX-License-Identifier: AGPL-3.0-or-later
// An account whose new exports are brought over as they come.
#include "core/reason_codes.hpp"
#include "tests/exports/takeout.hpp"
#include "tests/unit/daemon/service/service_bench.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <map>

namespace passerelle::service {
namespace {

class BridgesTest : public testing::Test {
  protected:
    void SetUp() override {
        bench.open();
        bench.put("alice", "Bureau/compte rendu.txt", "bonjour");
        bench.put("alice", "Bureau/liste.txt", "anne");
        const auto made = bench.create("alice");
        ASSERT_TRUE(made) << made.error().code;
        first = made->id;
        bench.wait_for("alice", first, JobState::review);
        ASSERT_TRUE(bench.desk().start(person("alice"), first, ""));
        bench.wait_for("alice", first, JobState::finished);
    }

    /// A folder comes into alice's inbox all at once.
    void arrive(const std::string& name, const std::map<std::string, std::string>& files) {
        const auto aside = bench.folder / "aside folder";
        std::filesystem::create_directory(aside);
        for (const auto& [file, bytes] : files)
            std::ofstream(aside / file) << bytes;
        std::filesystem::rename(aside, bench.folder / "inbox" / "alice" / name);
    }
    /// Puts these parts into alice's inbox and migrates them to "Drive"; what is built afterwards follows them.
    void migrate(const std::vector<std::filesystem::path>& parts) {
        JobOrder order{{}, "alice", "alice", Secret(std::string("alice-password")), {}, false};
        order.choices.destination = "Drive";
        for (const auto& part : parts) {
            std::filesystem::rename(part, bench.folder / "inbox" / "alice" / part.filename());
            order.parts.push_back({ExportPart::Place::inbox, part.filename()});
        }
        first = bench.desk().create(person("alice"), std::move(order))->id;
        bench.wait_for("alice", first, JobState::review);
        ASSERT_TRUE(bench.desk().start(person("alice"), first, ""));
        bench.wait_for("alice", first, JobState::finished);
    }
    BridgeView build(bool automatic) {
        auto built = bench.service->bridges().build(person("alice"),
                                                    {first, "alice", Secret(std::string("alice-password")), automatic});
        EXPECT_TRUE(built) << built.error().code;
        return built ? *built : BridgeView();
    }
    BridgeView now() {
        auto all = bench.service->bridges().bridges(person("alice"), false);
        return all && !all->empty() ? all->front() : BridgeView();
    }
    /// The job of the export that came last, once there is one.
    JobId latest() {
        EXPECT_TRUE(ServiceBench::wait_until([&] { return now().latest.has_value(); }));
        return now().latest.value_or(JobId());
    }
    std::size_t jobs() {
        const auto all = bench.desk().jobs(person("alice"), false);
        EXPECT_TRUE(all) << all.error().code << " " << all.error().message;
        return all ? all->size() : 0;
    }

    ServiceBench bench;
    JobId first;
};

TEST_F(BridgesTest, ANewExportIsBroughtOverByItself) {
    const auto bridge = build(true);
    EXPECT_EQ(bridge.user_id, "alice");
    EXPECT_EQ(bridge.destination, "Ancien");
    EXPECT_EQ(jobs(), 1u);
    arrive("Bureau 2", {{"compte rendu.txt", "bonjour"}, {"liste.txt", "anne, benoit"}, {"nouveau.txt", "tout neuf"}});
    bench.wait_for("alice", latest(), JobState::finished);
    EXPECT_EQ(bench.server.bytes_of("Ancien/nouveau.txt"), "tout neuf");
    EXPECT_EQ(bench.server.bytes_of("Ancien/liste.txt"), "anne, benoit");
    EXPECT_EQ(jobs(), 2u) << "it came once";
}

/// What the first of them writes would look to the second like somebody else's change.
TEST_F(BridgesTest, OneExportComesAfterTheOther) {
    build(true);
    ASSERT_TRUE(bench.service->administration().set_limits(administrator(), {.night_window = "22:00-06:00"}));
    arrive("Bureau 2", {{"compte rendu.txt", "bonjour"}, {"liste.txt", "anne, benoit"}});
    const auto second = latest();
    bench.wait_for("alice", second, JobState::queued);
    arrive("Bureau 3", {{"compte rendu.txt", "bonjour"}, {"liste.txt", "anne, benoit, chloe"}});
    ASSERT_TRUE(ServiceBench::wait_until([&] { return now().export_name == "Bureau 3" && now().reason; }));
    EXPECT_EQ(now().state, BridgeState::arriving);
    EXPECT_EQ(now().reason->code, codes::service_wait_turn);
    EXPECT_EQ(jobs(), 2u);
    bench.clock.minutes = 23 * 60;
    ASSERT_TRUE(bench.service->administration().set_limits(administrator(), {.night_window = "22:00-06:00"}));
    ASSERT_TRUE(ServiceBench::wait_until([&] { return now().latest != second; }));
    bench.wait_for("alice", latest(), JobState::finished);
    EXPECT_EQ(bench.server.bytes_of("Ancien/liste.txt"), "anne, benoit, chloe");
    EXPECT_EQ(bench.server.tree().size(), 3u) << "the folder and its two files: nothing is there twice";
}

TEST_F(BridgesTest, ItWaitsForItsOwnerWhereItIsToldTo) {
    build(false);
    bench.put("alice", "Bureau/liste.txt", "anne, benoit"); // the same folder, written again
    const auto id = latest();
    bench.wait_for("alice", id, JobState::review);
    ASSERT_TRUE(ServiceBench::wait_until([&] { return now().state == BridgeState::ready; }));
    EXPECT_EQ(now().reason->code, codes::bridge_waits_for_you);
    EXPECT_EQ(bench.server.bytes_of("Ancien/liste.txt"), "anne") << "nothing was written so far";
    ASSERT_TRUE(bench.desk().start(person("alice"), id, ""));
    bench.wait_for("alice", id, JobState::finished);
    EXPECT_EQ(bench.server.bytes_of("Ancien/liste.txt"), "anne, benoit");
    ASSERT_TRUE(ServiceBench::wait_until([&] { return now().state == BridgeState::watching; }));
    EXPECT_EQ(jobs(), 2u) << "it came once";
}

/// Somebody was away for weeks: of what has come, the newest is enough, and is planned once its turn has come.
TEST_F(BridgesTest, WhereOneWaitsForItsOwnerTheNewestComesNext) {
    exports::TakeoutBuilder takeout;
    const auto day = std::chrono::sys_days{std::chrono::year{2026} / 12 / 1};
    const auto inbox = bench.folder / "inbox" / "alice";
    const auto come = [&](int days, const std::string& bytes) {
        takeout = exports::TakeoutBuilder();
        takeout.made_at(Timestamp(day + std::chrono::days(days))).file("Drive/un.txt", bytes);
        for (const auto& part : takeout.write(bench.folder / ("made " + std::to_string(days))))
            std::filesystem::rename(part, inbox / part.filename());
    };
    migrate(takeout.made_at(Timestamp(day)).file("Drive/un.txt", "1").write(bench.folder / "made"));
    build(false);
    come(1, "1, 2");
    const auto second = latest();
    bench.wait_for("alice", second, JobState::review);
    ASSERT_TRUE(ServiceBench::wait_until([&] { return now().state == BridgeState::ready; }));
    come(2, "1, 2, 3");
    come(3, "1, 2, 3, 4");
    ASSERT_TRUE(bench.desk().start(person("alice"), second, ""));
    bench.wait_for("alice", second, JobState::finished);
    ASSERT_TRUE(ServiceBench::wait_until([&] { return now().latest != second; }));
    const auto third = latest();
    bench.wait_for("alice", third, JobState::review);
    ASSERT_TRUE(bench.desk().start(person("alice"), third, ""));
    bench.wait_for("alice", third, JobState::finished);
    EXPECT_EQ(bench.server.bytes_of("Drive/un.txt"), "1, 2, 3, 4");
    EXPECT_TRUE(ServiceBench::wait_until([&] { return now().state == BridgeState::watching; }));
    EXPECT_EQ(jobs(), 4u) << "with that of the bench";
}

TEST_F(BridgesTest, WhatStillGrowsIsLeftAlone) {
    bench.close();
    bench.export_rest = std::chrono::hours(1);
    bench.open();
    build(true);
    bench.put("alice", "Bureau/liste.txt", "anne, be");
    ASSERT_TRUE(ServiceBench::wait_until([&] { return now().state == BridgeState::arriving; }));
    bench.clock.hours += 2;
    bench.put("alice", "Bureau/liste.txt", "anne, benoit"); // and wakes nobody: it is below the folder that is watched
    bench.put("alice", ".wake", "");
    EXPECT_TRUE(ServiceBench::wait_until([&] { return now().state == BridgeState::arriving; }));
    EXPECT_EQ(jobs(), 1u);
    ASSERT_TRUE(ServiceBench::wait_until([&] {
        bench.clock.hours += 2;
        bench.put("alice", ".wake", "again");
        return jobs() == 2u;
    }));
    bench.wait_for("alice", latest(), JobState::finished);
    EXPECT_EQ(bench.server.bytes_of("Ancien/liste.txt"), "anne, benoit");
}

TEST_F(BridgesTest, OfATakeoutAllPartsAreWaitedFor) {
    exports::TakeoutBuilder takeout;
    takeout.file("Drive/un.txt", "1").file("Drive/deux.txt", "2").part(2).file("Drive/trois.txt", "3").part(3);
    migrate(takeout.write(bench.folder / "made"));
    EXPECT_EQ(build(true).export_kind, ExportKind::takeout);
    const auto inbox = bench.folder / "inbox" / "alice";

    takeout.made_at(Timestamp(std::chrono::sys_days{std::chrono::year{2026} / 12 / 1}))
        .file("Drive/quatre.txt", "4")
        .part(2);
    const auto next = takeout.write(bench.folder / "next");
    ASSERT_EQ(next.size(), 3u);
    arrive("Un dossier", {{"a.txt", "no Takeout"}});              // passed over
    std::filesystem::rename(next[2], inbox / next[2].filename()); // alone, its number tells that others are missing
    std::filesystem::rename(next[0], inbox / next[0].filename());
    ASSERT_TRUE(ServiceBench::wait_until([&] { return now().state == BridgeState::incomplete; }));
    EXPECT_EQ(now().reason->code, codes::export_part_missing);
    EXPECT_FALSE(now().latest);
    std::filesystem::rename(next[1], inbox / next[1].filename());
    bench.wait_for("alice", latest(), JobState::finished);
    EXPECT_EQ(bench.server.bytes_of("Drive/quatre.txt"), "4");
    EXPECT_EQ(jobs(), 3u) << "the older one that lies there still does not come again";
}

/// A file that is too large for an archive lies beside it; where two exports do, nobody can tell whose it is.
TEST_F(BridgesTest, AnExportWithoutItsLooseFilesWaitsForItsOwner) {
    exports::TakeoutBuilder takeout;
    takeout.file("Drive/un.txt", "1").file("Drive/film.mov", "a film").part(2).loose();
    migrate(takeout.write(bench.folder / "made"));
    EXPECT_EQ(bench.server.bytes_of("Drive/film.mov"), "a film");
    build(true);
    takeout.made_at(Timestamp(std::chrono::sys_days{std::chrono::year{2026} / 12 / 1})).file("Drive/deux.txt", "2");
    const auto inbox = bench.folder / "inbox" / "alice";
    for (const auto& part : takeout.write(bench.folder / "next"))
        std::filesystem::rename(part, inbox / part.filename());
    bench.wait_for("alice", latest(), JobState::review);
    ASSERT_TRUE(ServiceBench::wait_until([&] { return now().state == BridgeState::ready; }));
    EXPECT_EQ(jobs(), 3u) << "the older one is the same without them";
    EXPECT_FALSE(bench.server.bytes_of("Drive/deux.txt"));
}

TEST_F(BridgesTest, AnOlderExportIsLeftAlone) {
    exports::TakeoutBuilder takeout;
    takeout.made_at(Timestamp(std::chrono::sys_days{std::chrono::year{2026} / 12 / 1})).file("Drive/un.txt", "new");
    migrate(takeout.write(bench.folder / "made"));
    build(true);
    exports::TakeoutBuilder older;
    older.made_at(Timestamp(std::chrono::sys_days{std::chrono::year{2026} / 11 / 1})).file("Drive/un.txt", "old");
    const auto inbox = bench.folder / "inbox" / "alice";
    for (const auto& part : older.write(bench.folder / "older"))
        std::filesystem::rename(part, inbox / part.filename());
    takeout.made_at(Timestamp(std::chrono::sys_days{std::chrono::year{2026} / 12 / 2})).file("Drive/deux.txt", "2");
    for (const auto& part : takeout.write(bench.folder / "newer"))
        std::filesystem::rename(part, inbox / part.filename());
    bench.wait_for("alice", latest(), JobState::finished);
    EXPECT_EQ(bench.server.bytes_of("Drive/deux.txt"), "2");
    EXPECT_EQ(bench.server.bytes_of("Drive/un.txt"), "new");
    EXPECT_EQ(jobs(), 3u);
}

TEST_F(BridgesTest, AStrangersExportWaitsForItsOwner) {
    build(true);
    arrive("Autre", {{"tout autre chose.txt", "sans rapport"}});
    const auto id = latest();
    bench.wait_for("alice", id, JobState::review);
    ASSERT_TRUE(ServiceBench::wait_until([&] { return now().state == BridgeState::ready; }));
    EXPECT_FALSE(bench.server.bytes_of("Ancien/tout autre chose.txt"))
        << "nothing of it came before: somebody looks first";
    ASSERT_TRUE(bench.service->bridges().set_automatic(person("alice"), now().id, false));
}

TEST_F(BridgesTest, ItGoesOnAfterARestart) {
    build(true);
    bench.close();
    bench.put("alice", "Bureau/liste.txt", "anne, benoit"); // while nobody looks
    bench.open();
    bench.wait_for("alice", latest(), JobState::finished);
    EXPECT_EQ(bench.server.bytes_of("Ancien/liste.txt"), "anne, benoit");
    bench.close();
    bench.open();
    EXPECT_EQ(now().state, BridgeState::watching);
    EXPECT_EQ(jobs(), 2u);
}

TEST_F(BridgesTest, WithoutAnInboxThatIsTold) {
    std::filesystem::remove_all(bench.folder / "inbox" / "alice");
    build(true);
    ASSERT_TRUE(ServiceBench::wait_until([&] { return now().state == BridgeState::no_inbox; }));
    EXPECT_EQ(now().reason->code, codes::bridge_no_inbox);
    bench.put("alice", "Bureau/compte rendu.txt", "bonjour"); // the folder is made, and what is in it is found
    EXPECT_TRUE(ServiceBench::wait_until([&] { return now().latest.has_value(); }));
}

/// What a person sees of it, and what brings it back, after its app password was revoked in Nextcloud.
TEST_F(BridgesTest, AfterItsPasswordWasRevokedANewOneGoesOn) {
    auto& bridges = bench.service->bridges();
    const auto built = bridges.build(person("alice"), {first, "alice", Secret(std::string("revoked-password")), true});
    ASSERT_TRUE(built);
    EXPECT_EQ(built->state, BridgeState::watching) << "nobody knows yet";
    bench.put("alice", "Bureau/liste.txt", "anne, benoit");
    const auto id = latest();
    bench.wait_for("alice", id, JobState::stopped);
    ASSERT_TRUE(ServiceBench::wait_until([&] { return now().state == BridgeState::no_access; }));

    bench.put("alice", "Bureau/liste.txt", "anne, benoit, chloe"); // what comes meanwhile waits
    ASSERT_TRUE(ServiceBench::wait_until([&] { return now().export_name == "Bureau"; }));
    EXPECT_EQ(jobs(), 2u);

    const auto given =
        bridges.authorise_bridge(person("alice"), built->id, "alice", Secret(std::string("alice-password")));
    ASSERT_TRUE(given) << given.error().code;
    EXPECT_NE(given->state, BridgeState::no_access);
    ASSERT_TRUE(
        ServiceBench::wait_until([&] { return bench.server.bytes_of("Ancien/liste.txt") == "anne, benoit, chloe"; }));
    bench.wait_for("alice", latest(), JobState::finished);
}

TEST_F(BridgesTest, AccessThatIsTakenAwayIsToldAtOnce) {
    auto& bridges = bench.service->bridges();
    const auto bridge = build(true);
    const auto withdrawn = bridges.withdraw(person("alice"), bridge.id);
    ASSERT_TRUE(withdrawn);
    EXPECT_EQ(withdrawn->state, BridgeState::no_access);
    EXPECT_TRUE(withdrawn->automatic);
    arrive("Bureau 2", {{"compte rendu.txt", "bonjour"}, {"nouveau.txt", "tout neuf"}});
    ASSERT_TRUE(ServiceBench::wait_until([&] { return now().export_name == "Bureau 2"; }));
    EXPECT_EQ(jobs(), 1u);
    bench.close();
    bench.open();
    EXPECT_EQ(now().state, BridgeState::no_access) << "over a restart";
    ASSERT_TRUE(bench.service->bridges().authorise_bridge(person("alice"), bridge.id, "alice",
                                                          Secret(std::string("alice-password"))));
    bench.wait_for("alice", latest(), JobState::finished);
    EXPECT_EQ(bench.server.bytes_of("Ancien/nouveau.txt"), "tout neuf");
}

/// A person gave the job alone another password: that one's end is not the bridge's.
TEST_F(BridgesTest, TheJobsOwnPasswordIsNotTheBridges) {
    build(false);
    bench.put("alice", "Bureau/liste.txt", "anne, benoit");
    const auto id = latest();
    bench.wait_for("alice", id, JobState::review);
    ASSERT_TRUE(bench.desk().authorise(person("alice"), id, "alice", Secret(std::string("revoked-password"))));
    ASSERT_TRUE(bench.desk().start(person("alice"), id, ""));
    bench.wait_for("alice", id, JobState::stopped);
    bench.put("alice", "Bureau/liste.txt", "anne, benoit, chloe");
    ASSERT_TRUE(ServiceBench::wait_until([&] { return jobs() == 3u; })) << "what comes next is taken";
    EXPECT_NE(now().state, BridgeState::no_access);
}

TEST_F(BridgesTest, ABridgeIsItsOwners) {
    const auto bridge = build(false);
    auto& bridges = bench.service->bridges();
    const Secret password(std::string("bob-password"));
    EXPECT_EQ(bridges.build(person("bob"), {first, "bob", password, true}).error().code, codes::job_unknown);
    EXPECT_EQ(bridges.set_automatic(person("bob"), bridge.id, true).error().code, codes::bridge_unknown);
    EXPECT_EQ(bridges.remove(person("bob"), bridge.id).error().code, codes::bridge_unknown);
    EXPECT_EQ(bridges.authorise_bridge(person("bob"), bridge.id, "bob", password).error().code, codes::bridge_unknown);
    EXPECT_EQ(bridges.withdraw(person("bob"), bridge.id).error().code, codes::bridge_unknown);
    EXPECT_EQ(bridges.bridges(person("alice"), false)->front().state, BridgeState::watching);
    EXPECT_TRUE(bridges.bridges(person("bob"), false)->empty());
    EXPECT_EQ(bridges.bridges(person("bob"), true).error().code, codes::service_not_yours);
    EXPECT_EQ(bridges.bridges(administrator(), true)->size(), 1u);
    EXPECT_EQ(bridges.build(person("alice"), {first, "alice", password, true}).error().code, codes::bridge_exists);
    EXPECT_TRUE(bridges.set_automatic(person("alice"), bridge.id, true)->automatic);
    ASSERT_TRUE(bridges.remove(person("alice"), bridge.id));
    EXPECT_TRUE(bridges.bridges(person("alice"), false)->empty());
    bench.put("alice", "Bureau/liste.txt", "anne, benoit");
    EXPECT_EQ(bridges.set_automatic(person("alice"), bridge.id, true).error().code, codes::bridge_unknown);
}

TEST_F(BridgesTest, OnlyAFinishedMigrationGoesOn) {
    const auto made = bench.create("alice");
    ASSERT_TRUE(made);
    bench.wait_for("alice", made->id, JobState::review);
    const auto built = bench.service->bridges().build(person("alice"),
                                                      {made->id, "alice", Secret(std::string("alice-password")), true});
    EXPECT_EQ(built.error().code, codes::job_wrong_state);
}

} // namespace
} // namespace passerelle::service
