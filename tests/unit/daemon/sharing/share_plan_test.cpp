// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/share_plan.hpp"

#include "sharing_kit.hpp"

#include <ctime>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <iostream>

namespace passerelle::sharing {
namespace {

using Lines = std::vector<std::string>;
const Directory kDirectory{{{"me", "me@ex.org", "Moi"}, {"alice", "alice@ex.org", "Alice"}}, {{"bureau", "Bureau"}}};
/// Two seconds are promised on a quiet machine; this only has to fail where each folder is held against each.
constexpr long kMostMilliseconds = 20'000;
const Principal kLink{PrincipalKind::anyone_with_link, {}, {}};

ShareRequest request_for(std::vector<NodeAccess> nodes) {
    ShareRequest request{std::move(nodes), {}, {}, "me", {"moi@gmail.com"}};
    for (auto& match : match_people(principals_of(request.nodes), kDirectory))
        request.people.push_back({std::move(match)});
    return request;
}

Lines lines_of(const std::vector<Share>& shares) {
    Lines lines;
    for (const auto& share : shares)
        lines.push_back(share.path + " " + share.recipient.id + " " + std::to_string(share.permissions()));
    return lines;
}

Lines lines_of(const std::vector<Proposal>& proposals) {
    Lines lines;
    for (const auto& proposal : proposals)
        lines.push_back(proposal.share.path + " " + proposal.share.recipient.id + " " + proposal.reason.code);
    return lines;
}

} // namespace

TEST(SharePlan, OnlyWhoIsFoundOrDecidedOnGetsAShare) {
    auto request = request_for({{"A",
                                 true,
                                 true,
                                 {{user("me@ex.org"), Right::manage},
                                  {user("moi@gmail.com"), Right::manage},
                                  {user("alice@ex.org"), Right::edit},
                                  {user("Alice+x@ex.org"), Right::edit},
                                  {user("x@out.org"), Right::view},
                                  {user("y@out.org"), Right::view},
                                  {group("bureau"), Right::view},
                                  {domain("ex.org"), Right::view},
                                  {kLink, Right::view},
                                  {Principal{PrincipalKind::anyone, {}, {}}, Right::view}}},
                                {"A/x", false, true, {{kLink, Right::view}, {user("alice@ex.org"), Right::edit}}}});
    ASSERT_TRUE(decide(request.people, {{user("y@out.org"), {DecisionKind::nobody}}}, kDirectory).empty());
    request.nodes[1].accesses = request.nodes[0].accesses;
    const auto plan = plan_shares(request);
    EXPECT_EQ(lines_of(plan.shares), (Lines{"A alice 15", "A bureau 1"}));
    EXPECT_EQ(lines_of(plan.proposals), (Lines{"A alice+x@ex.org share.undecided", "A x@out.org share.undecided",
                                               "A ex.org share.domain_proposed", "A anyone share.public_proposed",
                                               "A link share.link_proposed"}));
    EXPECT_TRUE(plan.remarks.empty());
}

TEST(SharePlan, TwoAddressesOfOneAccountAreOnePerson) {
    auto request =
        request_for({{"A", true, true, {{user("alice@ex.org"), Right::view}, {user("a@old.org"), Right::edit}}}});
    ASSERT_TRUE(decide(request.people, {{user("a@old.org"), {DecisionKind::account, "alice"}}}, kDirectory).empty());
    EXPECT_EQ(lines_of(plan_shares(request).shares), Lines{"A alice 15"});
}

TEST(SharePlan, SomebodyWhoIsNotInTheTableIsUndecided) {
    auto request = request_for({{"A", true, true, {{user("alice@ex.org"), Right::view}}}});
    request.people.clear();
    const auto plan = plan_shares(request);
    EXPECT_TRUE(plan.shares.empty());
    EXPECT_EQ(lines_of(plan.proposals), Lines{"A alice@ex.org share.undecided"});
}

TEST(SharePlan, AGroupThatIsCreatedHasItsKnownMembers) {
    const auto choir = group("Chœur", "choeur@ex.org"), altos = group("", "altos@ex.org");
    auto request =
        request_for({{"A",
                      true,
                      true,
                      {{choir, Right::edit}, {user("alice@ex.org"), Right::view}, {user("x@out.org"), Right::view}}}});
    ASSERT_TRUE(decide(request.people, {{choir, {DecisionKind::new_group, ""}}}, kDirectory).empty());
    // Two groups that hold each other must not be walked for ever.
    const std::vector<GoogleGroup> groups{{choir, {altos, user("x@out.org")}, {}},
                                          {altos, {user("alice@ex.org"), choir}, {}}};
    request.memberships = new_memberships(groups, request.people).memberships;
    ASSERT_EQ(request.memberships.size(), 1u);
    EXPECT_EQ(request.memberships[0].members, (std::vector<Recipient>{{RecipientKind::user, "alice"}}));
    EXPECT_EQ(lines_of(plan_shares(request).shares), Lines{"A Chœur 15"});
}

/// A large association: 5,000 folders, 200 people and 10 groups on each of them.
TEST(SharePlan, FiveThousandFoldersAndTwoHundredPeople) {
    Dice dice(1);
    Directory directory;
    std::vector<Access> everybody;
    for (int person = 0; person < 200; ++person) {
        const auto id = fmt::format("person{}", person);
        directory.accounts.push_back({id, id + "@ex.org", id});
        everybody.push_back({user(id + "@ex.org"), Right::view});
    }
    ShareRequest request;
    for (int number = 0; number < 10; ++number) {
        const auto id = fmt::format("group{}", number);
        directory.groups.push_back({id, id});
        everybody.push_back({group(id), Right::view});
        request.memberships.push_back({{RecipientKind::group, id}, {}});
        for (int member = 0; member < 20; ++member)
            request.memberships.back().members.push_back(
                {RecipientKind::user, fmt::format("person{}", dice.below(200))});
    }
    for (int number = 0; number < 5000; ++number) {
        const auto above = number < 20 ? std::string() : dice.one_of(request.nodes).path + "/";
        request.nodes.push_back({above + fmt::format("folder{}", number), true, true, everybody});
        for (int change = 0; change < 5; ++change)
            request.nodes.back().accesses[dice.below(210)].right = dice.one_in(2) ? Right::edit : Right::manage;
    }
    const auto start = std::clock(); // of this process: other work on the machine is none of the plan's
    for (auto& match : match_people(principals_of(request.nodes), directory))
        request.people.push_back({std::move(match)});
    const auto plan = plan_shares(request);
    const auto milliseconds = (std::clock() - start) * 1000 / CLOCKS_PER_SEC;
    std::cout << "5,000 folders, 200 people, 10 groups: " << plan.shares.size() << " shares in " << milliseconds
              << " ms of processor time\n";
    RecordProperty("milliseconds", static_cast<int>(milliseconds));
    EXPECT_GT(plan.shares.size(), 10'000u);
    EXPECT_TRUE(plan.proposals.empty());
    EXPECT_LT(milliseconds, kMostMilliseconds);
}

} // namespace passerelle::sharing
