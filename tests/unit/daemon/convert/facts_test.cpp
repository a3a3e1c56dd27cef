// SPDX-License-Identifier: AGPL-3.0-or-later
// The rules, whatever document the counts come from.
#include "core/reason_codes.hpp"
#include "daemon/convert/compare.hpp"
#include "daemon/convert/fonts.hpp"
#include "daemon/convert/only_faithful.hpp"
#include "daemon/convert/rules.hpp"
#include "tests/unit/daemon/convert/office_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::convert {
namespace {

using ::testing::IsEmpty;
using tests::gone;

TEST(Rules, EachFallsWhenItsFactIsGoneAndSaysWhy) {
    ASSERT_EQ(rules().size(), kFacts);
    for (const Rule& rule : rules()) {
        SCOPED_TRACE(rule.reason);
        EXPECT_FALSE(rule.why.empty());
        Census before;
        before.facts.add(rule.fact, 2);
        EXPECT_THAT(differences(before, before), IsEmpty());
        EXPECT_EQ(differences(before, {}), std::vector{gone(rule.reason, 2)});
        Census unknown;
        unknown.facts.set_unknown(rule.fact);
        EXPECT_THAT(differences(before, unknown), IsEmpty());
        EXPECT_THAT(differences(unknown, before), IsEmpty());
    }
}

TEST(Rules, OneLessIsMissedWhereEachCounts) {
    for (const Rule& rule : rules()) {
        Census before;
        Census after;
        before.facts.add(rule.fact, 2);
        after.facts.add(rule.fact, 1);
        EXPECT_EQ(differences(before, after).empty(), rule.holds == Holds::not_all_gone) << rule.reason;
        after.facts.add(rule.fact, 2);
        EXPECT_EQ(differences(before, after).empty(), rule.holds != Holds::same) << rule.reason;
    }
}

TEST(Metadata, WhatTheDocumentSaysOfItselfMustStay) {
    Census before;
    before.metadata = {.title = "Nos  statuts", .author = "Jeanne", .created = "2014-05-06T07:08:09"};
    Census after;
    after.metadata = {.title = "Nos statuts", .author = "Jeanne", .created = "2014-05-06T07:08:09", .language = "fr"};
    EXPECT_THAT(differences(before, after), IsEmpty());
    after.metadata.author.clear();
    after.metadata.created = "2026-05-06T07:08:09";
    const auto reasons = differences(before, after);
    EXPECT_EQ(reasons, std::vector{Reason(codes::convert_metadata_lost, {{"fields", "Jeanne, 2014-05-06T07:08:09"}})});
    EXPECT_EQ(verdict_of(reasons), VerdictKind::check);
}

TEST(Metadata, AMomentOfAnOldDocumentMayBeThatOfAnotherZone) {
    Census before;
    before.metadata = {.created = "2014-05-06T23:08:09", .in_other_zone = true};
    const auto compared = [&](const std::string& created) {
        Census after;
        after.metadata.created = created;
        return differences(before, after);
    };
    EXPECT_THAT(compared("2014-05-06T23:08:09"), IsEmpty());
    EXPECT_THAT(compared("2014-05-07T04:53:09"), IsEmpty()) << "Nepal";
    for (const std::string other : {"2014-05-07T04:53:10", "2014-05-08T23:08:09", "2014-05-06", ""})
        EXPECT_EQ(compared(other).size(), 1u) << other;
    before.metadata.in_other_zone = false;
    EXPECT_EQ(compared("2014-05-07T01:08:09").size(), 1u);
}

TEST(Fonts, AreMissedUnlessTheyOrTheirTwinsAreThere) {
    const std::set<std::string> asked = {"Passerelle Sans 93", "Liberation Sans", "arial", "Wingdings", ""};
    EXPECT_EQ(missing_fonts(asked), std::set<std::string>{"Passerelle Sans 93"});
    Census before;
    before.fonts = asked;
    const auto reasons = differences(before, {});
    EXPECT_EQ(reasons, std::vector{Reason(codes::convert_fonts_missing, {{"fonts", "Passerelle Sans 93"}})});
    EXPECT_EQ(verdict_of(reasons), VerdictKind::faithful);
}

TEST(LinkedPictures, AreToldAndAreNoDifference) {
    Census before;
    before.linked_pictures = 2;
    const auto reasons = differences(before, {});
    EXPECT_EQ(reasons, std::vector{Reason(codes::convert_linked_pictures, {{"count", "2"}})});
    EXPECT_EQ(verdict_of(reasons), VerdictKind::faithful);
}

TEST(OnlyFaithful, ADocumentToBeCheckedIsKeptAndItsResultRemoved) {
    const tests::TemporaryFolder folder;
    const auto output = folder.path() / "result.odt";
    const Reason order(codes::convert_order_differs);
    tests::write_file(output, "result");
    EXPECT_EQ(keep_unless_faithful({VerdictKind::faithful, {}, {}}, output).kind, VerdictKind::faithful);
    EXPECT_TRUE(std::filesystem::exists(output));
    const Verdict kept = keep_unless_faithful({VerdictKind::check, {order}, {}}, output);
    EXPECT_EQ(kept.kind, VerdictKind::kept);
    EXPECT_EQ(kept.reasons, (std::vector{Reason(codes::convert_only_faithful), order}));
    EXPECT_FALSE(std::filesystem::exists(output));
}

TEST(OnlyFaithful, OnlyACompleteComparisonMakesAnOriginalDispensable) {
    EXPECT_TRUE(is_surely_faithful({VerdictKind::faithful, {}, {}}));
    EXPECT_TRUE(is_surely_faithful({VerdictKind::faithful, {Reason(codes::convert_fonts_missing)}, {}}));
    EXPECT_FALSE(is_surely_faithful({VerdictKind::faithful, {Reason(codes::convert_less_certain)}, {}}));
    EXPECT_FALSE(is_surely_faithful({VerdictKind::faithful, {Reason(codes::convert_results_not_compared)}, {}}));
    EXPECT_FALSE(is_surely_faithful({VerdictKind::check, {}, {}}));
    EXPECT_FALSE(is_surely_faithful({VerdictKind::kept, {}, {}}));
}

TEST(Differences, AnOldFormatIsComparedWithLessCertainty) {
    Census before;
    before.is_certain = false;
    before.facts.add(Fact::comments, 2);
    Census after;
    after.facts.add(Fact::comments, 2);
    EXPECT_EQ(differences(before, after), std::vector{Reason(codes::convert_less_certain)});
    EXPECT_EQ(verdict_of(differences(before, after)), VerdictKind::faithful);
    EXPECT_EQ(verdict_of(differences(before, Census())), VerdictKind::check);
}

} // namespace
} // namespace passerelle::convert
