// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/team_plan.hpp"
#include "sharing_kit.hpp"
#include "team_kit.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <set>

namespace passerelle::sharing {
namespace {

using Day = std::chrono::sys_days;
constexpr Day kDay{std::chrono::days(20)};

/// "v" view, "d" download, "e" edit, "m" manage, each with 0 (until the day) and 1 (for ever after).
using Powers = std::set<std::string>;

void add_powers(Powers& powers, Right right, bool download, bool for_a_time) {
    if (right == Right::none) return;
    for (const char* when : {"0", "1"}) {
        if (for_a_time && *when == '1') continue;
        powers.insert(std::string("v") + when);
        if (download) powers.insert(std::string("d") + when);
        if (right >= Right::edit) powers.insert(std::string("e") + when);
        if (right >= Right::manage) powers.insert(std::string("m") + when);
    }
}

bool lies_in(const std::string& path, const std::string& folder) {
    return path == folder || path.starts_with(folder + "/");
}

struct World {
    TeamRequest request;
    std::vector<Membership> groups; ///< as they really are; the request knows some of them
    std::vector<Recipient> people;

    [[nodiscard]] std::vector<Recipient> identities(const Recipient& who) const {
        std::vector<Recipient> all{who};
        for (const auto& membership : groups)
            if (std::ranges::find(membership.members, who) != membership.members.end()) all.push_back(membership.group);
        return all;
    }
    [[nodiscard]] Powers stated(const TreeNode& node, const Recipient& who) const {
        Powers powers;
        bool named = false;
        for (const auto& held : node.held)
            if (held.recipient == who) {
                named = true;
                add_powers(powers, held.right, held.may_download, held.expires.has_value());
            }
        if (named || node.complete) return powers;
        for (const auto& other : request.nodes)
            if (node.path.starts_with(other.path + "/") &&
                node.path.find('/', other.path.size() + 1) == std::string::npos)
                return stated(other, who);
        return powers;
    }
    [[nodiscard]] Powers before(const TreeNode& node, const std::vector<Recipient>& who) const {
        Powers powers;
        for (const auto& identity : who)
            powers.merge(stated(node, identity));
        return powers;
    }
    [[nodiscard]] Powers after(const TreeNode& node, const std::vector<Recipient>& who,
                               const TeamFolderPlan& plan) const {
        Powers powers;
        const auto bits = team_permissions(plan, who, node.path);
        if ((bits & 1) != 0) add_powers(powers, Right::view, true, false);
        if ((bits & 2) != 0) add_powers(powers, Right::edit, true, false);
        if ((bits & 16) != 0) add_powers(powers, Right::manage, true, false);
        for (const auto& share : plan.shares.shares)
            if (std::ranges::find(who, share.recipient) != who.end() && lies_in(node.path, share.path))
                add_powers(powers, share.right, share.may_download, share.expires.has_value());
        return powers;
    }
};

World random_world(Dice& dice, bool peculiar) {
    World world;
    world.request.folder = {"Bureau", dice.one_in(2)};
    world.request.owner = {RecipientKind::user, "owner"};
    for (std::size_t i = 0; i < 1 + dice.below(4); ++i)
        world.people.push_back({RecipientKind::user, fmt::format("p{}", i)});
    for (std::size_t i = 0; i < dice.below(4); ++i) {
        Membership membership{{dice.one_in(3) ? RecipientKind::new_group : RecipientKind::group, fmt::format("g{}", i)},
                              {}};
        for (const auto& person : world.people)
            if (dice.one_in(2)) membership.members.push_back(person);
        world.groups.push_back(membership);
        if (dice.one_in(2)) world.request.memberships.push_back(membership);
    }
    auto everybody = world.people;
    for (const auto& membership : world.groups)
        everybody.push_back(membership.group);
    if (peculiar) everybody.push_back({RecipientKind::email, "dehors@example.net"});
    std::vector<std::string> folders{"Bureau"};
    for (std::size_t i = 0; i < 1 + dice.below(9); ++i) {
        TreeNode node{i == 0 ? "Bureau" : fmt::format("{}/n{}", dice.one_of(folders), i), i == 0 || !dice.one_in(3),
                      i == 0 || dice.one_in(2)};
        for (const auto& somebody : everybody) {
            if (dice.one_in(i == 0 ? 4 : 2)) continue;
            Held held{somebody, static_cast<Right>(dice.below(5))};
            if (peculiar && dice.one_in(5)) held.may_download = false;
            if (peculiar && dice.one_in(5)) held.expires = kDay;
            if (held.right != Right::none || !node.complete) node.held.push_back(held);
        }
        if (node.is_folder && i > 0) folders.push_back(node.path);
        world.request.nodes.push_back(std::move(node));
    }
    return world;
}

/// Everything, for a failure's message.
std::string told(const World& world, const TeamFolderPlan& plan) {
    std::string text = "\n";
    for (const auto& node : world.request.nodes) {
        text += fmt::format("{}{} {}:", node.path, node.is_folder ? "/" : "", node.complete ? "complete" : "partial");
        for (const auto& held : node.held)
            text += fmt::format(" {}={}{}{}", held.recipient.id, static_cast<int>(held.right),
                                held.may_download ? "" : "-", held.expires ? "t" : "");
        text += "\n";
    }
    for (const auto& membership : world.groups)
        for (const auto& member : membership.members)
            text += fmt::format("{} in {}\n", member.id, membership.group.id);
    for (const auto& group : plan.groups)
        text += fmt::format("group {} {}\n", group.group.id, group.permissions);
    for (const auto& rule : plan.rules)
        text += fmt::format("rule {} {} {}/{}\n", rule.path, rule.who.id, rule.permissions, rule.mask);
    for (const auto& share : plan.shares.shares)
        text += fmt::format("share {} {} {}\n", share.path, share.recipient.id, static_cast<int>(share.right));
    for (const auto& remark : plan.shares.remarks)
        text += fmt::format("remark {} {} {}\n", remark.path, remark.recipient.id, remark.reason.code);
    return text;
}

bool is_told(const TeamFolderPlan& plan, const std::vector<Recipient>& who) {
    return std::ranges::any_of(plan.shares.remarks, [&](const Remark& remark) {
        return std::ranges::find(who, remark.recipient) != who.end();
    });
}

/// Everybody who could be: each alone, and each with a group.
std::vector<std::vector<Recipient>> possible(const TeamFolderPlan& plan) {
    std::set<Recipient> known;
    for (const auto& rule : plan.rules)
        known.insert(rule.who);
    for (const auto& group : plan.groups)
        if (group.members.empty()) known.insert(group.group);
    std::vector<std::vector<Recipient>> all;
    for (const auto& one : known) {
        all.push_back({one});
        for (const auto& other : known)
            if (other < one && (one.kind != RecipientKind::user || other.kind != RecipientKind::user))
                all.push_back({one, other});
    }
    return all;
}

void expect_least(const World& world, const TeamFolderPlan& plan, unsigned seed) {
    const auto everybody = possible(plan);
    for (std::size_t i = 0; i < plan.rules.size(); ++i)
        for (unsigned bit = 1; bit < 32; bit *= 2) {
            if ((plan.rules[i].mask & bit) == 0) continue;
            auto without = plan;
            without.rules[i].mask &= ~bit;
            const bool changes = std::ranges::any_of(everybody, [&](const auto& who) {
                return std::ranges::any_of(world.request.nodes, [&](const TreeNode& node) {
                    return team_permissions(plan, who, node.path) != team_permissions(without, who, node.path);
                });
            });
            ASSERT_TRUE(changes) << "seed " << seed << ": bit " << bit << " of " << plan.rules[i].who.id << " at "
                                 << plan.rules[i].path << " can be left out" << told(world, plan);
        }
}

} // namespace

TEST(TeamPlanRandom, AccessBeforeIsAccessAfter) {
    std::size_t rules = 0, shares = 0;
    for (unsigned seed = 0; seed < 4000; ++seed) {
        Dice dice(seed);
        const auto world = random_world(dice, false);
        const auto plan = plan_team_folder(world.request);
        rules += plan.rules.size();
        shares += plan.shares.shares.size();
        for (const auto& person : world.people) {
            const auto who = world.identities(person);
            // A folder that somebody reached only in pieces is shared in pieces.
            const bool pieces = std::ranges::any_of(plan.shares.remarks, [&](const Remark& remark) {
                return remark.reason.code == "share.part_of_folder";
            });
            for (const auto& node : world.request.nodes) {
                const auto before = world.before(node, who), after = world.after(node, who, plan);
                ASSERT_TRUE(std::ranges::includes(before, after))
                    << "seed " << seed << " gives " << person.id << " more at " << node.path << told(world, plan);
                if (!pieces) {
                    ASSERT_EQ(after, before)
                        << "seed " << seed << ", " << person.id << " at " << node.path << told(world, plan);
                }
                const auto bits = team_permissions(plan, who, node.path);
                ASSERT_TRUE(!node.is_folder || bits == 0 || bits == 1 || bits == 15 || bits == 31) << bits;
            }
        }
        expect_least(world, plan, seed);
        if (HasFatalFailure()) return;
    }
    EXPECT_GT(rules, 10'000u);
    EXPECT_GT(shares, 1'000u);
}

TEST(TeamPlanRandom, TheOwnerKeepsEverythingWhateverGroupTheyAreIn) {
    for (unsigned seed = 0; seed < 1000; ++seed) {
        Dice dice(seed);
        auto world = random_world(dice, true);
        world.request.folder.owner_is_in = false;
        const auto plan = plan_team_folder(world.request);
        for (const auto& node : world.request.nodes) {
            ASSERT_EQ(team_permissions(plan, {world.request.owner}, node.path), 31u) << "seed " << seed;
            for (const auto& membership : world.groups)
                ASSERT_EQ(team_permissions(plan, {world.request.owner, membership.group}, node.path), 31u)
                    << "seed " << seed << " with " << membership.group.id << " at " << node.path;
        }
    }
}

TEST(TeamPlanRandom, NeverMoreAndWhatIsLostIsTold) {
    std::size_t lost = 0;
    for (unsigned seed = 0; seed < 3000; ++seed) {
        Dice dice(seed);
        const auto world = random_world(dice, true);
        const auto plan = plan_team_folder(world.request);
        for (const auto& person : world.people) {
            const auto who = world.identities(person);
            for (const auto& node : world.request.nodes) {
                const auto before = world.before(node, who), after = world.after(node, who, plan);
                ASSERT_TRUE(std::ranges::includes(before, after))
                    << "seed " << seed << " gives " << person.id << " more at " << node.path << told(world, plan);
                if (before == after) continue;
                ++lost;
                ASSERT_TRUE(is_told(plan, who))
                    << "seed " << seed << ", " << person.id << " at " << node.path << told(world, plan);
            }
        }
        expect_least(world, plan, seed);
        if (HasFatalFailure()) return;
    }
    EXPECT_GT(lost, 100u);
}

} // namespace passerelle::sharing
