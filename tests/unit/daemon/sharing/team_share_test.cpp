// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/team_share.hpp"

#include "core/reason_codes.hpp"

#include <gtest/gtest.h>

namespace passerelle::sharing {
namespace {

Recipient person(const std::string& id) {
    return {RecipientKind::user, id};
}
const Recipient kOwner = person("alice");
const Recipient kTeam{RecipientKind::new_team, "Le bureau"};

Share share(const std::string& path, const Recipient& recipient, Right right = Right::edit) {
    return {.path = path, .is_folder = true, .recipient = recipient, .right = right};
}

struct TeamShares : ::testing::Test {
    ShareSet set;
    std::vector<Membership> members;

    void gather(std::optional<std::vector<std::string>> inside = {}) {
        gather_into_team({"Drive/Bureau", "Le bureau", std::move(inside)}, kOwner, set, members);
    }
    [[nodiscard]] std::vector<std::string> remarks() const {
        std::vector<std::string> codes;
        for (const auto& remark : set.remarks)
            codes.push_back(remark.reason.code);
        return codes;
    }
};

} // namespace

TEST_F(TeamShares, MostPeopleOfOneAccessAreTheTeam) {
    set.shares = {share("Drive/Bureau", person("bob")), share("Drive/Bureau", person("carol")),
                  share("Drive/Bureau", person("dora"), Right::view), share("Drive/Bureau/Paie", person("dora"))};
    gather();
    EXPECT_EQ(set.shares, (std::vector{share("Drive/Bureau", kTeam), share("Drive/Bureau", person("dora"), Right::view),
                                       share("Drive/Bureau/Paie", person("dora"))}));
    ASSERT_EQ(members.size(), 1u);
    EXPECT_EQ(members[0].members, (std::vector{person("bob"), person("carol")}));
    EXPECT_TRUE(set.remarks.empty());
}

TEST_F(TeamShares, OfTwoAsCommonTheLesserSoThatNobodyGetsMore) {
    set.shares = {share("Drive/Bureau", person("bob")), share("Drive/Bureau", person("dora"), Right::view)};
    gather();
    EXPECT_EQ(set.shares,
              (std::vector{share("Drive/Bureau", kTeam, Right::view), share("Drive/Bureau", person("bob"))}));
}

TEST_F(TeamShares, GroupsAndOtherFoldersKeepTheirShares) {
    const Recipient group{RecipientKind::group, "choeur"};
    set.shares = {share("Drive/Bureau", group), share("Drive/Bureau", person("bob")),
                  share("Drive/Ailleurs", person("bob"))};
    gather();
    EXPECT_EQ(set.shares, (std::vector{share("Drive/Bureau", group), share("Drive/Bureau", kTeam),
                                       share("Drive/Ailleurs", person("bob"))}));
}

TEST_F(TeamShares, NoTeamIsMadeForNobody) {
    set.shares = {share("Drive/Bureau/Paie", person("dora"))};
    const auto before = set.shares;
    gather();
    EXPECT_EQ(set.shares, before);
    EXPECT_TRUE(members.empty());
    EXPECT_EQ(remarks(), std::vector<std::string>{std::string(codes::share_team_empty)});
}

TEST_F(TeamShares, OneThatStoodThereGetsTheFolderAndTakesNobodyIn) {
    set.shares = {share("Drive/Bureau", person("bob")), share("Drive/Bureau", person("carol"))};
    gather({{"alice", "bob", "dora"}});
    EXPECT_EQ(set.shares, (std::vector{share("Drive/Bureau", kTeam), share("Drive/Bureau", person("carol"))}));
    EXPECT_TRUE(members.empty());
    ASSERT_EQ(remarks(), std::vector<std::string>{std::string(codes::share_team_members_also)});
    EXPECT_EQ(set.remarks[0].reason.parameters.back().second, "dora") << "not the owner, not who had it";
}

TEST_F(TeamShares, OneThatStoodThereMayHaveItThoughNobodyHadAnything) {
    gather({{"alice", "bob"}});
    EXPECT_EQ(set.shares, std::vector{share("Drive/Bureau", kTeam)});
    EXPECT_EQ(remarks(), std::vector<std::string>{std::string(codes::share_team_members_also)});
}

TEST_F(TeamShares, NoneIsMadeForTwo) {
    members = {{kTeam, {person("eve")}}};
    set.shares = {share("Drive/Bureau", person("bob"))};
    const auto before = set.shares;
    gather();
    EXPECT_EQ(set.shares, before) << "eve's Team would let bob see what eve sees";
    EXPECT_EQ(remarks(), std::vector<std::string>{std::string(codes::share_team_name_taken)});
}

} // namespace passerelle::sharing
