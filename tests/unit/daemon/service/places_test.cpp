// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/nextcloud/sharing.hpp"
#include "client/nextcloud/team_folders.hpp"
#include "core/reason_codes.hpp"
#include "tests/unit/daemon/service/service_bench.hpp"

#include <gmock/gmock.h>

namespace passerelle::service {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::Optional;

fakes::DoubleOptions with_teams() {
    auto options = ServiceBench::people();
    options.team_folders = true;
    options.accounts[0].groups = {"writers", "readers"};
    options.accounts[0].teams = {"Comité"};
    options.accounts[1].teams = {"Trésorerie"};
    options.accounts[2].login_password = "admin-login";
    return options;
}

struct PlacesTest : testing::Test {
    PlacesTest() {
        bench.put("alice", "Association/Bureau/note.txt", "a");
        bench.put("alice", "Association/Fête/2025/affiche.txt", "b");
        bench.put("alice", "Association/lisez-moi.txt", "c");
        make_team_folder("Bureau de l'association", "writers", 31, 1000);
        make_team_folder("Archives", "writers", 31, std::nullopt);
        make_team_folder("Statuts", "readers", 1, std::nullopt);
        make_team_folder("Conseil", "others", 31, std::nullopt);
        bench.open();
    }

    void make_team_folder(const std::string& name, const std::string& group, unsigned permissions,
                          std::optional<std::uint64_t> quota) {
        auto admin = nextcloud::Nextcloud::connect({bench.server.url(), "admin", Secret("admin-login")}, {}, {});
        ASSERT_TRUE(admin) << admin.error().code;
        auto& folders = (*admin)->team_folders();
        const auto id = folders.create(name, {});
        ASSERT_TRUE(id) << id.error().code;
        ASSERT_TRUE(folders.admit(*id, group, permissions, {}));
        ASSERT_TRUE(folders.set_quota(*id, quota, {}));
    }

    JobId reviewed() {
        auto job = bench.create("alice", "Association");
        EXPECT_TRUE(job) << job.error().code;
        bench.wait_for("alice", job->id, JobState::review);
        return job->id;
    }

    /// Chooses, and waits until the plan is made or has failed.
    JobView chosen(JobId id, std::map<std::string, std::string> team_folders, JobState state) {
        plan::Choices choices;
        choices.destination = "Ancien";
        choices.team_folders = std::move(team_folders);
        EXPECT_TRUE(bench.desk().choose(person("alice"), id, choices));
        return bench.wait_for("alice", id, state);
    }

    ServiceBench bench{with_teams()};
};

TEST_F(PlacesTest, TellsWhatTheAccountMayFillAndTheTeamsItIsIn) {
    const auto places = bench.service->sharing().places(person("alice"), reviewed());
    ASSERT_TRUE(places) << places.error().code;
    EXPECT_THAT(places->folders, ElementsAre("Bureau", "Fête"));
    ASSERT_TRUE(places->team_folders);
    EXPECT_THAT(*places->team_folders, ElementsAre(Field(&TeamFolderPlace::name, "Archives"),
                                                   Field(&TeamFolderPlace::name, "Bureau de l'association")));
    EXPECT_EQ(places->team_folders->front().free_bytes, std::nullopt);
    EXPECT_EQ(places->team_folders->back().free_bytes, 1000u);
    EXPECT_THAT(places->teams, Optional(ElementsAre("Comité")));
}

TEST_F(PlacesTest, WhatIsChosenIsWhereItGoes) {
    const auto id = reviewed();
    chosen(id, {{"Bureau", "Archives"}}, JobState::review);
    ItemQuery query;
    query.below = "Bureau";
    const auto items = bench.desk().items(person("alice"), id, query);
    ASSERT_TRUE(items);
    EXPECT_THAT(*items, ElementsAre(Field(&journal::Item::target, "Archives/note.txt")));
}

TEST_F(PlacesTest, APlanThatFailedCanBeChosenAnew) {
    const auto id = reviewed();
    const auto stopped = chosen(id, {{"Bureau", "Conseil"}}, JobState::stopped);
    EXPECT_EQ(stopped.stopped_by.value_or(Reason("")).code, codes::team_folder_missing);
    const auto places = bench.service->sharing().places(person("alice"), id);
    ASSERT_TRUE(places) << places.error().code;
    EXPECT_THAT(places->folders, testing::Contains("Bureau"));
    chosen(id, {}, JobState::review);
}

TEST(PlacesOfAPlainServer, AreTheOwnFilesAlone) {
    ServiceBench bench;
    bench.put("alice", "Association/Bureau/note.txt", "a");
    bench.open();
    auto job = bench.create("alice", "Association");
    ASSERT_TRUE(job);
    bench.wait_for("alice", job->id, JobState::review);
    const auto places = bench.service->sharing().places(person("alice"), job->id);
    ASSERT_TRUE(places) << places.error().code;
    EXPECT_EQ(places->team_folders.has_value(), false);
}

} // namespace
} // namespace passerelle::service
