// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "tests/contract/client_subject.hpp"
#include "tests/contract/sharing_subject.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

namespace passerelle::contract {
namespace {

using nextcloud::Rule;
using nextcloud::RuleFor;
using nextcloud::TeamFolder;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr unsigned kRead = 1;
constexpr unsigned kWrite = 15;
constexpr unsigned kAll = 31;

/// A team folder with two groups: one of alice's own with all rights, and carol's. Bob is in none.
class TeamFoldersContract : public ::testing::TestWithParam<int> {
  protected:
    void SetUp() override {
        subject = SharingSubject::make(GetParam(), true);
        if (!subject) GTEST_SKIP() << "NEXTCLOUD_URL and NEXTCLOUD_GROUP name no server with three accounts";
        if (!alice().team_folders().list({}).value()) GTEST_SKIP() << "this server has no app groupfolders";
        static int count = 0;
        name = fmt::format("Équipe {} {}", ::getpid(), ++count);
        owners = name + " / gestion";
        ASSERT_TRUE(master().sharing().create_group(owners, {}));
        ASSERT_TRUE(master().sharing().add_to_group(owners, alice().id(), {}));
        id = master().team_folders().create(name, {}).value();
        ASSERT_TRUE(master().team_folders().admit(id, owners, kAll, {}));
        ASSERT_EQ(alice().dav("PUT", name + "/a.txt", "bonjour"), 201);
        ASSERT_EQ(alice().dav("MKCOL", below()), 201);
        ASSERT_EQ(alice().dav("PUT", below() + "/a.txt", "bonjour"), 201);
    }
    void TearDown() override {
        if (id > 0) EXPECT_TRUE(master().team_folders().remove(id, {}));
    }

    Party& alice() { return subject->alice(); }
    Party& bob() { return subject->bob(); }
    Party& carol() { return subject->carol(); }
    Party& master() { return subject->confirmed_administrator(); }
    std::string below() const { return name + "/Dessous"; }
    std::string rights(Party& party, const std::string& path) { return subject->rights(party, path, path); }
    void let_carol_in(unsigned permissions) {
        ASSERT_TRUE(master().team_folders().admit(id, subject->group(), permissions, {}));
    }
    void let_alice_rule() {
        ASSERT_TRUE(master().team_folders().allow_advanced_permissions(id, {}));
        ASSERT_TRUE(master().team_folders().let_manage(id, alice().id(), {}));
    }
    Rule group_rule(unsigned mask, unsigned permissions) const {
        return {RuleFor::group, subject->group(), mask, permissions};
    }
    TeamFolder as_seen_by(Party& party) {
        const auto folders = party.team_folders().list({}).value();
        for (const auto& folder : *folders)
            if (folder.id == id) return folder;
        return {};
    }

    std::unique_ptr<SharingSubject> subject;
    std::string name;
    std::string owners;
    std::int64_t id = 0;
};

std::string named(const ::testing::TestParamInfo<int>& info) {
    return info.param == kRealServer ? "real" : fmt::format("double{}", info.param);
}

} // namespace

INSTANTIATE_TEST_SUITE_P(Servers, TeamFoldersContract, ::testing::Values(32, 33, 34, kRealServer), named);

TEST_P(TeamFoldersContract, AGroupMayWhatItWasLetIn) {
    EXPECT_EQ(rights(carol(), name), "-") << "before";
    let_carol_in(kRead);
    EXPECT_EQ(rights(carol(), name), "r");
    let_carol_in(kWrite);
    EXPECT_EQ(rights(carol(), name), "rucfd");
    EXPECT_EQ(rights(carol(), below()), "rucfd");
    EXPECT_EQ(carol().dav("DELETE", name), 403);
    EXPECT_EQ(rights(bob(), name), "-");
    EXPECT_EQ(rights(alice(), name), "rucfd");
    ASSERT_TRUE(master().team_folders().dismiss(id, subject->group(), {}));
    EXPECT_TRUE(master().team_folders().dismiss(id, subject->group(), {})) << "who is not in is fine";
    EXPECT_EQ(rights(carol(), name), "-");
}

TEST_P(TeamFoldersContract, EverybodySeesTheirOwnGroups) {
    let_carol_in(kRead);
    ASSERT_TRUE(master().team_folders().set_quota(id, 5'000'000, {}));
    EXPECT_THAT(as_seen_by(master()).groups,
                ::testing::UnorderedElementsAre(Pair(owners, kAll), Pair(subject->group(), kRead)));
    EXPECT_THAT(as_seen_by(alice()).groups, ElementsAre(Pair(owners, kAll)));
    EXPECT_THAT(as_seen_by(carol()).groups, ElementsAre(Pair(subject->group(), kRead)));
    EXPECT_EQ(as_seen_by(bob()).id, 0);
    EXPECT_EQ(as_seen_by(alice()).name, name);
    EXPECT_EQ(as_seen_by(alice()).quota, 5'000'000u);
    EXPECT_EQ(as_seen_by(alice()).size, 14u);
    EXPECT_FALSE(as_seen_by(alice()).advanced_permissions);
    let_alice_rule();
    EXPECT_TRUE(as_seen_by(alice()).advanced_permissions);
    EXPECT_THAT(as_seen_by(carol()).managers, ElementsAre(alice().id()));
}

TEST_P(TeamFoldersContract, APlaceTellsItsFolder) {
    auto place = alice().team_folders().place(name, {}).value();
    ASSERT_TRUE(place);
    EXPECT_EQ(place->folder_id, id);
    EXPECT_TRUE(place->is_root);
    EXPECT_TRUE(place->may_fill && place->may_share);
    EXPECT_FALSE(place->advanced_permissions);
    EXPECT_FALSE(place->may_manage);
    let_alice_rule();
    place = alice().team_folders().place(below(), {}).value();
    ASSERT_TRUE(place);
    EXPECT_EQ(place->folder_id, id);
    EXPECT_FALSE(place->is_root);
    EXPECT_TRUE(place->advanced_permissions);
    EXPECT_TRUE(place->may_manage);
    EXPECT_THAT(place->rules, IsEmpty());
    EXPECT_FALSE(alice().team_folders().place(subject->fresh_folder(), {}).value()) << "a folder of alice's own";
    EXPECT_FALSE(alice().team_folders().place("absent", {}).value());
    EXPECT_FALSE(bob().team_folders().place(name, {}).value());
    let_carol_in(kRead);
    place = carol().team_folders().place(name, {}).value();
    ASSERT_TRUE(place);
    EXPECT_FALSE(place->may_fill || place->may_share);
    EXPECT_THAT(carol().team_folders().own_groups({}).value(), ElementsAre(subject->group()));
    EXPECT_THAT(master().team_folders().own_groups({}).value(), Contains("admin"));
}

TEST_P(TeamFoldersContract, ARuleTakesAwayBelow) {
    let_carol_in(kWrite);
    let_alice_rule();
    ASSERT_TRUE(alice().team_folders().set_rules(below(), {group_rule(14, 0)}, {}));
    EXPECT_EQ(rights(carol(), below()), "r");
    EXPECT_EQ(rights(carol(), name), "rucfd");
    EXPECT_EQ(rights(alice(), below()), "rucfd");
    EXPECT_THAT(alice().team_folders().place(below(), {}).value()->rules, ElementsAre(group_rule(14, 0)));
    EXPECT_THAT(alice().team_folders().place(name, {}).value()->rules, IsEmpty());
    ASSERT_TRUE(alice().team_folders().set_rules(below(), {group_rule(1, 0)}, {})) << "in the place of the first";
    EXPECT_EQ(rights(carol(), below()), "-") << "without reading nothing is left";
    ASSERT_TRUE(alice().team_folders().set_rules(below(), {}, {}));
    EXPECT_EQ(rights(carol(), below()), "rucfd");
}

TEST_P(TeamFoldersContract, AllowingBeatsDenyingAtOnePlace) {
    let_carol_in(kWrite);
    let_alice_rule();
    const Rule hers{RuleFor::user, carol().id(), 2, 2};
    ASSERT_TRUE(alice().team_folders().set_rules(below(), {group_rule(14, 0), hers}, {}));
    EXPECT_EQ(rights(carol(), below()), "ru");
    EXPECT_THAT(alice().team_folders().place(below(), {}).value()->rules,
                ::testing::UnorderedElementsAre(group_rule(14, 0), hers));
    ASSERT_TRUE(
        alice().team_folders().set_rules(below(), {group_rule(0, 0), {RuleFor::user, carol().id(), 14, 0}}, {}));
    EXPECT_EQ(rights(carol(), below()), "r") << "a group that has it from above does not help";
}

TEST_P(TeamFoldersContract, NoRuleGivesMoreThanTheGroup) {
    let_carol_in(kRead);
    let_alice_rule();
    ASSERT_TRUE(alice().team_folders().set_rules(below(), {group_rule(kAll, kAll)}, {}));
    EXPECT_EQ(rights(carol(), below()), "r");
}

TEST_P(TeamFoldersContract, ARuleOfTheRootIsGivenBackBelow) {
    let_carol_in(kWrite);
    let_alice_rule();
    ASSERT_TRUE(alice().team_folders().set_rules(name, {group_rule(14, 0)}, {}));
    ASSERT_TRUE(alice().team_folders().set_rules(below(), {group_rule(14, 14)}, {}));
    ASSERT_TRUE(alice().team_folders().set_rules(below() + "/a.txt", {group_rule(10, 0)}, {}));
    EXPECT_EQ(rights(carol(), name), "r");
    EXPECT_EQ(carol().dav("PUT", below() + "/b.txt", "x"), 201);
    EXPECT_EQ(carol().dav("PUT", below() + "/a.txt", "x"), 403);
    EXPECT_EQ(carol().dav("DELETE", below() + "/a.txt"), 403);
    EXPECT_EQ(carol().dav("GET", below() + "/a.txt"), 200);
}

TEST_P(TeamFoldersContract, OnlyManagersSetRulesAndNobodyShutsThemselvesOut) {
    let_carol_in(kWrite);
    let_alice_rule();
    EXPECT_EQ(carol().team_folders().set_rules(below(), {group_rule(14, 0)}, {}).error().code, codes::share_refused);
    EXPECT_FALSE(carol().team_folders().place(below(), {}).value()->may_manage);
    const Rule herself{RuleFor::group, owners, 1, 0};
    EXPECT_EQ(alice().team_folders().set_rules(below(), {herself}, {}).error().code, codes::share_refused);
    EXPECT_THAT(alice().team_folders().place(below(), {}).value()->rules, IsEmpty());
    EXPECT_EQ(alice().team_folders().set_rules(name + "/absent", {}, {}).error().code, codes::target_missing);
}

TEST_P(TeamFoldersContract, AQuotaHolds) {
    ASSERT_TRUE(master().team_folders().set_quota(id, 100, {}));
    EXPECT_EQ(alice().dav("PUT", name + "/grand.bin", std::string(3000, 'x')), 507);
    ASSERT_TRUE(master().team_folders().set_quota(id, std::nullopt, {}));
    EXPECT_EQ(alice().dav("PUT", name + "/grand.bin", std::string(3000, 'x')), 201);
    EXPECT_FALSE(as_seen_by(master()).quota);
}

TEST_P(TeamFoldersContract, WhatLiesInItCanBeSharedAsWell) {
    const auto share = alice().sharing().create({.path = below(), .share_with = bob().id(), .permissions = kWrite}, {});
    ASSERT_TRUE(share) << share.error().message;
    EXPECT_EQ(share->path, below());
    EXPECT_EQ(subject->rights(bob(), "Dessous", below()), "rucfd");
    EXPECT_EQ(rights(bob(), name), "-");
    EXPECT_THAT(alice().sharing().own_shares({}).value(), Contains(Field(&nextcloud::Share::id, share->id)));
    EXPECT_TRUE(alice().sharing().remove(share->id, {}));
}

TEST_P(TeamFoldersContract, MakingThemIsForAdministrators) {
    EXPECT_EQ(master().team_folders().create(name, {}).error().code, codes::share_refused) << "the name is taken";
    EXPECT_TRUE(master().team_folders().admit(id, owners, kAll, {})) << "who is in is fine";
    EXPECT_EQ(master().team_folders().admit(id + 1000, owners, kAll, {}).error().code, codes::share_refused);
    const auto code = subject->major() >= 34 ? codes::share_password_confirmation : codes::share_refused;
    EXPECT_EQ(alice().team_folders().create(name + " bis", {}).error().code, code);
    const auto by_app_password = subject->administrator().team_folders().create(name + " ter", {});
    if (subject->major() >= 34) {
        EXPECT_EQ(by_app_password.error().code, codes::share_password_confirmation);
        return;
    }
    ASSERT_TRUE(by_app_password) << by_app_password.error().message;
    EXPECT_TRUE(subject->administrator().team_folders().remove(*by_app_password, {}));
    EXPECT_TRUE(subject->administrator().team_folders().remove(*by_app_password, {})) << "what is gone is fine";
}

} // namespace passerelle::contract
