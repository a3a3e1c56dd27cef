// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/sharing/access_csv.hpp"
#include "tests/unit/daemon/jobs/memory_nextcloud.hpp"
#include "tests/unit/daemon/jobs/sharing_job.hpp"

namespace passerelle::jobs {
namespace {

using journal::ShareState;
using sharing::DecisionKind;

} // namespace

TEST_F(SharingJob, GivesEverybodyWhatTheyHadAndWritesItDown) {
    fill();
    const auto applied = apply(plan());
    EXPECT_EQ(server.given(), (Lines{"Drive/Bureau bob 15", "Drive/Bureau carol 1", "Drive/lettre.txt bob 1"}));
    EXPECT_EQ(states(applied.lines), std::vector(3, ShareState::made));
    EXPECT_EQ(journal->shares(job.id).value(), applied.lines);
    for (const auto& line : applied.lines)
        EXPECT_FALSE(line.share_id.empty());
    for (const auto& asked : server.asked)
        EXPECT_FALSE(asked.notify);
}

TEST_F(SharingJob, AsksForMailsOnlyWhereTheyAreWanted) {
    fill();
    choices.notify = true;
    (void)apply(plan());
    ASSERT_FALSE(server.asked.empty());
    for (const auto& asked : server.asked)
        EXPECT_TRUE(asked.notify);
}

TEST_F(SharingJob, ApplyingAgainChangesNothing) {
    fill();
    const auto first = apply(plan());
    server.changes.clear();
    const auto second = apply(plan());
    EXPECT_EQ(server.changes, Lines{});
    EXPECT_EQ(second.lines, first.lines);
    EXPECT_TRUE(second.no_longer_wanted.empty());
}

TEST_F(SharingJob, WhatSomebodyTookAwayIsMadeAgainOnlyWhenAskedFor) {
    fill();
    (void)apply(plan());
    ASSERT_TRUE(server.remove(server.shares.at(0).id, {}));
    server.changes.clear();
    for (int time = 0; time < 2; ++time) {
        const auto applied = apply(plan());
        EXPECT_EQ(server.changes, Lines{});
        EXPECT_EQ(applied.lines.at(0).state, ShareState::gone);
        EXPECT_TRUE(has(applied.lines.at(0), codes::share_removed_since));
    }
    choices.again = true;
    EXPECT_EQ(apply(plan()).lines.at(0).state, ShareState::made);
    EXPECT_EQ(server.given().size(), 3u);
}

TEST_F(SharingJob, SomebodyElsesShareIsToldAndLeft) {
    fill();
    server.share_by_hand("Drive/Bureau", "bob", 1);
    server.share_by_hand("Drive/Bureau", "carol", 1);
    const auto applied = apply(plan());
    EXPECT_EQ(server.changes, Lines{"create Drive/lettre.txt bob 1"});
    EXPECT_EQ(states(applied.lines), (std::vector{ShareState::left, ShareState::left, ShareState::made}));
    EXPECT_TRUE(has(applied.lines.at(0), codes::share_made_by_others));
    EXPECT_TRUE(applied.lines.at(1).reasons.empty()) << "it is as it was wanted";
}

TEST_F(SharingJob, AShareOfItsOwnIsCorrected) {
    fill();
    (void)apply(plan());
    server.shares.at(0).permissions = 31;
    server.changes.clear();
    const auto applied = apply(plan());
    EXPECT_EQ(server.changes, Lines{"change 1"});
    EXPECT_EQ(applied.lines.at(0).state, ShareState::changed);
    EXPECT_EQ(server.given().at(0), "Drive/Bureau bob 15");
}

TEST_F(SharingJob, AShareOfAnEarlierJobIsThisInstallationsToo) {
    fill();
    (void)apply(plan());
    job = new_job("export-2");
    fill();
    server.shares.at(0).permissions = 1;
    server.changes.clear();
    (void)apply(plan());
    EXPECT_EQ(server.changes, Lines{"change 1"});
}

TEST_F(SharingJob, WhatTheServerNeverGivesIsNotAskedForEachTime) {
    folder("Bureau", sidecar({{"bob@ex.org", "organizer"}}));
    server.takes_away = 16;
    const auto first = apply(plan());
    EXPECT_TRUE(has(first.lines.at(0), codes::share_given_otherwise));
    server.changes.clear();
    EXPECT_EQ(apply(plan()).lines, first.lines);
    EXPECT_EQ(server.changes, Lines{});
}

TEST_F(SharingJob, AfterALostAnswerTheServerIsLookedAtFirst) {
    fill();
    server.forgets_answers = true;
    const auto ended = apply_shares(job, plan(), tools(), choices, {});
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().code, codes::server_connection_lost);
    EXPECT_EQ(states(journal->shares(job.id).value()), std::vector{ShareState::planned});

    server.forgets_answers = false;
    server.changes.clear();
    EXPECT_EQ(states(apply(plan()).lines), std::vector(3, ShareState::made));
    EXPECT_EQ(server.changes, (Lines{"create Drive/Bureau carol 1", "create Drive/lettre.txt bob 1"}));
}

TEST_F(SharingJob, TheServersLimitIsWaitedOut) {
    fill();
    server.creations_left = 1;
    EXPECT_EQ(states(apply(plan()).lines), std::vector(3, ShareState::made));
    EXPECT_EQ(waited, std::vector{std::chrono::seconds(570)});
}

TEST_F(SharingJob, AStopEndsTheWaitAndNothingIsLost) {
    fill();
    server.creations_left = 1;
    choices.wait = [](std::chrono::seconds, const std::stop_token&) { return false; };
    const auto stopped = apply_shares(job, plan(), tools(), choices, {});
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, codes::job_stopped);
    EXPECT_EQ(states(journal->shares(job.id).value()), (std::vector{ShareState::made, ShareState::planned}));
    server.creations_left = 10;
    EXPECT_EQ(states(apply(plan()).lines), std::vector(3, ShareState::made));
    EXPECT_EQ(server.given().size(), 3u);
}

TEST_F(SharingJob, WhereTheServerTakesManyTheyAreAskedForTogether) {
    fill();
    server.at_once = 2;
    EXPECT_EQ(states(apply(plan()).lines), std::vector(3, ShareState::made));
    EXPECT_EQ(server.requests, (std::vector<std::size_t>{2, 1}));
    EXPECT_EQ(server.given(), (Lines{"Drive/Bureau bob 15", "Drive/Bureau carol 1", "Drive/lettre.txt bob 1"}));
    server.requests.clear();
    (void)apply(plan());
    EXPECT_TRUE(server.requests.empty()) << "the second time there is nothing to ask for";
}

TEST_F(SharingJob, OfManyAskedForTogetherThoseThatTheLimitHitsComeAfterIt) {
    fill();
    server.at_once = 100;
    server.creations_left = 1;
    EXPECT_EQ(states(apply(plan()).lines), std::vector(3, ShareState::made));
    EXPECT_EQ(server.requests, (std::vector<std::size_t>{3, 2}));
    EXPECT_EQ(waited, std::vector{std::chrono::seconds(570)});
    EXPECT_EQ(server.given().size(), 3u);
}

TEST_F(SharingJob, OfManyThatWereMadeAndNotToldNoneIsMadeTwice) {
    fill();
    server.at_once = 100;
    server.forgets_answers = true;
    ASSERT_FALSE(apply_shares(job, plan(), tools(), choices, {}));
    server.forgets_answers = false;
    const auto again = apply(plan());
    EXPECT_EQ(states(again.lines), std::vector(3, ShareState::made)) << "they are this job's own";
    EXPECT_EQ(server.shares.size(), 3u);
}

TEST_F(SharingJob, ARefusalConcernsItsShareAlone) {
    fill();
    server.refusal = Error(ErrorKind::item, codes::share_refused, "no");
    const auto applied = apply(plan());
    EXPECT_EQ(states(applied.lines), std::vector(3, ShareState::refused));
    server.refusal.reset();
    EXPECT_EQ(states(apply(plan()).lines), std::vector(3, ShareState::made)) << "what was refused is tried again";
}

TEST_F(SharingJob, WhomNobodyConfirmedGetsNothing) {
    folder("Bureau", sidecar({{"bob.martin@gmail.com", "writer"}}));
    const auto planned = plan();
    EXPECT_TRUE(planned.shares.empty());
    ASSERT_EQ(planned.proposals.size(), 1u);
    EXPECT_EQ(planned.proposals.at(0).reason.code, codes::share_undecided);
}

TEST_F(SharingJob, ADecisionIsKeptForTheNextExport) {
    const auto access = sidecar({{"b.martin@gmail.com", "writer"}});
    folder("Bureau", access);
    const auto decided = plan({{sharing::user("b.martin@gmail.com"), {DecisionKind::account, "Bob Martin"}}});
    ASSERT_EQ(decided.shares.size(), 1u);
    EXPECT_EQ(decided.shares.at(0).recipient.id, "bob");

    job = new_job("export-2");
    folder("Courriers", access);
    const auto later = plan();
    ASSERT_EQ(later.shares.size(), 1u);
    EXPECT_EQ(later.shares.at(0).recipient.id, "bob");
    const auto withdrawn = plan({{sharing::user("b.martin@gmail.com"), {DecisionKind::nobody, ""}}});
    EXPECT_TRUE(withdrawn.shares.empty());
    EXPECT_TRUE(withdrawn.proposals.empty());
}

TEST_F(SharingJob, ADecisionForSomebodyUnknownIsToldAndNotKept) {
    folder("Bureau", sidecar({{"eve@ailleurs.org", "writer"}}));
    auto arrived = arrived_access(job, *journal).value();
    const auto found = find_everybody(
        job, arrived.access.nodes, {{sharing::user("eve@ailleurs.org"), {DecisionKind::account, "eve"}}}, tools(), {});
    ASSERT_TRUE(found);
    ASSERT_EQ(found->problems.size(), 1u);
    EXPECT_EQ(found->problems.at(0).code, codes::people_target_unknown);
    EXPECT_TRUE(journal->decisions("https://nuage.example").value().empty());
}

TEST_F(SharingJob, AGroupIsCreatedOnceAndGuestsAreLeftToAPerson) {
    folder("Bureau", sidecar({{"eve@ailleurs.org", "writer"}, {"max@ailleurs.org", "reader"}}));
    folder("Caisse", sidecar({{"eve@ailleurs.org", "writer"}}));
    const std::vector<sharing::PersonDecision> decisions{
        {sharing::user("eve@ailleurs.org"), {DecisionKind::new_group, "Amis"}},
        {sharing::user("max@ailleurs.org"), {DecisionKind::guest, ""}}};
    const auto applied = apply(plan(decisions));
    EXPECT_EQ(server.changes,
              (Lines{"create_group Amis", "create Drive/Bureau Amis 15", "create Drive/Caisse Amis 15"}));
    const auto guest = std::ranges::find(applied.lines, ShareState::refused, &journal::ShareLine::state);
    ASSERT_NE(guest, applied.lines.end());
    EXPECT_TRUE(has(*guest, codes::share_guest_by_hand));
    server.changes.clear();
    (void)apply(plan());
    EXPECT_EQ(server.changes, Lines{});
}

TEST_F(SharingJob, WhatIsNoLongerWantedIsToldAndStays) {
    fill();
    (void)apply(plan());
    const auto applied = apply(plan({{sharing::user("carol@ex.org"), {DecisionKind::nobody, ""}}}));
    ASSERT_EQ(applied.no_longer_wanted.size(), 1u);
    EXPECT_EQ(applied.no_longer_wanted.at(0).recipient, "carol");
    EXPECT_TRUE(has(applied.no_longer_wanted.at(0), codes::share_no_longer_wanted));
    EXPECT_EQ(server.given().size(), 3u);
}

TEST_F(SharingJob, ATableTakesThePlaceOfWhatTheExportSays) {
    fill();
    const auto arrived = arrived_access(job, *journal).value();
    const auto table = sharing::access_csv(sharing::differences_of(arrived.access.nodes), Language::french);
    const auto same = access_of_table(job, arrived.tree, table);
    EXPECT_TRUE(same.problems.empty());
    auto people = find_everybody(job, same.nodes, {}, tools(), {}).value().people;
    EXPECT_EQ(plan_job_shares(job, same.nodes, people).shares, plan().shares) << "uncorrected, it changes nothing";

    const auto other = access_of_table(job, arrived.tree,
                                       "dossier;qui;droits\nBureau;carol@ex.org;modification\n"
                                       "Nulle part;carol@ex.org;lecture\n");
    ASSERT_EQ(other.problems.size(), 1u);
    EXPECT_EQ(other.problems.at(0).code, codes::share_path_unknown);
    people = find_everybody(job, other.nodes, {}, tools(), {}).value().people;
    (void)apply(plan_job_shares(job, other.nodes, people));
    EXPECT_EQ(server.given(), Lines{"Drive/Bureau carol 15"}) << "a path below the destination is understood";
}

TEST_F(SharingJob, OnlyWhatArrivedIsShared) {
    journal::NewItem lost;
    lost.source_path = "perdu.txt";
    lost.target = "Drive/perdu.txt";
    lost.permissions = sidecar({{"bob@ex.org", "reader"}});
    ASSERT_TRUE(journal->record(journal::Failed{.item = add(lost), .reason = Reason(codes::server_refused)}));
    EXPECT_TRUE(arrived_access(job, *journal).value().tree.empty());

    lost.source_path = "connu.txt";
    lost.state = ItemState::skipped;
    lost.existing = "Drive/connu.txt";
    lost.reasons = {Reason(codes::target_identical)};
    add(lost);
    (void)apply(plan());
    EXPECT_EQ(server.given(), Lines{"Drive/connu.txt bob 1"}) << "the same bytes stood there already";
}

TEST_F(SharingJob, WhatStoodInAFolderBeforeIsTold) {
    fill();
    MemoryNextcloud files;
    files.put_directly("Drive/Bureau/pv.txt", "x");
    const auto nodes = arrived_access(job, *journal).value().access.nodes;
    EXPECT_TRUE(foreign_content(plan(), nodes, files, {}).value().empty());
    files.put_directly("Drive/Bureau/journal intime.txt", "x");
    files.put_directly("Drive/Bureau/photos/a.jpg", "x");
    files.put_directly("Drive/ailleurs.txt", "x");
    const auto remarks = foreign_content(plan(), nodes, files, {}).value();
    ASSERT_EQ(remarks.size(), 1u);
    EXPECT_EQ(remarks.at(0).reason, Reason(codes::share_holds_more, {{"path", "Drive/Bureau"}, {"count", "2"}}));
}

} // namespace passerelle::jobs
