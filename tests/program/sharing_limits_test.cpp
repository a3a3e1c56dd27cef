// SPDX-License-Identifier: AGPL-3.0-or-later
// Sharing where the server says no, or not now.
#include "tests/exports/takeout.hpp"
#include "tests/program/scene.hpp"

#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <regex>

namespace passerelle::program {
namespace {

using exports::Permission;
using exports::Sidecar;
using namespace std::chrono_literals;

const Permission kOwner{.name = "Alice", .email = "alice@example.org", .role = "owner"};

fakes::DoubleOptions accounts(bool administrator) {
    fakes::DoubleOptions options;
    options.accounts = {{.user = "alice", .administrator = administrator}, {.user = "bob"}};
    return options;
}

int count_of(const std::string& text, const std::string& state) {
    int count = 0;
    const auto told = nlohmann::json::parse(text);
    for (const auto& share : told.at("shares"))
        if (share.at("state") == state) ++count;
    return count;
}

} // namespace

TEST(SharingLimits, TheLimitOfNewSharesIsWaitedForAndCanBeStopped) {
    Scene scene(accounts(false));
    exports::TakeoutBuilder takeout;
    const Sidecar for_bob{.permissions = {kOwner, {.name = "Bob", .email = "bob@example.org", .role = "reader"}}};
    for (int number = 1; number <= 25; ++number)
        takeout.file(fmt::format("Drive/{:02}.txt", number), fmt::format("{}", number), for_bob);
    const auto parts = takeout.write(scene.folder().path() / "export");
    ASSERT_EQ(scene.run(scene.migrate(parts)).exit_code, 0);

    auto first = scene.start({"shares", "1", "--apply"});
    const std::regex waits("takes no more new shares for now; goes on in [0-9]+:[0-9]{2}");
    EXPECT_TRUE(eventually([&] { return std::regex_search(first.errors(), waits); }, 30s)) << first.errors();
    first.signal(SIGINT);
    const auto stopped = first.wait();
    EXPECT_EQ(stopped.signal, 0);
    EXPECT_NE(stopped.exit_code, 0);
    scene.server.pass(10min);
    scene.server.forget_requests();
    const auto second = scene.run({"shares", "1", "--apply", "--json"});
    EXPECT_EQ(second.exit_code, 0) << second.err;
    EXPECT_EQ(count_of(second.out, "made"), 25);
    EXPECT_EQ(changes(scene.server).size(), 5u) << "the twenty that are there are not asked for again";
}

TEST(SharingLimits, WithTheCompanionAppThereIsNoLimit) {
    auto options = accounts(false);
    options.companion = true;
    Scene scene(options);
    exports::TakeoutBuilder takeout;
    const Sidecar for_bob{.permissions = {kOwner, {.name = "Bob", .email = "bob@example.org", .role = "reader"}}};
    for (int number = 1; number <= 130; ++number)
        takeout.file(fmt::format("Drive/{:03}.txt", number), fmt::format("{}", number), for_bob);
    const auto parts = takeout.write(scene.folder().path() / "export");
    ASSERT_EQ(scene.run(scene.migrate(parts)).exit_code, 0);
    scene.server.forget_requests();
    const auto applied = scene.run({"shares", "1", "--apply", "--json"});
    EXPECT_EQ(applied.exit_code, 0) << applied.err;
    EXPECT_EQ(count_of(applied.out, "made"), 130);
    EXPECT_EQ(scene.server.verbs().size(), 8u) << "two of them make shares, one finds bob";
    scene.server.forget_requests();
    const auto again = scene.run({"shares", "1", "--apply", "--json"});
    EXPECT_EQ(count_of(again.out, "made"), 130);
    EXPECT_EQ(changes(scene.server).size(), 0u);
}

/// Before 32 a share without download cannot be opened: it would only seem to give what somebody had.
TEST(SharingLimits, WhatMayNotBeDownloadedIsSharedWhereItCanBeSeenAllTheSame) {
    for (const int version : {28, 34}) {
        auto options = accounts(false);
        options.version = version;
        Scene scene(options);
        exports::TakeoutBuilder takeout;
        takeout.file("Drive/Air.txt", "la",
                     Sidecar{.permissions = {kOwner, {.name = "Bob", .email = "bob@example.org", .role = "reader"}},
                             .viewers_can_download = false});
        const auto parts = takeout.write(scene.folder().path() / "export");
        ASSERT_EQ(scene.run(scene.migrate(parts)).exit_code, 0);
        const auto told = scene.run({"shares", "1", "--apply"});
        const bool shared = told.out.find("bob: read, without download  [shared]") != told.out.npos;
        EXPECT_EQ(shared, version >= 32) << version << ": " << told.out;
        const bool explained = told.out.find("could see “Air.txt” without downloading it") != told.out.npos;
        EXPECT_EQ(explained, version < 32) << version << ": " << told.out;
    }
}

TEST(SharingLimits, AGroupThatNoAppPasswordMayCreateIsExplained) {
    Scene scene(accounts(true));
    exports::TakeoutBuilder takeout;
    Permission choir{.name = "Chœur", .email = "choeur@example.org", .role = "writer"};
    choir.type = "group";
    takeout.folder("Drive/Partitions", Sidecar{.permissions = {kOwner, choir}})
        .file("Drive/Partitions/Air.txt", "la", Sidecar{.permissions = {kOwner, choir}})
        .file("Drive/Lettre.txt", "pour Bob",
              Sidecar{.permissions = {kOwner, {.name = "Bob", .email = "bob@example.org", .role = "reader"}}});
    const auto parts = takeout.write(scene.folder().path() / "export");
    ASSERT_EQ(scene.run(scene.migrate(parts)).exit_code, 0);
    const auto table = scene.folder().write(
        "people.csv", "who,decision,target\ngroup: Chœur <choeur@example.org>,create the group,Chorale\n");

    const auto told = scene.run({"shares", "1", "--people", table.string(), "--apply"});
    EXPECT_EQ(told.exit_code, 3) << told.err;
    EXPECT_NE(told.out.find("This server asks for an administrator's password before a group is created"),
              told.out.npos)
        << told.out;
    EXPECT_NE(told.out.find("Create the group in Nextcloud"), told.out.npos) << "what to do: " << told.out;
    const auto again = scene.run({"shares", "1", "--apply", "--json"});
    EXPECT_EQ(count_of(again.out, "made"), 1) << "bob's letter is shared all the same";
    EXPECT_EQ(count_of(again.out, "refused"), 1);
}

} // namespace passerelle::program
