// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/units.hpp"
#include "tests/unit/daemon/plan/plan_kit.hpp"

#include <gtest/gtest.h>

namespace passerelle::plan {

TEST(Space, ConvertedDocumentsCountTwice) {
    const auto plan = plan_of(inventory_of({item("a.txt", 1000), item("b.docx", 100 * kKiB), item("c/")}));
    EXPECT_EQ(plan.space.upload_bytes, 1000 + 2 * 100 * kKiB + 16 * kKiB);
    EXPECT_EQ(plan.space.scratch_bytes, 2 * 100 * kKiB + 16 * kKiB);
}

TEST(Space, WhatIsSkippedOrStandsThereCountsNothing) {
    MemoryTarget target;
    target.add_file("la.txt", 1000);
    auto choices = unconverted();
    choices.exclude = {"non.txt"};
    const auto plan =
        plan_of(inventory_of({item("la.txt", 1000), item("non.txt", 500), item("oui.docx", 70)}), choices, target);
    EXPECT_EQ(plan.space.upload_bytes, 70U);
    EXPECT_EQ(plan.space.scratch_bytes, 0U);
}

TEST(Space, ScratchIsBoundByTheLargestDocumentsThatCanMeet) {
    Choices choices;
    choices.workers = 1;
    const auto plan =
        plan_of(inventory_of({item("a.doc", 1 * kMiB), item("b.xls", 7 * kMiB), item("c.ppt", 5 * kMiB)}), choices);
    EXPECT_EQ(plan.space.scratch_bytes, 2 * (7 + 5) * kMiB + 2 * 16 * kKiB);
}

} // namespace passerelle::plan
