// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "tests/exports/takeout.hpp"
#include "tests/unit/daemon/service/service_bench.hpp"

#include <gmock/gmock.h>

namespace passerelle::service {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Key;

/// The export of an association's Workspace, in its administrator's inbox: alice and bob, who share a folder with each
/// other and with somebody who left.
struct WorkspaceTest : testing::Test {
    WorkspaceTest() {
        exports::write_workspace(bench.folder / "inbox" / "admin" / "Association",
                                 {{"alice@example.org", takeout_of("Bureau", "bob@example.org")},
                                  {"bob@example.org", takeout_of("Fête", "alice@example.org")}});
        bench.open();
    }

    static exports::TakeoutBuilder takeout_of(const std::string& folder, const std::string& other) {
        exports::Sidecar shared;
        shared.permissions = {{.name = "Un autre", .email = other, .role = "writer"},
                              {.name = "Partie", .email = "partie@example.org", .role = "reader"}};
        exports::TakeoutBuilder takeout;
        takeout.folder("Drive/" + folder, shared).file("Drive/" + folder + "/note.txt", "bytes", shared);
        return takeout;
    }

    static JobOrder order_for(const std::string& user_id) {
        JobOrder order;
        order.parts = {{ExportPart::Place::inbox, "Association/" + user_id + "@example.org"}};
        order.user_id = order.login = user_id;
        order.app_password = Secret(user_id + "-password");
        order.choices.destination = "Ancien";
        order.workspace = Workspace{"Association", "admin"};
        return order;
    }

    JobId reviewed(const std::string& user_id) {
        auto job = bench.desk().create(administrator(), order_for(user_id));
        EXPECT_TRUE(job) << job.error().code;
        bench.wait_for(user_id, job->id, JobState::review);
        return job->id;
    }

    ServiceBench bench;
};

TEST_F(WorkspaceTest, EachAccountIsAMigrationOfItsOwnAlsoAfterARestart) {
    const auto exports = bench.desk().inbox(administrator(), "admin");
    ASSERT_TRUE(exports);
    ASSERT_EQ(exports->size(), 1u);
    ASSERT_EQ(exports->front().accounts.size(), 2u);
    EXPECT_EQ(exports->front().accounts[1].part.path, order_for("bob").parts[0].path);

    const auto alices = reviewed("alice"), bobs = reviewed("bob");
    bench.close();
    bench.open();
    for (const auto& [user, job, folder] :
         {std::tuple("alice", alices, "Ancien/Bureau"), std::tuple("bob", bobs, "Ancien/Fête")}) {
        const auto view = bench.desk().job(person(user), job);
        ASSERT_TRUE(view) << "whose files they are sees it";
        EXPECT_EQ(view->workspace, (Workspace{"Association", "admin"}));
        ASSERT_TRUE(bench.desk().start(administrator(), job, "")); // which reads the export again
        EXPECT_TRUE(bench.wait_for(user, job, JobState::finished).statement.adds_up());
        EXPECT_THAT(bench.server.tree(user), Contains(Key(std::string(folder) + "/note.txt")));
    }
}

TEST_F(WorkspaceTest, WhatIsDecidedAboutSomebodyHoldsForAllOfItsAccounts) {
    const auto alices = reviewed("alice"), bobs = reviewed("bob");
    const sharing::Principal gone{sharing::PrincipalKind::user, "partie@example.org", "Partie"};
    const auto decision_of_bobs = [&] {
        auto table = bench.service->sharing().people(administrator(), bobs);
        EXPECT_TRUE(table);
        for (const auto& one : table->people)
            if (one.match.principal.email == gone.email) return one.decision.kind;
        return sharing::DecisionKind::new_group;
    };
    EXPECT_EQ(decision_of_bobs(), sharing::DecisionKind::undecided);
    ASSERT_TRUE(
        bench.service->sharing().decide_people(administrator(), alices, {{gone, {sharing::DecisionKind::nobody, ""}}}));
    EXPECT_EQ(decision_of_bobs(), sharing::DecisionKind::nobody);
}

TEST_F(WorkspaceTest, NobodyElseReadsAnAdministratorsInbox) {
    auto order = order_for("bob");
    const auto refused = bench.desk().create(person("bob"), order);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, codes::service_not_yours);
    order.workspace.reset(); // and in the own inbox there is nothing of that name
    const auto unknown = bench.desk().create(person("bob"), order);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, codes::service_part_unknown);
    order = order_for("bob");
    order.parts[0].path = "../bob";
    const auto outside = bench.desk().create(administrator(), order);
    ASSERT_FALSE(outside);
    EXPECT_EQ(outside.error().code, codes::service_part_unknown);
    EXPECT_THAT(*bench.desk().jobs(administrator(), true), IsEmpty());
}

} // namespace
} // namespace passerelle::service
