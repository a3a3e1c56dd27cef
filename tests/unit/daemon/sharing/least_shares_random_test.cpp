// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/least_shares.hpp"
#include "sharing_kit.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <tuple>

namespace passerelle::sharing {
namespace {

/// What somebody can do on one day, written down independently of the code under test: "v" view, "d" download, "e"
/// edit, "m" manage, each with a day in units of half a century.
using Powers = std::set<std::string>;
using Day = std::chrono::sys_days;

const std::vector<Day> kDays{Day(std::chrono::days(10)), Day(std::chrono::days(20)), Day(std::chrono::days(30))};

void add_powers(Powers& powers, Right right, bool download, std::optional<Day> expires) {
    if (right == Right::none) return;
    for (std::size_t day = 0; day <= kDays.size(); ++day) { // the last one stands for ever after
        if (expires && (day == kDays.size() || kDays[day] > *expires)) continue;
        const auto at = std::to_string(day);
        powers.insert("v" + at);
        if (download) powers.insert("d" + at);
        if (right >= Right::edit) powers.insert("e" + at);
        if (right >= Right::manage) powers.insert("m" + at);
    }
}

bool lies_in(const std::string& path, const std::string& folder) {
    return path == folder || path.starts_with(folder + "/");
}

struct World {
    std::vector<TreeNode> nodes;
    std::vector<Membership> groups;

    [[nodiscard]] std::vector<Recipient> identities(const Recipient& who) const {
        std::vector<Recipient> all{who};
        for (const auto& membership : groups)
            if (std::ranges::find(membership.members, who) != membership.members.end()) all.push_back(membership.group);
        return all;
    }
    [[nodiscard]] const TreeNode* above(const TreeNode& node) const {
        const auto slash = node.path.rfind('/');
        for (const auto& other : nodes)
            if (slash != std::string::npos && other.path == node.path.substr(0, slash)) return &other;
        return nullptr;
    }
    /// By the lists, for one identity.
    [[nodiscard]] Powers stated(const TreeNode& node, const Recipient& who) const {
        Powers powers;
        bool named = false;
        for (const auto& held : node.held)
            if (held.recipient == who) {
                named = true;
                add_powers(powers, held.right, held.may_download, held.expires);
            }
        if (named || node.complete) return powers;
        const auto* folder = above(node);
        return folder ? stated(*folder, who) : powers;
    }
    [[nodiscard]] Powers before(const TreeNode& node, const Recipient& who) const {
        Powers powers;
        for (const auto& identity : identities(who))
            powers.merge(stated(node, identity));
        return powers;
    }
    [[nodiscard]] Powers after(const TreeNode& node, const Recipient& who, const std::vector<Share>& shares,
                               const Share* without = nullptr) const {
        Powers powers;
        for (const auto& identity : identities(who))
            for (const auto& share : shares)
                if (&share != without && share.recipient == identity && lies_in(node.path, share.path))
                    add_powers(powers, share.right, share.may_download, share.expires);
        return powers;
    }
    /// What a share may give here at most: everything below allows it.
    [[nodiscard]] Powers safe(const TreeNode& node, const Recipient& who) const {
        auto powers = before(node, who);
        for (const auto& other : nodes)
            if (lies_in(other.path, node.path)) {
                const auto there = before(other, who);
                std::erase_if(powers, [&](const std::string& power) { return !there.contains(power); });
            }
        return powers;
    }
    [[nodiscard]] std::vector<Recipient> recipients() const {
        std::set<Recipient> all;
        for (const auto& node : nodes)
            for (const auto& held : node.held)
                all.insert(held.recipient);
        return {all.begin(), all.end()};
    }
};

/// With `growing` trees, whoever reaches a folder reaches what lies in it at least as well, as in Drive.
World random_world(Dice& dice, bool growing, bool dates) {
    World world;
    std::vector<Recipient> people;
    for (std::size_t i = 0; i < 1 + dice.below(4); ++i)
        people.push_back({RecipientKind::user, fmt::format("p{}", i)});
    if (!dates) // a person with two dates at one place cannot be given both
        for (std::size_t i = 0; i < dice.below(3); ++i) {
            Membership membership{{RecipientKind::group, fmt::format("g{}", i)}, {}};
            for (const auto& person : people)
                if (dice.one_in(2)) membership.members.push_back(person);
            world.groups.push_back(membership);
        }
    for (const auto& membership : world.groups)
        people.push_back(membership.group);
    std::vector<std::size_t> folders;
    for (std::size_t i = 0; i < 1 + dice.below(14); ++i) {
        const auto inside = folders.empty() || dice.one_in(4) ? -1 : static_cast<int>(dice.one_of(folders));
        const auto prefix = inside < 0 ? std::string() : world.nodes[static_cast<std::size_t>(inside)].path + "/";
        TreeNode node{prefix + fmt::format("n{}", i), !dice.one_in(3), growing || !dice.one_in(4)};
        for (const auto& person : people) {
            Held held{person, static_cast<Right>(dice.below(5)), !dice.one_in(3)};
            if (dates && dice.one_in(2)) held.expires = dice.one_of(kDays);
            if (held.right == Right::none && (node.complete || dice.one_in(2))) continue;
            if (growing && inside >= 0)
                for (const auto& above : world.nodes[static_cast<std::size_t>(inside)].held)
                    if (above.recipient == person) held = dice.one_in(3) ? Held{person, Right::manage} : above;
            node.held.push_back(held);
        }
        if (growing && inside >= 0) // whoever reaches the folder and was not drawn here
            for (const auto& above : world.nodes[static_cast<std::size_t>(inside)].held)
                if (std::ranges::find(node.held, above.recipient, &Held::recipient) == node.held.end())
                    node.held.push_back(above);
        if (node.is_folder) folders.push_back(world.nodes.size());
        world.nodes.push_back(std::move(node));
    }
    return world;
}

void expect_least(const World& world, const std::vector<Share>& shares) {
    for (const auto& share : shares) {
        bool changes = false;
        for (const auto& node : world.nodes)
            changes = changes ||
                      world.after(node, share.recipient, shares, &share) != world.after(node, share.recipient, shares);
        ASSERT_TRUE(changes) << share.path << " for " << share.recipient.id << " can be left out";
    }
}

} // namespace

TEST(LeastSharesRandom, AccessBeforeIsAccessAfter) {
    std::size_t shares = 0;
    for (unsigned seed = 0; seed < 3000; ++seed) {
        Dice dice(seed);
        const auto world = random_world(dice, true, dice.one_in(2));
        const auto set = least_shares(world.nodes, world.groups);
        shares += set.shares.size();
        for (const auto& who : world.recipients())
            for (const auto& node : world.nodes)
                ASSERT_EQ(world.after(node, who, set.shares), world.before(node, who))
                    << "seed " << seed << ", " << who.id << " at " << node.path;
        ASSERT_TRUE(set.remarks.empty()) << "seed " << seed << " " << set.remarks.front().reason.code;
        expect_least(world, set.shares);
    }
    EXPECT_GT(shares, 10'000u);
}

TEST(LeastSharesRandom, NeverMoreAndAsMuchAsNextcloudCan) {
    std::size_t less = 0, same = 0;
    for (unsigned seed = 0; seed < 3000; ++seed) {
        Dice dice(seed);
        const auto world = random_world(dice, false, dice.one_in(2));
        const auto set = least_shares(world.nodes, world.groups);
        for (const auto& who : world.recipients()) {
            bool short_somewhere = false;
            for (const auto& node : world.nodes) {
                const auto before = world.before(node, who);
                const auto after = world.after(node, who, set.shares);
                const auto stated = world.stated(node, who);
                ASSERT_TRUE(std::ranges::includes(before, after)) << "seed " << seed << " gives " << who.id << " more";
                const auto safe = world.safe(node, who);
                ASSERT_TRUE(std::ranges::includes(after, safe))
                    << "seed " << seed << " gives " << who.id << " less than it can at " << node.path;
                if (world.groups.empty()) {
                    ASSERT_EQ(after, safe) << "seed " << seed;
                }
                short_somewhere = short_somewhere || !std::ranges::includes(after, stated);
                ++(after == before ? same : less);
            }
            const bool said = std::ranges::any_of(set.remarks, [&](const Remark& remark) {
                return remark.recipient == who && remark.reason.code == "share.part_of_folder";
            });
            ASSERT_EQ(said, short_somewhere) << "seed " << seed << ", " << who.id;
        }
        expect_least(world, set.shares);
    }
    EXPECT_GT(less, 1000u);
    EXPECT_GT(same, 10'000u);
}

} // namespace passerelle::sharing
