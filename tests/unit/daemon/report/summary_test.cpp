// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/summary.hpp"

#include "core/reason_codes.hpp"
#include "sample_job.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string summary_of(const SampleJob& sample, Language language) {
    return summary(sample.job(), sample.journal->statement(sample.id).value(),
                   sample.journal->reason_counts(sample.id).value(), language);
}

} // namespace

TEST(Summary, SaysThatAllIsWellInFewLines) {
    const auto text = summary_of(make_sample(Ending::all_well), Language::french);
    EXPECT_THAT(text, StartsWith("Tout est arrivé.\n"));
    EXPECT_THAT(text, Not(HasSubstr("À regarder")));
    EXPECT_THAT(text, Not(HasSubstr("laissés de côté")));
}

TEST(Summary, DoesNotSayAllWhereTheExportHasAGap) {
    const auto text = summary_of(make_sample(Ending::incomplete), Language::french);
    EXPECT_THAT(text, StartsWith("Tout ce que contient l'export est arrivé.\n"));
    EXPECT_THAT(text, HasSubstr("Il manque peut-être une partie de l'export : numéro 3."));
}

TEST(Summary, SaysWhatWasNotSentAndHowToTryAgain) {
    const auto sample = make_sample(Ending::finished);
    const auto text = summary_of(sample, Language::french);
    EXPECT_THAT(text, HasSubstr("2 n'ont pas pu être envoyés"));
    EXPECT_THAT(text, HasSubstr("2 × C'est seulement un lien vers un document en ligne"));
    EXPECT_THAT(text, HasSubstr("passerelle retry " + std::to_string(sample.id.value)));
    EXPECT_LE(std::ranges::count(text, '\n'), 16);
}

TEST(Summary, SaysWhyItStoppedAndHowToGoOn) {
    const auto sample = make_sample(Ending::stopped);
    const auto text = summary_of(sample, Language::english);
    EXPECT_THAT(text, HasSubstr("The storage space of the Nextcloud account is full."));
    EXPECT_THAT(text, HasSubstr("still to do"));
    EXPECT_THAT(text, HasSubstr("passerelle resume " + std::to_string(sample.id.value)));
}

TEST(Summary, ANameFromOutsideCannotMoveTheCursor) {
    journal::Job job;
    job.phase = JobPhase::stopped;
    job.stopped_by = Reason(codes::export_not_found, {{"path", "\x1b[2Jgone"}});
    const auto text = summary(job, {}, {}, Language::french);
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
    EXPECT_THAT(text, HasSubstr("␛[2Jgone"));
}

} // namespace passerelle::report
