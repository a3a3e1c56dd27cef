// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/nextcloud/team_folders.hpp"
#include "core/reason_codes.hpp"
#include "tests/contract/client_subject.hpp"
#include "tests/contract/sharing_subject.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace passerelle::contract {
namespace {

using nextcloud::NewShare;
using nextcloud::Share;
using nextcloud::ShareChange;
using nextcloud::ShareType;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

constexpr unsigned kReader = 1;
constexpr unsigned kWriter = 15;
constexpr unsigned kManager = 31;
constexpr std::chrono::year_month_day kDay{std::chrono::year(2035), std::chrono::month(6), std::chrono::day(30)};

/// All tests together make fewer than twenty shares as alice, and as bob: more a real server takes only after ten
/// minutes.
class SharingContract : public ::testing::TestWithParam<int> {
  protected:
    void SetUp() override {
        subject = SharingSubject::make(GetParam());
        if (!subject) GTEST_SKIP() << "NEXTCLOUD_URL and NEXTCLOUD_GROUP name no server with three accounts";
        folder = subject->fresh_folder();
    }

    Party& alice() { return subject->alice(); }
    Party& bob() { return subject->bob(); }
    Party& carol() { return subject->carol(); }
    std::string rights(Party& party) { return subject->rights(party, folder, folder); }

    static Share made(Party& party, const NewShare& wanted) {
        auto share = party.sharing().create(wanted, {});
        if (!share) {
            ADD_FAILURE() << share.error().code << " " << share.error().message;
            return {};
        }
        return *share;
    }
    static std::string code_of(Party& party, const NewShare& wanted) {
        const auto share = party.sharing().create(wanted, {});
        return share ? "made" : share.error().code;
    }
    NewShare with(Party& party, unsigned permissions) {
        return {.path = folder, .share_with = party.id(), .permissions = permissions};
    }

    std::unique_ptr<SharingSubject> subject;
    std::string folder;
};

std::string named(const ::testing::TestParamInfo<int>& info) {
    return info.param == kRealServer ? "real" : fmt::format("double{}", info.param);
}

} // namespace

INSTANTIATE_TEST_SUITE_P(Servers, SharingContract, ::testing::Values(28, 29, 32, 33, 34, kRealServer), named);

TEST_P(SharingContract, AReaderReadsAndNothingElse) {
    EXPECT_EQ(rights(bob()), "-") << "before";
    const Share share = made(alice(), with(bob(), kReader));
    EXPECT_EQ(share.permissions, kReader);
    EXPECT_EQ(share.path, folder);
    EXPECT_TRUE(share.folder);
    EXPECT_EQ(rights(bob()), "r");
    // What is mounted can be moved, and left; N and V stand there only after the root was listed.
    EXPECT_THAT(bob().letters(folder), ::testing::MatchesRegex("SGDN?V?"));
    EXPECT_EQ(bob().letters(folder + "/a.txt"), "SG");
    EXPECT_EQ(rights(carol()), "-") << "nobody else";
    EXPECT_EQ(rights(alice()), "rucfd") << "the owner keeps all";
}

TEST_P(SharingContract, AWriterMayDoAllButShare) {
    EXPECT_EQ(made(alice(), with(bob(), kWriter)).permissions, kWriter);
    EXPECT_EQ(rights(bob()), "rucfd");
    EXPECT_EQ(bob().letters(folder), "SGDNVCK");
    EXPECT_EQ(bob().letters(folder + "/a.txt"), "SGDNVW");
    EXPECT_EQ(code_of(bob(), with(carol(), kReader)), codes::share_refused);
    EXPECT_EQ(rights(carol()), "-");
}

TEST_P(SharingContract, AManagerPassesOnWhatTheyHave) {
    ASSERT_EQ(made(alice(), with(bob(), kManager)).permissions, kManager);
    EXPECT_EQ(bob().letters(folder), "SRGDNVCK");
    const Share passed = made(bob(), with(carol(), kReader));
    EXPECT_EQ(rights(carol()), "r");
    const auto seen = alice().sharing().shares_at(folder, {}).value();
    EXPECT_THAT(seen,
                ::testing::Contains(::testing::AllOf(Field(&Share::id, passed.id), Field(&Share::owner, bob().id()))))
        << "the owner sees what others passed on";
}

TEST_P(SharingContract, AFileIsReadAndWritten) {
    const std::string file = folder + "/fichier " + folder + ".txt";
    ASSERT_EQ(alice().dav("PUT", file, "x"), 201);
    const Share share = made(alice(), {.path = file, .share_with = bob().id(), .permissions = kManager});
    EXPECT_FALSE(share.folder);
    EXPECT_EQ(share.permissions, 19u) << "a file knows neither creating nor deleting";
    const std::string theirs = "fichier " + folder + ".txt";
    EXPECT_EQ(bob().letters(theirs), "SRGDNVW");
    EXPECT_EQ(bob().dav("GET", theirs), 200);
    EXPECT_EQ(bob().dav("PUT", theirs, "y"), 204);
    EXPECT_EQ(rights(bob()), "-") << "its folder stays alice's own";
    EXPECT_EQ(bob().dav("DELETE", theirs), 204);
    EXPECT_EQ(bob().dav("GET", theirs), 404);
    EXPECT_EQ(alice().dav("GET", file), 200) << "a receiver who deletes only leaves";
}

TEST_P(SharingContract, AGroupsShareReachesItsMembersAlone) {
    const auto found = alice().sharing().find_groups(subject->group(), {}).value();
    ASSERT_THAT(found.exact, ElementsAre(Field(&nextcloud::Group::id, subject->group())));
    made(alice(), {.path = folder, .type = ShareType::group, .share_with = subject->group(), .permissions = kWriter});
    EXPECT_EQ(rights(carol()), "rucfd");
    EXPECT_EQ(rights(bob()), "-");
}

TEST_P(SharingContract, AShareIsChanged) {
    const Share share = made(alice(), {.path = folder,
                                       .share_with = bob().id(),
                                       .permissions = kReader,
                                       .expires = kDay,
                                       .note = "À lire & à relire",
                                       .download_allowed = false});
    EXPECT_EQ(share.expires, kDay);
    EXPECT_EQ(share.note, "À lire & à relire");
    EXPECT_FALSE(share.download_allowed);
    const auto wider =
        alice().sharing().change(share.id, {.permissions = kWriter, .never_expires = true, .note = ""}, {});
    ASSERT_TRUE(wider) << wider.error().message;
    EXPECT_EQ(wider->permissions, kWriter);
    EXPECT_FALSE(wider->expires);
    EXPECT_EQ(wider->note, "");
    EXPECT_FALSE(wider->download_allowed) << "what is not given stays";
    const bool reads = alice().client().profile().views_without_download;
    EXPECT_EQ(rights(bob()), reads ? "rucfd" : "ucfd") << "before 32, without download is without reading";
    ASSERT_TRUE(alice().sharing().change(share.id, {.permissions = kReader, .download_allowed = true}, {}));
    EXPECT_EQ(rights(bob()), "r");
    const auto now = alice().sharing().shares_at(folder, {}).value();
    ASSERT_THAT(now, ElementsAre(Field(&Share::id, share.id)));
    EXPECT_TRUE(now.front().download_allowed);
    EXPECT_EQ(bob().sharing().change(share.id, {.permissions = kManager}, {}).error().code, codes::share_refused);
    EXPECT_EQ(rights(bob()), "r");
}

TEST_P(SharingContract, ARemovedShareGivesNothing) {
    const Share share = made(alice(), with(bob(), kWriter));
    EXPECT_THAT(alice().sharing().own_shares({}).value(), ::testing::Contains(Field(&Share::id, share.id)));
    ASSERT_TRUE(alice().sharing().remove(share.id, {}));
    EXPECT_EQ(rights(bob()), "-");
    EXPECT_TRUE(alice().sharing().remove(share.id, {})) << "what is not there is fine";
    EXPECT_EQ(alice().sharing().change(share.id, {.permissions = 1}, {}).error().code, codes::share_missing);
    EXPECT_THAT(alice().sharing().shares_at(folder, {}).value(), IsEmpty());
}

TEST_P(SharingContract, ASecondShareIsTheFirstAsItWas) {
    const Share first = made(alice(), with(bob(), kReader));
    const Share second = made(alice(), with(bob(), kWriter));
    EXPECT_EQ(second.id, first.id);
    EXPECT_EQ(second.permissions, kReader);
    EXPECT_EQ(rights(bob()), "r");
}

TEST_P(SharingContract, RefusalsSayWhatIsMissing) {
    EXPECT_EQ(code_of(alice(), {.path = folder, .share_with = "personne"}), codes::share_unknown_account);
    EXPECT_EQ(code_of(alice(), {.path = folder + "/absent", .share_with = bob().id()}), codes::share_path_missing);
    EXPECT_EQ(code_of(alice(), with(alice(), kReader)), codes::share_refused);
    EXPECT_EQ(code_of(alice(), {.path = folder, .share_with = "bob@example.org"}), codes::share_unknown_account);
    EXPECT_EQ(alice().sharing().shares_at(folder + "/absent", {}).error().code, codes::share_path_missing);
    EXPECT_THAT(alice().sharing().shares_at(folder, {}).value(), IsEmpty()) << "no ghost";
}

TEST_P(SharingContract, AWiderShareBelowANarrowOneIsAFolderOfItsOwn) {
    const std::string below = "dessous " + folder;
    ASSERT_EQ(alice().dav("MKCOL", folder + "/" + below), 201);
    made(alice(), with(bob(), kReader));
    made(alice(), {.path = folder + "/" + below, .share_with = bob().id(), .permissions = kWriter});
    EXPECT_EQ(rights(bob()), "r");
    EXPECT_EQ(subject->rights(bob(), below, folder + "/" + below), "rucfd") << "in bob's root";
    EXPECT_EQ(subject->rights(bob(), folder + "/" + below, folder + "/" + below), "r") << "through the folder above";
}

TEST_P(SharingContract, LinksAndAddressesAreStoredWithABitMore) {
    const Share link = made(alice(), {.path = folder, .type = ShareType::link, .permissions = kReader});
    EXPECT_EQ(link.type, ShareType::link);
    EXPECT_FALSE(link.url.empty());
    EXPECT_EQ(nextcloud::comparable_permissions(link.type, link.folder, link.permissions), kReader);
    const NewShare by_mail{
        .path = folder, .type = ShareType::email, .share_with = "dehors@example.net", .permissions = kReader};
    const Share mail = made(alice(), by_mail);
    EXPECT_EQ(mail.share_with, "dehors@example.net");
    EXPECT_EQ(nextcloud::comparable_permissions(mail.type, mail.folder, mail.permissions), kReader);
    EXPECT_EQ(rights(bob()), "-");
}

TEST_P(SharingContract, PeopleAreFoundByTheirAddress) {
    for (Party* asking : {&alice(), &subject->administrator()}) {
        const auto found = asking->sharing().find_people("BOB@example.org", {});
        ASSERT_TRUE(found) << found.error().code;
        EXPECT_THAT(found->exact, ElementsAre(Field(&nextcloud::Person::id, bob().id())));
    }
    EXPECT_THAT(alice().sharing().find_people("alice@example.org", {}).value().exact,
                ElementsAre(Field(&nextcloud::Person::id, alice().id())));
    EXPECT_THAT(alice().sharing().find_people("dehors@example.net", {}).value().exact, IsEmpty());
}

TEST_P(SharingContract, GroupsAreForAdministrators) {
    const std::string name = "Groupe " + folder;
    EXPECT_EQ(alice().sharing().create_group(name, {}).error().code, codes::share_refused);
    const auto created = subject->administrator().sharing().create_group(name, {});
    if (subject->major() >= 34) {
        EXPECT_EQ(created.error().code, codes::share_password_confirmation);
        return;
    }
    ASSERT_TRUE(created) << created.error().message;
    EXPECT_TRUE(subject->administrator().sharing().create_group(name, {})) << "what exists is fine";
    EXPECT_TRUE(subject->administrator().sharing().add_to_group(name, bob().id(), {}));
    EXPECT_THAT(alice().sharing().find_groups(name, {}).value().exact, ElementsAre(Field(&nextcloud::Group::id, name)));
}

TEST_P(SharingContract, ATeamIsMadeByWhoeverWantsOne) {
    const std::string name = "Equipe " + folder;
    ASSERT_THAT(alice().sharing().find_teams(name, {}).value().exact, IsEmpty());
    const auto team = alice().sharing().create_team(name, {});
    ASSERT_TRUE(team) << team.error().code << " " << team.error().message;
    EXPECT_EQ(team->display_name, name);
    EXPECT_THAT(alice().sharing().team_members(team->id, {}).value(), ElementsAre(alice().id()));
    const Share share =
        made(alice(), {.path = folder, .type = ShareType::team, .share_with = team->id, .permissions = kWriter});
    EXPECT_EQ(rights(bob()), "-") << "not in it yet";

    ASSERT_TRUE(alice().sharing().add_to_team(team->id, {bob().id(), "personne-de-ce-nom"}, {}));
    ASSERT_TRUE(alice().sharing().add_to_team(team->id, {bob().id()}, {})) << "who is in it is fine";
    EXPECT_THAT(alice().sharing().team_members(team->id, {}).value(),
                ::testing::UnorderedElementsAre(alice().id(), bob().id()));
    EXPECT_EQ(rights(bob()), "rucfd") << "what was shared before they came";
    EXPECT_EQ(rights(carol()), "-") << "nobody else";

    const auto refused = bob().sharing().add_to_team(team->id, {carol().id()}, {});
    EXPECT_EQ(refused.error().code, codes::share_refused) << "it is alice's";
    EXPECT_THAT(bob().sharing().find_teams(name, {}).value().exact,
                ElementsAre(Field(&nextcloud::Group::id, team->id)));
    EXPECT_THAT(carol().sharing().find_teams(name, {}).value().exact, IsEmpty());
    EXPECT_THAT(bob().sharing().own_teams({}).value().value(), ::testing::Contains(*team));
    EXPECT_THAT(carol().sharing().own_teams({}).value().value(), ::testing::Not(::testing::Contains(*team)));
    EXPECT_EQ(alice().sharing().create_team(name, {}).value().display_name, name + " (2)");
    EXPECT_EQ(alice().sharing().create_team("ab", {}).error().code, codes::share_refused) << "too short";
}

TEST_P(SharingContract, AServerWithoutTheAppHasNoTeamFolders) {
    const auto folders = alice().client().team_folders().list({});
    ASSERT_TRUE(folders) << folders.error().code;
    if (GetParam() == kRealServer && *folders) GTEST_SKIP() << "this server has the app";
    EXPECT_FALSE(*folders);
}

TEST_P(SharingContract, TheLimitIsToldAtOnce) {
    if (subject->major() < 32) GTEST_SKIP() << "no limit";
    // Attempts that fail count as well. Carol makes no other share.
    const NewShare nowhere{.path = "absent", .share_with = bob().id()};
    for (int i = 0; i < 20; ++i)
        ASSERT_EQ(code_of(carol(), nowhere), codes::share_path_missing) << i;
    const auto refused = carol().sharing().create(nowhere, {});
    EXPECT_EQ(refused.error().code, codes::share_rate_limited);
    ASSERT_TRUE(refused.error().retry_after);
    EXPECT_GT(*refused.error().retry_after, std::chrono::minutes(9));
    if (subject->twin() == nullptr) return;
    subject->twin()->pass(std::chrono::minutes(10));
    EXPECT_EQ(code_of(carol(), nowhere), codes::share_path_missing);
}

} // namespace passerelle::contract
