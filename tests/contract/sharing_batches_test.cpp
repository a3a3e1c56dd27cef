// SPDX-License-Identifier: AGPL-3.0-or-later
// What the companion app does at once (docs/api/sharing.yaml), on the double and on a real server that has it.
#include "core/reason_codes.hpp"
#include "tests/contract/client_subject.hpp"
#include "tests/contract/sharing_subject.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace passerelle::contract {
namespace {

using nextcloud::NewShare;
using nextcloud::Person;
using nextcloud::Share;
using nextcloud::ShareType;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

class SharingBatches : public ::testing::TestWithParam<int> {
  protected:
    void SetUp() override {
        subject = SharingSubject::make(GetParam());
        if (!subject) GTEST_SKIP() << "NEXTCLOUD_URL and NEXTCLOUD_GROUP name no server with three accounts";
        if (!alice().client().profile().sharing) GTEST_SKIP() << "no companion app";
        folder = subject->fresh_folder();
    }

    Party& alice() { return subject->alice(); }
    Party& bob() { return subject->bob(); }
    Party& carol() { return subject->carol(); }

    /// The code of each refusal, the id of each share.
    std::vector<std::string> outcomes(const std::vector<NewShare>& wanted) {
        auto made = alice().sharing().create_all(wanted, {});
        if (!made) return {"request: " + made.error().code + " " + made.error().message};
        std::vector<std::string> told;
        for (const auto& one : *made)
            told.push_back(one ? one->id : one.error().code);
        return told;
    }

    std::unique_ptr<SharingSubject> subject;
    std::string folder;
};

std::string named(const ::testing::TestParamInfo<int>& info) {
    return info.param == kRealServer ? "real" : "companion";
}

} // namespace

INSTANTIATE_TEST_SUITE_P(Servers, SharingBatches, ::testing::Values(kWithCompanion, kRealServer), named);

TEST_P(SharingBatches, EachIsMadeOrRefusedForItself) {
    EXPECT_GE(alice().sharing().shares_at_once(), 100u);
    const std::string missing = folder + "/absent";
    const auto told = outcomes(
        {{.path = folder, .share_with = bob().id(), .permissions = 15},
         {.path = missing, .share_with = bob().id(), .permissions = 1},
         {.path = folder, .share_with = "personne-de-ce-nom", .permissions = 1},
         {.path = folder, .share_with = "bob@example.org", .permissions = 1},
         {.path = folder, .type = ShareType::group, .share_with = "aucun-groupe-de-ce-nom", .permissions = 1},
         {.path = folder, .share_with = alice().id(), .permissions = 1},
         {.path = folder + "/a.txt", .type = ShareType::group, .share_with = subject->group(), .permissions = 1}});
    ASSERT_EQ(told.size(), 7u) << told.front();
    EXPECT_THAT(std::vector(told.begin() + 1, told.begin() + 6),
                ElementsAre(codes::share_path_missing, codes::share_unknown_account, codes::share_unknown_account,
                            codes::share_unknown_account, codes::share_refused));
    EXPECT_EQ(subject->rights(bob(), folder, folder), "rucfd");
    EXPECT_EQ(carol().dav("GET", "a.txt"), 200);
    EXPECT_EQ(subject->rights(carol(), folder, folder), "-") << "the file alone";
}

TEST_P(SharingBatches, WhatIsAskedForIsKept) {
    constexpr std::chrono::year_month_day kDay{std::chrono::year(2035), std::chrono::month(6), std::chrono::day(30)};
    const std::vector<NewShare> wanted{{.path = folder,
                                        .share_with = bob().id(),
                                        .permissions = 1,
                                        .expires = kDay,
                                        .note = "À lire & à relire",
                                        .download_allowed = false},
                                       {.path = folder, .share_with = carol().id(), .permissions = 15}};
    const auto made = alice().sharing().create_all(wanted, {}).value();
    ASSERT_TRUE(made[0] && made[1]);
    EXPECT_EQ(made[0]->expires, kDay);
    EXPECT_EQ(made[0]->note, "À lire & à relire");
    EXPECT_FALSE(made[0]->download_allowed);
    EXPECT_EQ(made[0]->path, folder);
    EXPECT_FALSE(made[1]->expires) << "never, whatever the server's default";
    EXPECT_TRUE(made[1]->download_allowed);
    const auto seen = alice().sharing().shares_at(folder, {}).value();
    EXPECT_THAT(seen, ::testing::UnorderedElementsAre(Field(&Share::id, made[0]->id), Field(&Share::id, made[1]->id)));
}

TEST_P(SharingBatches, ASecondTimeNothingIsMadeNorChanged) {
    std::vector<NewShare> wanted{
        {.path = folder, .share_with = bob().id(), .permissions = 15},
        {.path = folder, .type = ShareType::email, .share_with = "dehors@example.net", .permissions = 1}};
    const auto first = outcomes(wanted);
    wanted[0].permissions = 1;
    EXPECT_EQ(outcomes(wanted), first);
    EXPECT_EQ(subject->rights(bob(), folder, folder), "rucfd");
}

TEST_P(SharingBatches, ThereIsNoLimitInTime) {
    std::vector<NewShare> wanted;
    for (int i = 0; i < 45; ++i) {
        const auto path = fmt::format("{}/{}", folder, i);
        ASSERT_EQ(alice().dav("MKCOL", path), 201);
        wanted.push_back({.path = path, .share_with = bob().id(), .permissions = 1});
    }
    const auto made = alice().sharing().create_all(wanted, {}).value();
    EXPECT_THAT(made, ::testing::Each(::testing::Truly([](const Result<Share>& one) { return bool(one); })));
}

TEST_P(SharingBatches, ATeamGetsItsFolder) {
    const auto team = alice().sharing().create_team("Equipe " + folder, {});
    ASSERT_TRUE(team) << team.error().code;
    const auto told = outcomes({{.path = folder, .type = ShareType::team, .share_with = team->id, .permissions = 15}});
    EXPECT_THAT(told, ElementsAre(::testing::MatchesRegex("[0-9]+")));
    ASSERT_TRUE(alice().sharing().add_to_team(team->id, {bob().id()}, {}));
    EXPECT_EQ(subject->rights(bob(), folder, folder), "rucfd");
}

TEST_P(SharingBatches, PeopleAreFoundTogether) {
    const std::vector<std::string> emails{"BOB@example.org", "dehors@example.net", "alice@example.org"};
    for (Party* asking : {&alice(), &subject->administrator()}) {
        const auto found = asking->sharing().find_all_people(emails, {});
        ASSERT_TRUE(found) << found.error().code << found.error().message;
        ASSERT_EQ(found->size(), 3u);
        EXPECT_THAT((*found)[0].exact, ElementsAre(Field(&Person::id, bob().id())));
        EXPECT_THAT((*found)[1].exact, IsEmpty());
        EXPECT_THAT((*found)[2].exact, ElementsAre(Field(&Person::id, alice().id())));
    }
}

/// tests/Integration/SharingTest.php of the app does so on a real server.
TEST_P(SharingBatches, GroupsNeedTheSecretOfThePairing) {
    if (!subject->paired_administrator()) GTEST_SKIP() << "this server is not paired";
    const std::string name = "Groupe " + folder;
    EXPECT_EQ(subject->administrator().sharing().create_group(name, {}).error().code,
              codes::share_password_confirmation);
    auto& sharing = subject->paired_administrator()->sharing();
    ASSERT_TRUE(sharing.create_group(name, {}));
    EXPECT_TRUE(sharing.create_group(name, {})) << "what exists is fine";
    ASSERT_TRUE(sharing.add_to_group(name, bob().id(), {}));
    EXPECT_EQ(sharing.add_to_group(name, "personne-de-ce-nom", {}).error().code, codes::share_unknown_account);
    EXPECT_EQ(sharing.add_to_group("admin", bob().id(), {}).error().code, codes::share_refused);
    EXPECT_THAT(outcomes({{.path = folder, .type = ShareType::group, .share_with = name, .permissions = 1}}),
                ElementsAre(::testing::MatchesRegex("[0-9]+")));
    EXPECT_EQ(subject->rights(bob(), folder, folder), "r");
}

} // namespace passerelle::contract
