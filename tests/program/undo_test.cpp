// SPDX-License-Identifier: AGPL-3.0-or-later
// A migration that nobody wanted is taken back: what it brought goes, what people did stays.
#include "tests/exports/takeout.hpp"
#include "tests/fakes/raw_client.hpp"
#include "tests/program/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace passerelle::program {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::UnorderedElementsAre;

class TakenBack : public ::testing::Test {
  protected:
    TakenBack() {
        exports::TakeoutBuilder takeout;
        takeout.file("Drive/Bureau/CR.txt", "ordre du jour")
            .file("Drive/Bureau/Budget.txt", "comptes")
            .file("Drive/Photos/film.mov", std::string(6 << 20, 'f'))
            .folder("Drive/Vide");
        words = scene.migrate(takeout.write(scene.folder().path() / "export"), {"--dest", "Asso/Drive"});
        const auto run = scene.run(words);
        EXPECT_EQ(run.exit_code, 0) << run.err;
    }
    Outcome undo(const Words& more) const {
        Words all = scene.target();
        all.insert(all.begin(), {"undo", "1"});
        all.insert(all.end(), more.begin(), more.end());
        scene.server.forget_requests();
        return scene.run(all);
    }

    mutable Scene scene;
    Words words;
};

} // namespace

TEST_F(TakenBack, ItIsShownFirstAndDoneWhenOneIsSure) {
    EXPECT_EQ(undo({"--dry-run", "--yes"}).exit_code, 1) << "one or the other";
    EXPECT_EQ(undo({"--dry-run"}).out, undo({}).out);
    const auto look = undo({"--dry-run"});
    EXPECT_EQ(look.exit_code, 0) << look.err;
    EXPECT_THAT(look.out, HasSubstr("Would be taken away: 3 files, 5 folders"));
    EXPECT_THAT(look.err, HasSubstr("undo 1 --yes"));
    EXPECT_THAT(changes(scene.server), IsEmpty());

    const auto done = undo({"--yes"});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_THAT(scene.server.tree(), IsEmpty());
    const auto told = scene.ledger(1);
    EXPECT_THAT(told.arrived, IsEmpty());
    EXPECT_EQ(told.seen.items, told.skipped.items);
    scene.expect_tidy();

    EXPECT_EQ(undo({"--yes"}).exit_code, 0) << "there is nothing left to be undone";
    EXPECT_EQ(scene.run(words).exit_code, 0);
    EXPECT_THAT(scene.server.tree(), Contains(Key("Asso/Drive/Photos/film.mov"))) << "and it can be brought again";
}

TEST_F(TakenBack, WhatSomebodyTouchedStaysAndIsTold) {
    fakes::RawClient client(scene.server.url());
    const auto answer =
        client.send("PUT", "/remote.php/dav/files/alice/Asso/Drive/Bureau/Budget.txt",
                    {{"Authorization", fakes::basic_authorization("alice", "app-password")}}, "comptes revus");
    ASSERT_TRUE(answer && answer->status < 300);
    const auto done = undo({"--yes", "--json"});
    EXPECT_EQ(done.exit_code, 3) << done.err;
    const auto json = nlohmann::json::parse(done.out);
    std::map<std::string, std::string> stays;
    for (const auto& thing : json.at("things"))
        if (!thing.at("removed")) stays[thing.at("path")] = thing.at("reason");
    EXPECT_THAT(stays, UnorderedElementsAre(testing::Pair("Asso/Drive/Bureau/Budget.txt", "undo.changed_since"),
                                            testing::Pair("Asso/Drive/Bureau", "undo.folder_not_empty"),
                                            testing::Pair("Asso/Drive", "undo.folder_not_empty"),
                                            testing::Pair("Asso", "undo.folder_not_empty")));
    EXPECT_THAT(scene.server.tree(), UnorderedElementsAre(Key("Asso"), Key("Asso/Drive"), Key("Asso/Drive/Bureau"),
                                                          Key("Asso/Drive/Bureau/Budget.txt")));
}

} // namespace passerelle::program
