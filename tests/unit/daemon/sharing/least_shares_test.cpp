// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/least_shares.hpp"

#include "core/reason_codes.hpp"
#include "sharing_kit.hpp"

#include <gtest/gtest.h>

namespace passerelle::sharing {
namespace {

const Recipient kAlice{RecipientKind::user, "alice"};
const Recipient kBob{RecipientKind::user, "bob"};
const Recipient kBoard{RecipientKind::group, "board"};
using Lines = std::vector<std::string>;

TreeNode folder(std::string path, std::vector<Held> held, bool complete = true) {
    return {std::move(path), true, complete, std::move(held)};
}
TreeNode file(std::string path, std::vector<Held> held, bool complete = true) {
    return {std::move(path), false, complete, std::move(held)};
}
Held may(const Recipient& who, Right right, bool download = true) {
    return {who, right, download};
}

/// "Budget/ alice 15"
Lines lines_of(const ShareSet& set) {
    Lines lines;
    for (const auto& share : set.shares)
        lines.push_back(share.path + (share.is_folder ? "/ " : " ") + share.recipient.id + " " +
                        std::to_string(share.permissions()) + (share.may_download ? "" : " no download"));
    return lines;
}

Lines remarks_of(const ShareSet& set) {
    Lines lines;
    for (const auto& remark : set.remarks)
        lines.push_back(remark.path + " " + remark.recipient.id + " " + remark.reason.code);
    return lines;
}

} // namespace

TEST(LeastShares, AFoldersShareCoversWhatLiesInIt) {
    const auto set = least_shares({folder("A", {may(kAlice, Right::edit)}), file("A/x", {may(kAlice, Right::edit)}),
                                   folder("A/B", {may(kAlice, Right::edit)}), file("A/B/y", {may(kAlice, Right::edit)}),
                                   file("z", {})});
    EXPECT_EQ(lines_of(set), Lines{"A/ alice 15"});
    EXPECT_TRUE(set.remarks.empty());
}

TEST(LeastShares, OnlyADifferenceIsSharedAgain) {
    const auto set = least_shares({folder("A", {may(kAlice, Right::view)}),
                                   folder("A/B", {may(kAlice, Right::edit), may(kBob, Right::manage)}),
                                   file("A/x", {may(kAlice, Right::comment), may(kBob, Right::edit)})});
    EXPECT_EQ(lines_of(set), (Lines{"A/ alice 1", "A/B/ alice 15", "A/B/ bob 31", "A/x bob 3"}));
    EXPECT_TRUE(set.remarks.empty());
}

TEST(LeastShares, NothingMoreIsGivenWhereSomethingBelowIsReserved) {
    const auto set =
        least_shares({folder("A", {may(kAlice, Right::edit)}), file("A/x", {may(kAlice, Right::edit)}),
                      folder("A/secret", {}), file("A/secret/y", {}), folder("A/C", {may(kAlice, Right::view)})});
    EXPECT_EQ(lines_of(set), (Lines{"A/C/ alice 1", "A/x alice 3"}));
    EXPECT_EQ(remarks_of(set), Lines{"A alice share.part_of_folder"});
}

TEST(LeastShares, ANodeWithoutAListIsAsItsFolder) {
    const auto set = least_shares({folder("A", {may(kAlice, Right::view)}), file("A/x", {}, false),
                                   folder("A/B", {may(kBob, Right::edit)}, false), file("A/B/y", {}, false)});
    EXPECT_EQ(lines_of(set), (Lines{"A/ alice 1", "A/B/ bob 15"}));
}

TEST(LeastShares, ALineOfATableCanTakeAway) {
    const auto set = least_shares({folder("A", {may(kAlice, Right::view)}, false), file("A/x", {}, false),
                                   file("A/y", {may(kAlice, Right::none)}, false)});
    EXPECT_EQ(lines_of(set), Lines{"A/x alice 1"});
    EXPECT_EQ(remarks_of(set), Lines{"A alice share.part_of_folder"});
}

TEST(LeastShares, TheGroupsShareIsEnough) {
    const std::vector<Membership> members{{kBoard, {kAlice}}};
    const std::vector<TreeNode> nodes{
        folder("A", {may(kBoard, Right::edit), may(kAlice, Right::view), may(kBob, Right::view)}),
        folder("A/B", {may(kBoard, Right::edit), may(kAlice, Right::manage), may(kBob, Right::view)})};
    EXPECT_EQ(lines_of(least_shares(nodes, members)), (Lines{"A/ bob 1", "A/ board 15", "A/B/ alice 31"}));
    EXPECT_EQ(lines_of(least_shares(nodes)), (Lines{"A/ alice 1", "A/ bob 1", "A/ board 15", "A/B/ alice 31"}));
}

TEST(LeastShares, WhoIsDeniedUnderAGroupIsSaid) {
    const auto set =
        least_shares({folder("A", {may(kBoard, Right::view)}, false), folder("A/B", {may(kAlice, Right::none)}, false)},
                     {{kBoard, {kAlice}}});
    EXPECT_EQ(lines_of(set), Lines{"A/ board 1"});
    EXPECT_EQ(remarks_of(set), Lines{"A/B alice share.denied_under_group"});
}

TEST(LeastShares, ViewWithoutDownload) {
    const std::vector<TreeNode> nodes{folder("A", {may(kAlice, Right::view, false)}),
                                      file("A/x", {may(kAlice, Right::view, false)}),
                                      file("A/y", {may(kAlice, Right::view)})};
    EXPECT_EQ(lines_of(least_shares(nodes)), (Lines{"A/ alice 1 no download", "A/y alice 1"}));
    const auto old = least_shares(nodes, {}, {.can_forbid_download = false});
    EXPECT_EQ(lines_of(old), Lines{"A/y alice 1"});
    EXPECT_EQ(remarks_of(old), Lines{"A alice share.download_not_forbidden"});
}

TEST(LeastShares, MergedFoldersGiveWhatAllAllow) {
    const auto set = least_shares({folder("A", {may(kAlice, Right::edit), may(kBob, Right::view)}),
                                   folder("A", {may(kAlice, Right::view)}), file("A/x", {}, false)});
    EXPECT_EQ(lines_of(set), Lines{"A/ alice 1"});
    EXPECT_EQ(remarks_of(set), (Lines{"A alice share.merged_folders", "A bob share.merged_folders"}));
}

TEST(LeastShares, ExpiryAndNoteTravel) {
    const std::chrono::sys_days soon(std::chrono::days(20'000)), later(std::chrono::days(21'000));
    const auto set = least_shares({folder("A", {{kAlice, Right::edit, true, soon, "Bonjour"}}),
                                   file("A/x", {{kAlice, Right::edit, true, soon, "Autre"}}),
                                   file("A/y", {{kAlice, Right::edit, true, later}})});
    ASSERT_EQ(set.shares.size(), 2u);
    EXPECT_EQ(set.shares[0], (Share{"A", true, kAlice, Right::edit, true, soon, "Bonjour"}));
    EXPECT_EQ(set.shares[1], (Share{"A/y", false, kAlice, Right::edit, true, later, ""}));
}

TEST(LeastShares, TwoAccessesOfDifferentLengthAtOnePlace) {
    const std::chrono::sys_days soon(std::chrono::days(20'000));
    const auto set = least_shares({file("x", {{kAlice, Right::edit, true, soon}, may(kAlice, Right::view)})});
    ASSERT_EQ(set.shares.size(), 1u);
    EXPECT_EQ(set.shares[0].expires, soon);
    EXPECT_EQ(remarks_of(set), Lines{"x alice share.less_than_before"});
}

TEST(LeastShares, AFolderOfUnknownAccessIsSharedOnlyOnRequest) {
    const std::vector<TreeNode> nodes{folder("A", {}, false), file("A/x", {may(kAlice, Right::edit)}),
                                      file("A/y", {may(kAlice, Right::view)}), folder("B", {}, false),
                                      file("B/z", {may(kAlice, Right::view)})};
    EXPECT_EQ(lines_of(least_shares(nodes)), (Lines{"A/x alice 3", "A/y alice 1", "B/z alice 1"}));
    const auto inferred = least_shares(nodes, {}, {.infer_unknown_folders = true});
    EXPECT_EQ(lines_of(inferred), (Lines{"A/ alice 1", "A/x alice 3", "B/z alice 1"}));
    EXPECT_EQ(remarks_of(inferred), Lines{"A alice share.folder_inferred"});
}

TEST(LeastShares, TheRootIsNeverShared) {
    const auto set =
        least_shares({folder("", {may(kAlice, Right::view)}), folder("A", {}, false), file("x", {}, false)});
    EXPECT_EQ(lines_of(set), (Lines{"A/ alice 1", "x alice 1"}));
    EXPECT_TRUE(least_shares({}).shares.empty());
}

TEST(LeastShares, ThousandsOfPeopleWithAFileEachCostNoMoreThanTheirFiles) {
    // By the whole tree for each of them this would be 10^10 steps.
    std::vector<TreeNode> nodes;
    for (int i = 0; i < 100'000; ++i)
        nodes.push_back(file("A/f" + std::to_string(i), {may({RecipientKind::user, std::to_string(i)}, Right::view)}));
    EXPECT_EQ(least_shares(nodes).shares.size(), 100'000u);
}

TEST(LeastShares, AVeryDeepTreeIsWalkedWithoutRecursion) {
    std::string path = "d";
    for (int depth = 0; depth < 2000; ++depth)
        path += "/d";
    const auto set = least_shares({folder("d", {may(kAlice, Right::view)}), file(path, {may(kAlice, Right::edit)})});
    EXPECT_EQ(set.shares.size(), 2u);
}

} // namespace passerelle::sharing
