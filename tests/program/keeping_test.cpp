// SPDX-License-Identifier: AGPL-3.0-or-later
// What administrators do with the journal: copy it, forget what somebody wants forgotten, try single lines again.
#include "daemon/journal/journal.hpp"
#include "tests/exports/takeout.hpp"
#include "tests/program/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace passerelle::program {
namespace {

using ::testing::HasSubstr;

std::vector<std::filesystem::path> sample(const Scene& scene) {
    exports::TakeoutBuilder takeout;
    takeout.file("Drive/a.txt", "premier").file("Drive/b.txt", "deuxième");
    return takeout.write(scene.folder().path() / "export");
}

} // namespace

TEST(Journal, IsCopiedOnceAndTheCopyWorks) {
    Scene scene;
    ASSERT_EQ(scene.run(scene.migrate(sample(scene), {"--dest", "A"})).exit_code, 0);
    const auto copy = scene.folder().path() / "copie" / "journal.db";
    std::filesystem::create_directories(copy.parent_path());
    EXPECT_EQ(scene.run({"backup", copy.string()}).exit_code, 0);
    EXPECT_EQ(scene.run({"backup", copy.string()}).exit_code, 1) << "a copy is never overwritten";
    const auto listed = scene.run({"jobs", "--json", "--state-dir", copy.parent_path().string()});
    EXPECT_EQ(nlohmann::json::parse(listed.out).size(), 1u) << listed.err;
}

TEST(Journal, ForgetsOneMigrationOrAllOfSomebody) {
    Scene scene;
    const auto parts = sample(scene);
    for (const auto* place : {"A", "B", "C"})
        ASSERT_EQ(scene.run(scene.migrate(parts, {"--dest", place})).exit_code, 0);
    EXPECT_EQ(scene.run({"forget", "2"}).exit_code, 0);
    EXPECT_EQ(nlohmann::json::parse(scene.run({"jobs", "--json"}).out).size(), 2u);
    EXPECT_EQ(scene.run({"forget", "2"}).exit_code, 1) << "there is none any more";
    EXPECT_EQ(scene.run({"forget", "--user", "nobody"}).exit_code, 1);
    EXPECT_EQ(scene.run({"forget"}).exit_code, 1);
    EXPECT_EQ(scene.run({"forget", "--user", "alice"}).exit_code, 0);
    EXPECT_EQ(nlohmann::json::parse(scene.run({"jobs", "--json"}).out).size(), 0u);
    EXPECT_EQ(scene.server.tree().count("A/a.txt"), 1u) << "what was brought stays";
    scene.expect_tidy();
}

/// With the app password that a bridge holds; nothing else need be left of that account.
TEST(Journal, ForgetsWhatOfSomebodyWasFollowed) {
    Scene scene;
    ASSERT_EQ(scene.run(scene.migrate(sample(scene), {"--dest", "A"})).exit_code, 0);
    const auto open = [&] { return journal::open_sqlite_journal(scene.state() / "journal.db").value(); };
    for (const auto* owner : {"alice", "bob"})
        ASSERT_TRUE(open()->bridges().add_bridge({.owner = owner, .sealed_password = "sealed"}));
    EXPECT_EQ(scene.run({"forget", "1"}).exit_code, 0);
    EXPECT_EQ(open()->bridges().all_bridges().value().size(), 2u) << "one migration alone was meant";
    EXPECT_EQ(scene.run({"forget", "--user", "alice"}).exit_code, 0);
    const auto left = open()->bridges().all_bridges().value();
    ASSERT_EQ(left.size(), 1u);
    EXPECT_EQ(left.front().owner, "bob");
    EXPECT_EQ(scene.run({"forget", "--user", "alice"}).exit_code, 1) << "nothing is left to forget";
}

TEST(Journal, SingleLinesAreTriedAgain) {
    Scene scene;
    for (const auto* path : {"A/a.txt", "A/b.txt"}) {
        scene.server.fault({.kind = fakes::Fault::Kind::bulk_file_error, .path_suffix = path, .times = -1});
        scene.server.fault({.method = "PUT", .path_suffix = path, .times = -1, .status = 403});
    }
    const auto first = scene.run(scene.migrate(sample(scene), {"--dest", "A"}));
    ASSERT_EQ(first.exit_code, 3) << first.err;
    scene.server.clear_faults();
    const auto report = nlohmann::json::parse(scene.run({"report", "1"}).out);
    std::string line;
    for (const auto& item : report.at("items"))
        if (item.at("source") == "a.txt") line = std::to_string(item.at("id").get<int>());
    auto words = scene.target();
    words.insert(words.begin(), {"retry", "1", line});
    EXPECT_EQ(scene.run(words).exit_code, 3) << "the other one is still to be tried";
    EXPECT_EQ(scene.server.tree().count("A/a.txt"), 1u);
    EXPECT_EQ(scene.server.tree().count("A/b.txt"), 0u);
}

} // namespace passerelle::program
