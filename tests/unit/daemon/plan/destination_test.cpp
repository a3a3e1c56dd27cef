// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "tests/unit/daemon/plan/plan_kit.hpp"

#include <gmock/gmock.h>

namespace passerelle::plan {

using testing::ElementsAre;

namespace {

Result<Plan> planned_at(const std::string& destination, Target& target) {
    auto choices = unconverted();
    choices.destination = destination;
    return make_plan(inventory({"a.txt"}), choices, rules_of_34(), target);
}

} // namespace

TEST(Destination, OnlyFoldersThatExistAreAskedFor) {
    MemoryTarget target;
    target.add_folder("Import");
    EXPECT_EQ(planned_at("Import/2024/Drive", target)->items[0].target, "Import/2024/Drive/a.txt");
    EXPECT_THAT(target.asked, ElementsAre("", "Import"));
}

TEST(Destination, AnExistingOneIsUsed) {
    MemoryTarget target;
    target.add_file("Import/a.txt", 7);
    const auto plan = planned_at("Import", target);
    EXPECT_EQ(plan->items[0].target, "Import/a (2).txt");
    EXPECT_THAT(target.asked, ElementsAre("", "Import"));
}

TEST(Destination, AFileThereEndsThePlan) {
    MemoryTarget target;
    target.add_file("Import/2024", 7);
    for (const auto* wanted : {"Import/2024", "Import/2024/Drive"}) {
        const auto plan = planned_at(wanted, target);
        ASSERT_FALSE(plan);
        EXPECT_EQ(plan.error().code, codes::target_destination_is_file);
        EXPECT_EQ(plan.error().kind, ErrorKind::job);
    }
}

TEST(Destination, TheSpellingOnTheServerWins) {
    MemoryTarget target;
    target.add_folder("Éditions");
    const auto plan = planned_at("e\xCC\x81"
                                 "ditions",
                                 target);
    EXPECT_EQ(plan->items[0].target, "Éditions/a.txt");
    EXPECT_THAT(codes_of(plan->reasons), ElementsAre(codes::target_destination_spelling));

    target.add_folder("éditions");
    EXPECT_EQ(planned_at("éditions", target)->items[0].target, "éditions/a.txt") << "the exact one first";
}

TEST(Destination, ANameThatTheServerRefusesIsAnsweredWithAProposal) {
    MemoryTarget target;
    const auto plan = planned_at("Import/a\\b/..", target);
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().code, codes::target_destination_name);
    EXPECT_EQ(parameter(reason_of(plan.error()), "after"), "Import/a_b/_");
    EXPECT_TRUE(target.asked.empty());
}

TEST(Destination, WhatTheTargetAnswersIsPassedOn) {
    MemoryTarget target;
    target.failing = "";
    EXPECT_EQ(planned_at("Import", target).error().code, codes::server_unauthorized);
    EXPECT_EQ(planned_at("", target).error().code, codes::server_unauthorized);
}

TEST(TeamFolders, TakeInWhatLiesInTheirFolder) {
    MemoryTarget target;
    target.add_folder("Équipe");
    target.add_file("Équipe/CR.txt", 7);
    auto choices = unconverted();
    choices.destination = "Import";
    choices.team_folders = {{"Bureau", "Équipe"}};
    const auto made = inventory({"Bureau/", "Bureau/CR.txt", "Bureau/Paie/", "Bureau/Paie/mars.txt", "Autre/a.txt"});
    const auto plan = plan_of(made, choices, target);
    EXPECT_EQ(plan.items[0].target, "Équipe");
    EXPECT_EQ(plan.items[1].target, "Équipe/CR (2).txt") << "what stands there stays";
    EXPECT_EQ(plan.items[3].target, "Équipe/Paie/mars.txt");
    EXPECT_EQ(plan.items[4].target, "Import/Autre/a.txt");
}

TEST(TeamFolders, NothingElseOfTheExportMergesIntoThem) {
    MemoryTarget target;
    target.add_folder("Bureau");
    auto choices = unconverted();
    choices.team_folders = {{"A", "Bureau"}};
    const auto plan = plan_of(inventory({"A/a.txt", "Bureau/b.txt"}), choices, target);
    EXPECT_EQ(plan.items[0].target, "Bureau/a.txt");
    EXPECT_EQ(plan.items[1].target, "Bureau (2)/b.txt");
}

TEST(TeamFolders, AFolderThatTheExportHasNotIsRefused) {
    MemoryTarget target;
    for (const char* place : {"Bureau", "a.txt", "Dossier/Bureau"}) {
        auto choices = unconverted();
        choices.team_folders = {{place, "Équipe"}};
        const auto plan = make_plan(inventory({"a.txt", "Dossier/Bureau/b.txt"}), choices, rules_of_34(), target);
        ASSERT_FALSE(plan) << place;
        EXPECT_EQ(plan.error().code, codes::team_folder_unknown_place);
    }
}

TEST(TeamFolders, AFolderThatIsGoneFromANewerExportIsNoMistake) {
    MemoryTarget target;
    auto choices = unconverted();
    choices.teams = {{"Bureau", "Le bureau"}};
    const auto newer = inventory({"Fête/b.txt", "Bureaux/a.txt"});
    const auto planned = [&](const std::string& before) {
        return make_plan(newer, choices, rules_of_34(), target, {.brought = {{.source_path = before}}}).has_value();
    };
    EXPECT_FALSE(planned("Bureau/a.txt")) << "not said to be the same account again";
    choices.synchronise = Gone::keep;
    EXPECT_TRUE(planned("Bureau/a.txt"));
    EXPECT_TRUE(planned("Bureau"));
    EXPECT_FALSE(planned("Bureaux/a.txt"));
}

} // namespace passerelle::plan
