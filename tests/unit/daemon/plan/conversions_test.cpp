// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/plan/conversions.hpp"

#include "core/reason_codes.hpp"
#include "tests/unit/daemon/plan/plan_kit.hpp"

#include <gmock/gmock.h>

namespace passerelle::plan {

TEST(Conversions, EachFamilyHasItsForm) {
    const ConvertChoice all;
    for (const auto* name : {"a.doc", "a.docx", "a.rtf", "A.DOCX"})
        EXPECT_EQ(conversion_of(name, all), "odt") << name;
    for (const auto* name : {"a.xls", "a.xlsx"})
        EXPECT_EQ(conversion_of(name, all), "ods") << name;
    for (const auto* name : {"a.ppt", "a.pptx"})
        EXPECT_EQ(conversion_of(name, all), "odp") << name;
    for (const auto* name : {"a.odt", "a.dot", "a.xlt", "a.potx", "a.pps", "a.docm", "a.csv", "docx", ".docx",
                             "~$a.docx", "._a.docx", "a.docx.pdf"})
        EXPECT_FALSE(conversion_of(name, all)) << name;
}

TEST(Conversions, AFamilyThatWasNotChosenStays) {
    EXPECT_FALSE(conversion_of("a.docx", {false, true, true}));
    EXPECT_FALSE(conversion_of("a.xls", {true, false, true}));
    EXPECT_FALSE(conversion_of("a.pptx", {true, true, false}));
    EXPECT_TRUE(keeps_macros("a.XLSM", {}));
    EXPECT_FALSE(keeps_macros("a.xlsm", {true, false, true}));
}

TEST(Conversions, OriginalsLieInAMirroredTree) {
    const auto plan = plan_of(inventory({"Bureau/", "Bureau/PV.docx"}));
    const auto& document = plan.items[1];
    EXPECT_EQ(document.action, Action::convert);
    EXPECT_EQ(document.target, "Bureau/PV.odt");
    EXPECT_EQ(document.kept_target, "Bureau/PV.docx");
    EXPECT_EQ(document.original_target, "Originaux/Bureau/PV.docx");
    EXPECT_TRUE(document.reasons.empty());
    EXPECT_THAT(codes_of(plan.reasons), testing::ElementsAre(codes::plan_originals_tree));
}

TEST(Conversions, TheTreeSpeaksThePersonsLanguageAndLiesInTheDestination) {
    Choices choices;
    choices.language = Language::english;
    choices.destination = "Import";
    EXPECT_EQ(plan_of(inventory({"a.xls"}), choices).items[0].original_target, "Import/Originals/a.xls");
}

TEST(Conversions, OriginalsBesideAreWhereAKeptOneWouldBe) {
    Choices choices;
    choices.originals = Originals::beside;
    const auto plan = plan_of(inventory({"Bureau/", "Bureau/PV.docx"}), choices);
    EXPECT_EQ(plan.items[1].original_target, "Bureau/PV.docx");
    EXPECT_EQ(plan.items[1].kept_target, "Bureau/PV.docx");
    EXPECT_TRUE(plan.reasons.empty());
}

TEST(Conversions, DiscardedOriginalsStillHaveAPlaceForDoubtfulVerdicts) {
    Choices choices;
    choices.originals = Originals::discard;
    const auto plan = plan_of(inventory({"a.ppt"}), choices);
    EXPECT_EQ(plan.items[0].original_target, "Originaux/a.ppt");
    EXPECT_TRUE(plan.reasons.empty());
}

TEST(Conversions, AnExportThatHasAFolderOfThatNameKeepsIt) {
    const auto plan = plan_of(inventory({"originaux/", "originaux/x.odt", "a.doc"}));
    EXPECT_EQ(plan.items[0].target, "originaux");
    EXPECT_EQ(plan.items[2].original_target, "Originaux (2)/a.doc");
}

TEST(Conversions, TheTreeOfAnEarlierJobIsUsedAgain) {
    MemoryTarget target;
    target.add_file("Originaux/a.doc", 5);
    const auto plan = plan_of(inventory({"a.doc"}), {}, target);
    EXPECT_EQ(plan.items[0].original_target, "Originaux/a (2).doc");
    EXPECT_EQ(plan.items[0].target, "a (2).odt");
    EXPECT_THAT(codes_of(plan.items[0].reasons), testing::ElementsAre(codes::target_exists_beside));
    EXPECT_THAT(target.asked, testing::UnorderedElementsAre("", "Originaux"));
}

TEST(Conversions, AFileCalledLikeTheTreeIsLeftAlone) {
    MemoryTarget target;
    target.add_file("Originaux", 5);
    EXPECT_EQ(plan_of(inventory({"a.doc"}), {}, target).items[0].original_target, "Originaux (2)/a.doc");
}

TEST(Conversions, DocumentsThatBecomeTheSameFileAreNumberedTogether) {
    const auto plan = plan_of(inventory({"PV.doc", "PV.docx", "PV.odt"}));
    EXPECT_EQ(plan.items[2].target, "PV.odt") << "what needs no conversion keeps its name";
    EXPECT_EQ(plan.items[0].target, "PV (2).odt");
    EXPECT_EQ(plan.items[0].kept_target, "PV (2).doc");
    EXPECT_EQ(plan.items[0].original_target, "Originaux/PV (2).doc");
    EXPECT_EQ(plan.items[1].target, "PV (3).odt");
    EXPECT_EQ(plan.items[1].original_target, "Originaux/PV (3).docx");
    ASSERT_THAT(codes_of(plan.items[1].reasons), testing::ElementsAre(codes::name_duplicate));
    EXPECT_EQ(parameter(plan.items[1].reasons[0], "before"), "PV.odt");
    EXPECT_EQ(parameter(plan.items[1].reasons[0], "after"), "PV (3).odt");
}

TEST(Conversions, MacrosAndEmptyFilesTravelAsTheyAre) {
    auto made = inventory({"Compta.xlsm", "vide.docx"});
    made.items[1].size = 0;
    const auto plan = plan_of(made);
    EXPECT_EQ(plan.items[0].action, Action::upload);
    EXPECT_THAT(codes_of(plan.items[0].reasons), testing::ElementsAre(codes::convert_macros));
    EXPECT_EQ(plan.items[1].action, Action::upload);
    EXPECT_TRUE(plan_of(made, unconverted()).items[0].reasons.empty());
}

} // namespace passerelle::plan
