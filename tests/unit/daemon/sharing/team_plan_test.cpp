// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/team_plan.hpp"

#include "core/reason_codes.hpp"
#include "team_kit.hpp"

#include <ctime>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace passerelle::sharing {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Recipient kOwner{RecipientKind::user, "alice"};
const Recipient kBob{RecipientKind::user, "bob"};
const Recipient kCarol{RecipientKind::user, "carol"};
const Recipient kTeam{RecipientKind::group, "equipe"};

TeamRequest request_of(std::vector<TreeNode> nodes) {
    TeamRequest request;
    request.folder = {"Bureau", false};
    request.nodes = std::move(nodes);
    request.owner = kOwner;
    return request;
}
Recipient proposed(const std::string& name) {
    return {RecipientKind::new_group, name};
}

} // namespace

TEST(TeamPlan, AGroupIsLetInAndNothingElseIsNeeded) {
    auto request = request_of(
        {{"Bureau", true, true, {{kTeam, Right::edit}}}, {"Bureau/CR.txt", false, true, {{kTeam, Right::edit}}}});
    request.folder.owner_is_in = true;
    const auto plan = plan_team_folder(request);
    EXPECT_THAT(plan.groups, ElementsAre(TeamGroup{kTeam, 15}));
    EXPECT_THAT(plan.rules, IsEmpty());
    EXPECT_THAT(plan.shares.shares, IsEmpty());
    EXPECT_THAT(plan.shares.remarks, IsEmpty());
}

TEST(TeamPlan, PeopleComeInByAProposedGroupForEachRight) {
    const auto plan =
        plan_team_folder(request_of({{"Bureau", true, true, {{kBob, Right::edit}, {kCarol, Right::comment}}}}));
    EXPECT_THAT(plan.groups, ElementsAre(TeamGroup{proposed("Bureau (lecture)"), 1, {kCarol}},
                                         TeamGroup{proposed("Bureau (modification)"), 15, {kBob}},
                                         TeamGroup{proposed("Bureau (gestion)"), 31, {kOwner}}));
    EXPECT_THAT(plan.rules, IsEmpty());
}

TEST(TeamPlan, WhoIsInAGroupThatHasItNeedsNoOther) {
    auto request = request_of({{"Bureau", true, true, {{kTeam, Right::edit}, {kBob, Right::view}}}});
    request.folder.owner_is_in = true;
    request.memberships = {{kTeam, {kBob}}};
    EXPECT_THAT(plan_team_folder(request).groups, ElementsAre(TeamGroup{kTeam, 15}));
    request.memberships.clear();
    EXPECT_EQ(plan_team_folder(request).groups.size(), 2u) << "nobody told that bob is in it";
}

TEST(TeamPlan, ADifferenceBelowIsARule) {
    auto request = request_of({{"Bureau", true, true, {{kBob, Right::edit}, {kCarol, Right::edit}}},
                               {"Bureau/Conseil", true, true, {{kBob, Right::edit}, {kCarol, Right::view}}},
                               {"Bureau/Paie", true, true, {{kBob, Right::edit}}}});
    const auto plan = plan_team_folder(request);
    EXPECT_THAT(plan.rules, ElementsAre(TeamRule{"Bureau/Conseil", true, kCarol, 14, 0},
                                        TeamRule{"Bureau/Paie", true, kCarol, 1, 0}));
    EXPECT_THAT(plan.shares.shares, IsEmpty());
}

TEST(TeamPlan, WhoKeepsWhatAGroupLosesIsSaidSo) {
    auto request = request_of({{"Bureau", true, true, {{kBob, Right::edit}, {kTeam, Right::edit}}},
                               {"Bureau/Paie", true, true, {{kBob, Right::edit}, {kTeam, Right::view}}}});
    const auto plan = plan_team_folder(request);
    EXPECT_THAT(plan.rules, testing::UnorderedElementsAre(TeamRule{"Bureau/Paie", true, kTeam, 14, 0},
                                                          TeamRule{"Bureau/Paie", true, kBob, 14, 14},
                                                          TeamRule{"Bureau/Paie", true, kOwner, 14, 14}));
    EXPECT_EQ(team_permissions(plan, {kBob, kTeam}, "Bureau/Paie"), 15u);
}

TEST(TeamPlan, PartsAndOtherPeopleGetShares) {
    const Recipient outside{RecipientKind::email, "dehors@example.net"};
    auto request = request_of({{"Bureau", true, true, {{kTeam, Right::edit}, {outside, Right::view}}},
                               {"Bureau/Conseil", true, true, {{kTeam, Right::edit}, {kBob, Right::view}}}});
    const auto plan = plan_team_folder(request);
    EXPECT_EQ(plan.groups.size(), 2u) << "the group and the owner's";
    ASSERT_EQ(plan.shares.shares.size(), 1u);
    EXPECT_EQ(plan.shares.shares[0].path, "Bureau/Conseil");
    EXPECT_EQ(plan.shares.shares[0].recipient, kBob);
    EXPECT_THAT(plan.shares.remarks, ElementsAre(testing::Field(&Remark::recipient, outside)))
        << "a share of the folder would give the rest of it";
}

TEST(TeamPlan, WithoutDownloadOrForATimeIsAShare) {
    const std::chrono::sys_days day(std::chrono::days(30'000));
    auto request = request_of(
        {{"Bureau", true, true, {{kBob, Right::view, false}, {kCarol, Right::edit, true, day}, {kTeam, Right::view}}}});
    request.folder.owner_is_in = true;
    const auto plan = plan_team_folder(request);
    EXPECT_THAT(plan.groups, ElementsAre(TeamGroup{kTeam, 1}));
    ASSERT_EQ(plan.shares.shares.size(), 2u);
    EXPECT_FALSE(plan.shares.shares[0].may_download);
    EXPECT_EQ(plan.shares.shares[1].expires, day);
}

TEST(TeamPlan, MoreForATimeIsLostAndTold) {
    const std::chrono::sys_days day(std::chrono::days(30'000));
    const auto plan =
        plan_team_folder(request_of({{"Bureau", true, true, {{kBob, Right::view}, {kBob, Right::edit, true, day}}}}));
    ASSERT_EQ(plan.shares.remarks.size(), 1u);
    EXPECT_EQ(plan.shares.remarks[0].reason.code, codes::share_team_not_for_a_time);
    EXPECT_EQ(team_permissions(plan, {kBob}, "Bureau"), 1u);
}

/// A folder whose `count` folders below it each give one of 200 people less than it does.
TeamRequest narrowed_folders(int count) {
    std::vector<TreeNode> nodes{{"Bureau", true, true, {}}};
    for (int i = 0; i < 200; ++i)
        nodes.front().held.push_back({{RecipientKind::user, fmt::format("p{}", i)}, Right::edit});
    for (int i = 0; i < count; ++i) {
        TreeNode node{fmt::format("Bureau/d{}/e{}", i / 50, i), true, true, nodes.front().held};
        node.held[static_cast<std::size_t>(i) % 200].right = Right::view;
        nodes.push_back(std::move(node));
    }
    return request_of(std::move(nodes));
}

/// What planning costs this process: other work on the machine is none of the plan's.
std::clock_t cost_of_plan(int folders) {
    const auto request = narrowed_folders(folders);
    const auto start = std::clock();
    EXPECT_EQ(plan_team_folder(request).rules.size(), static_cast<std::size_t>(folders));
    return std::clock() - start;
}

/// How the cost grows is the same on a slow machine: eight times the folders cost 64 times as much where each is held
/// against each.
TEST(TeamPlan, ManyFoldersAndPeopleAreQuick) {
    std::clock_t few = 0;
    std::clock_t many = 0;
    for (int attempt = 0; attempt < 3; ++attempt) {
        few = cost_of_plan(700);
        many = cost_of_plan(5600);
        if (many < 24 * few) break;
    }
    EXPECT_LT(many, 24 * few);
}

} // namespace passerelle::sharing
