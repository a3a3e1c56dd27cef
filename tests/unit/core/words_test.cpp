// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/words.hpp"

#include <gtest/gtest.h>

namespace passerelle {

TEST(Words, EveryWordIsReadBackAsWhatWasWritten) {
    for (const auto state : {ItemState::planned, ItemState::converted, ItemState::uploaded, ItemState::done,
                             ItemState::skipped, ItemState::failed})
        EXPECT_EQ(from_string<ItemState>(to_string(state)), state);
    for (const auto phase :
         {JobPhase::planning, JobPhase::running, JobPhase::finishing, JobPhase::stopped, JobPhase::finished})
        EXPECT_EQ(from_string<JobPhase>(to_string(phase)), phase);
    for (const auto kind : {ExportKind::takeout, ExportKind::drive_download, ExportKind::dropbox, ExportKind::folder})
        EXPECT_EQ(from_string<ExportKind>(to_string(kind)), kind);
}

TEST(Words, AnUnknownWordIsNothing) {
    EXPECT_FALSE(from_string<Action>("delete"));
}

} // namespace passerelle
