// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "tests/unit/daemon/plan/plan_kit.hpp"

#include <gmock/gmock.h>

namespace passerelle::plan {

using testing::ElementsAre;

namespace {

std::vector<std::string> targets_of(const Plan& plan) {
    std::vector<std::string> targets;
    for (const auto& planned : plan.items)
        if (planned.action != Action::skip) targets.push_back(planned.target);
    return targets;
}

} // namespace

TEST(Selection, WhatAFolderHoldsIsExcludedWithIt) {
    auto choices = unconverted();
    choices.exclude = {"Vieux", "*.tmp"};
    const auto plan = plan_of(inventory({"Vieux/", "Vieux/a/", "Vieux/a/b.txt", "c.tmp", "d.txt"}), choices);
    EXPECT_THAT(targets_of(plan), ElementsAre("d.txt"));
    EXPECT_THAT(codes_of(plan.items[2].reasons), ElementsAre(codes::plan_excluded));
    EXPECT_EQ(parameter(plan.items[2].reasons[0], "pattern"), "Vieux");
    EXPECT_EQ(parameter(plan.items[3].reasons[0], "pattern"), "*.tmp");
}

TEST(Selection, AnIncludedFileBringsItsFoldersAlong) {
    auto choices = unconverted();
    choices.include = {"*.odt"};
    const auto plan = plan_of(inventory({"a/", "a/b/", "a/b/c.odt", "a/d.txt", "vide/"}), choices);
    EXPECT_THAT(targets_of(plan), ElementsAre("a", "a/b", "a/b/c.odt"));
    EXPECT_THAT(codes_of(plan.items[3].reasons), ElementsAre(codes::plan_not_included));
    EXPECT_THAT(codes_of(plan.items[4].reasons), ElementsAre(codes::plan_not_included));
}

TEST(Selection, AnIncludedFolderBringsAllItHolds) {
    auto choices = unconverted();
    choices.include = {"a/b"};
    choices.exclude = {"*.tmp"};
    const auto plan = plan_of(inventory({"a/", "a/b/", "a/b/c.txt", "a/b/d.tmp", "a/e.txt"}), choices);
    EXPECT_THAT(targets_of(plan), ElementsAre("a", "a/b", "a/b/c.txt"));
    EXPECT_THAT(codes_of(plan.items[3].reasons), ElementsAre(codes::plan_excluded));
}

TEST(Selection, NamesAreComparedAsTheExportSpellsThem) {
    auto choices = unconverted();
    choices.exclude = {"Réunion 12_03.txt"};
    EXPECT_THAT(targets_of(plan_of(inventory_of({titled("Réunion 12_03.txt", "Réunion 12/03.txt")}), choices)),
                ElementsAre());
}

TEST(Selection, WhatHoldsNothingIsSkippedWithItsOwnReasons) {
    auto made = inventory({"Compte rendu.gdoc", "lien", "desktop.ini", "muet"});
    made.items[0].kind = ItemKind::stub;
    made.items[0].reasons.emplace_back(codes::source_no_content);
    made.items[1].kind = ItemKind::entry;
    made.items[2].leave_out = true;
    made.items[2].reasons.emplace_back(codes::source_system_file);
    made.items[3].kind = ItemKind::stub;
    const auto plan = plan_of(made);
    EXPECT_TRUE(targets_of(plan).empty());
    EXPECT_THAT(codes_of(plan.items[0].reasons), ElementsAre(codes::source_no_content));
    EXPECT_THAT(codes_of(plan.items[1].reasons), ElementsAre(codes::plan_not_a_file));
    EXPECT_THAT(codes_of(plan.items[2].reasons), ElementsAre(codes::source_system_file));
    EXPECT_THAT(codes_of(plan.items[3].reasons), ElementsAre(codes::plan_no_content));
}

TEST(Selection, AFileInAFolderThatIsLeftOutStillTravels) {
    auto made = inventory({".dropbox.cache/", ".dropbox.cache/perdu.txt"});
    made.items[0].leave_out = true;
    EXPECT_THAT(targets_of(plan_of(made)), ElementsAre(".dropbox.cache/perdu.txt"));
}

} // namespace passerelle::plan
