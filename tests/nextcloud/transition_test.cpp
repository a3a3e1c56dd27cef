// SPDX-License-Identifier: AGPL-3.0-or-later
// The same account comes again while people work on both sides, and what was brought is taken back: on a real Nextcloud
// and on the double.
#include "core/reason_codes.hpp"
#include "tests/exports/takeout.hpp"
#include "tests/nextcloud/both_servers.hpp"

#include <ctime>
#include <gmock/gmock.h>

namespace passerelle::program {
namespace {

using ::testing::Contains;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;

class RealServerTransition : public BothServers {
  protected:
    std::map<std::string, std::string> drive{{"Bureau/CR.txt", "ordre du jour"},
                                             {"Bureau/Budget.txt", "comptes"},
                                             {"Bureau/Adhérents.txt", "trois"},
                                             {"Photos/affiche.png", "une affiche"},
                                             {"Photos/film.mov", std::string(12 << 20, 'f')}};

    void export_and(const std::string& command, const Words& more = {}) {
        exports::TakeoutBuilder takeout;
        for (const auto& [path, bytes] : drive)
            takeout.file("Drive/" + path, bytes);
        const auto place = scene.folder().path() / ("export-" + std::to_string(++exports_));
        auto words = scene.migrate(takeout.write(place), {"--dest", folder()});
        words.front() = command;
        words.insert(words.end(), more.begin(), more.end());
        run_on_both(words, 0);
    }
    void undo(int exit_code) {
        auto words = scene.target();
        words.insert(words.begin(), {"undo", "1", "--yes"});
        run_on_both(words, exit_code);
    }
    void work_on_both_sides() {
        write_on_both("Bureau/Budget.txt", "comptes, revus ici");
        write_on_both("Bureau/Ici seulement.txt", "ajouté ici");
        drive["Bureau/Budget.txt"] = "comptes, revus là-bas";
        drive["Bureau/Adhérents.txt"] = "quatre";
        drive["Photos/film.mov"] = std::string(13 << 20, 'g');
        drive["Bureau/Comptes rendus/CR.txt"] = drive.extract("Bureau/CR.txt").mapped();
        drive["Bureau/nouveau.txt"] = "nouveau";
        drive.erase("Photos/affiche.png");
    }

  private:
    int exports_ = 0;
};

} // namespace

TEST_F(RealServerTransition, WhatBothSidesDidIsThereAfterwards) {
    const auto started = std::time(nullptr);
    export_and("migrate");
    expect_same_trees(started);
    work_on_both_sides();
    export_and("sync");
    const auto tree = expect_same_trees(started);
    const auto size_of = [&](const std::string& path) { return tree.contains(path) ? tree.at(path).size : 0; };
    EXPECT_EQ(size_of("Bureau/Budget.txt"), std::string("comptes, revus ici").size());
    EXPECT_EQ(size_of("Bureau/Budget (2).txt"), std::string("comptes, revus là-bas").size());
    EXPECT_EQ(size_of("Bureau/Adhérents.txt"), 6u);
    EXPECT_EQ(size_of("Photos/film.mov"), 13u << 20);
    EXPECT_EQ(size_of("Bureau/Comptes rendus/CR.txt"), 13u);
    EXPECT_THAT(tree, Not(Contains(Key("Bureau/CR.txt"))));
    EXPECT_THAT(tree, Contains(Key("Photos/affiche.png")));
    EXPECT_THAT(tree, Contains(Key("Bureau/Ici seulement.txt")));
    const auto told = reasons_on_both();
    EXPECT_THAT(told, Contains(Pair("Bureau/Budget.txt", codes::delta_changed_here)));
    EXPECT_THAT(told, Contains(Pair("Photos/film.mov", codes::delta_replaced)));
    EXPECT_THAT(told, Contains(Pair("Bureau/Comptes rendus/CR.txt", codes::delta_moved)));
    EXPECT_THAT(told, Contains(Pair("Photos/affiche.png", codes::delta_gone_from_source)));

    export_and("sync", {"--gone", "trash"});
    EXPECT_THAT(expect_same_trees(started), Not(Contains(Key("Photos/affiche.png"))));
}

TEST_F(RealServerTransition, UndoingTakesWhatNobodyTouched) {
    const auto started = std::time(nullptr);
    export_and("migrate");
    write_on_both("Bureau/Budget.txt", "comptes, revus ici");
    undo(3); // something stays
    const auto tree = expect_same_trees(started);
    EXPECT_THAT(tree, ::testing::UnorderedElementsAre(Key("Bureau"), Key("Bureau/Budget.txt")));
}

TEST_F(RealServerTransition, UndoingAllLeavesNothing) {
    export_and("migrate");
    undo(0);
    EXPECT_THAT(listing(), ::testing::IsEmpty());
    EXPECT_THAT(listing_of_double(), ::testing::IsEmpty());
}

} // namespace passerelle::program
