// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/differences.hpp"

#include "daemon/sharing/access_csv.hpp"
#include "daemon/sharing/share_plan.hpp"
#include "sharing_kit.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace passerelle::sharing {
namespace {

const auto kAlice = user("alice@ex.org");
const auto kBob = user("bob@ex.org");

std::vector<NodeAccess> random_export(Dice& dice) {
    std::vector<NodeAccess> nodes;
    std::vector<std::string> folders{""};
    for (std::size_t i = 0; i < 1 + dice.below(15); ++i) {
        const auto above = dice.one_of(folders);
        NodeAccess node{(above.empty() ? "" : above + "/") + fmt::format("n{}", i), dice.one_in(2), !dice.one_in(5)};
        for (const auto& who : {kAlice, kBob, group("Bureau"), Principal{PrincipalKind::anyone_with_link, {}, {}}}) {
            if (dice.one_in(2)) continue;
            Access access{who, static_cast<Right>(1 + dice.below(4)), !dice.one_in(4)};
            if (access.right == Right::comment) access.right = Right::view;
            if (dice.one_in(6)) access.expires = std::chrono::sys_days(std::chrono::days(dice.below(3)));
            node.accesses.push_back(access);
        }
        if (node.is_folder) folders.push_back(node.path);
        nodes.push_back(node);
        if (dice.one_in(8)) nodes.push_back(nodes[dice.below(nodes.size())]);
    }
    return nodes;
}

std::vector<Share> all_shares(const std::vector<NodeAccess>& nodes) {
    std::vector<Share> shares;
    for (auto& proposal : plan_shares({nodes, {}, {}, "owner"}).proposals)
        shares.push_back(proposal.share);
    return shares;
}

} // namespace

TEST(Differences, WhatEveryFileRepeatsIsSaidOnce) {
    const std::vector<Access> both{{kAlice, Right::edit}, {kBob, Right::view}};
    const auto found = differences_of({{"A/x", false, true, both},
                                       {"A", true, true, both},
                                       {"A/B", true, true, {{kAlice, Right::edit}}},
                                       {"A/B/y", false, true, {{kAlice, Right::view}, {kBob, Right::view}}},
                                       {"A/z", false, false, {}}});
    EXPECT_EQ(found, (std::vector<NodeAccess>{{"A", true, false, both},
                                              {"A/B", true, false, {{kBob, Right::none}}},
                                              {"A/B/y", false, false, {{kAlice, Right::view}, {kBob, Right::view}}}}));
}

TEST(Differences, NodesOfOnePathGiveWhatAllGive) {
    const auto found = differences_of({{"A", true, true, {{kAlice, Right::edit}, {kBob, Right::view}}},
                                       {"A", true, true, {{kAlice, Right::view, false}}}});
    EXPECT_EQ(found, (std::vector<NodeAccess>{{"A", true, false, {{kAlice, Right::view, false}}}}));
}

TEST(Differences, ATableOfThemGivesTheSameShares) {
    std::size_t shares = 0;
    for (unsigned seed = 0; seed < 2000; ++seed) {
        Dice dice(seed);
        const auto nodes = random_export(dice);
        std::vector<Place> tree;
        for (const auto& node : nodes)
            tree.push_back({node.path, node.is_folder});
        const auto list = read_access_csv(access_csv(differences_of(nodes), Language::french));
        ASSERT_TRUE(list.problems.empty());
        const auto placed = placed_on(tree, list.nodes);
        ASSERT_TRUE(placed.problems.empty());
        const auto before = all_shares(nodes);
        ASSERT_EQ(all_shares(placed.nodes), before) << "seed " << seed;
        shares += before.size();
    }
    EXPECT_GT(shares, 5000u);
}

TEST(Differences, WhatNamesNoPlaceIsSaid) {
    const auto placed = placed_on({{"A", true}, {"A/x", false}}, {{"/A/", false, false, {{kAlice, Right::view}}},
                                                                  {"B", true, false, {{kAlice, Right::view}}}});
    ASSERT_EQ(placed.nodes.size(), 2u);
    EXPECT_TRUE(placed.nodes[0].is_folder);
    EXPECT_EQ(placed.nodes[0].accesses.size(), 1u);
    EXPECT_EQ(codes_of(placed.problems), std::vector<std::string>{"share.path_unknown"});
}

} // namespace passerelle::sharing
