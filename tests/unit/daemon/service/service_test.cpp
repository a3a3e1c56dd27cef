// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "tests/exports/zip_bytes.hpp"
#include "tests/unit/daemon/service/service_bench.hpp"

#include <fstream>
#include <gmock/gmock.h>

namespace passerelle::service {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

struct ServiceTest : testing::Test {
    ServiceTest() {
        for (const auto* user : {"alice", "bob"})
            for (int number = 1; number <= 5; ++number)
                bench.put(user, "Bureau/note " + std::to_string(number) + ".txt", std::string(1000, 'a'));
        bench.open();
    }

    JobId reviewed(const std::string& user) {
        auto job = bench.create(user);
        EXPECT_TRUE(job) << job.error().code;
        bench.wait_for(user, job->id, JobState::review);
        return job->id;
    }

    ServiceBench bench;
};

TEST_F(ServiceTest, AJobIsPlannedReviewedAndRun) {
    auto job = bench.create("alice");
    ASSERT_TRUE(job);
    const auto review = bench.wait_for("alice", job->id, JobState::review);
    EXPECT_EQ(review.statement.pending.items, review.statement.seen.items);
    EXPECT_EQ(review.need_bytes, 5000u);
    EXPECT_TRUE(bench.server.tree("alice").empty()) << "nothing is written before the person says so";

    ASSERT_TRUE(bench.desk().start(person("alice"), job->id, ""));
    const auto done = bench.wait_for("alice", job->id, JobState::finished);
    EXPECT_TRUE(done.statement.adds_up());
    EXPECT_EQ(done.statement.done.items, done.statement.seen.items);
    EXPECT_EQ(done.task, Task::none);
}

TEST_F(ServiceTest, OtherPeoplesJobsAreUnknown) {
    const auto id = reviewed("alice");
    auto& desk = bench.desk();
    const auto bob = person("bob");
    const auto code = [](const auto& result) { return result ? std::string("answered") : result.error().code; };
    EXPECT_EQ(code(desk.job(bob, id)), codes::job_unknown);
    EXPECT_EQ(code(desk.start(bob, id, "")), codes::job_unknown);
    EXPECT_EQ(code(desk.pause(bob, id)), codes::job_unknown);
    EXPECT_EQ(code(desk.resume(bob, id)), codes::job_unknown);
    EXPECT_EQ(code(desk.cancel(bob, id)), codes::job_unknown);
    EXPECT_EQ(code(desk.retry(bob, id, {})), codes::job_unknown);
    EXPECT_EQ(code(desk.choose(bob, id, {})), codes::job_unknown);
    EXPECT_EQ(code(desk.authorise(bob, id, "bob", Secret("x"))), codes::job_unknown);
    EXPECT_EQ(code(desk.apply_shares(bob, id, false)), codes::job_unknown);
    EXPECT_EQ(code(desk.undo(bob, id)), codes::job_unknown);
    EXPECT_EQ(code(desk.remove(bob, id)), codes::job_unknown);
    EXPECT_EQ(code(desk.contents(bob, id)), codes::job_unknown);
    EXPECT_EQ(code(desk.items(bob, id, {})), codes::job_unknown);
    EXPECT_EQ(code(bench.service->sharing().people(bob, id)), codes::job_unknown);
    EXPECT_EQ(code(bench.service->sharing().shares(bob, id)), codes::job_unknown);
    EXPECT_EQ(code(bench.service->sharing().places(bob, id)), codes::job_unknown);
    EXPECT_EQ(code(bench.service->sharing().access_csv(bob, id, Language::french)), codes::job_unknown);
    EXPECT_EQ(code(desk.jobs(bob, true)), codes::service_not_yours);
    EXPECT_EQ(code(desk.inbox(bob, "alice")), codes::service_not_yours);
    EXPECT_TRUE(desk.jobs(bob, false)->empty());
    EXPECT_EQ(desk.jobs(administrator(), true)->size(), 1u);
    EXPECT_EQ(code(bench.service->administration().limits(bob)), codes::service_not_yours);
    EXPECT_EQ(code(bench.service->administration().set_limits(bob, {})), codes::service_not_yours);
    EXPECT_EQ(code(bench.service->administration().log(bob, {})), codes::service_not_yours);

    JobOrder order;
    order.parts = {{ExportPart::Place::inbox, "Bureau"}};
    order.user_id = "alice";
    EXPECT_EQ(code(desk.create(bob, order)), codes::service_not_yours);
}

TEST_F(ServiceTest, AnotherChoiceIsPlannedAnew) {
    const auto id = reviewed("alice");
    plan::Choices choices;
    choices.destination = "Ailleurs";
    choices.exclude = {"**/note 1.txt"};
    ASSERT_TRUE(bench.desk().choose(person("alice"), id, choices));
    const auto view = bench.wait_for("alice", id, JobState::review);
    EXPECT_EQ(view.choices.destination, "Ailleurs");
    auto items = bench.desk().items(person("alice"), id, {});
    ASSERT_TRUE(items);
    EXPECT_EQ(items->size(), view.statement.seen.items) << "the lines of the first plan are gone";
    EXPECT_EQ(view.statement.skipped.items, 1u);
}

TEST_F(ServiceTest, APilotBringsOneFolderAndTheRestFollows) {
    bench.put("alice", "Bureau/Essai/un.txt", "1");
    const auto id = reviewed("alice");
    ASSERT_TRUE(bench.desk().start(person("alice"), id, "Essai"));
    ASSERT_TRUE(bench.wait_until([&] {
        const auto view = bench.desk().job(person("alice"), id);
        return view && view->state == JobState::review && view->statement.done.items > 0;
    }));
    const auto view = *bench.desk().job(person("alice"), id);
    EXPECT_EQ(view.statement.pending.items, view.statement.seen.items - view.statement.done.items);
    EXPECT_THAT(bench.server.verbs(), Not(Contains(testing::HasSubstr("note 1.txt"))));
    ASSERT_TRUE(bench.desk().start(person("alice"), id, ""));
    EXPECT_EQ(bench.wait_for("alice", id, JobState::finished).statement.pending.items, 0u);
}

TEST_F(ServiceTest, WhatARestartInterruptsGoesOn) {
    const auto id = reviewed("alice");
    const auto held = bench.server.hold("Ancien/note 3.txt");
    bench.server.set_maintenance(true);
    ASSERT_TRUE(bench.desk().start(person("alice"), id, ""));
    bench.wait_for("alice", id, JobState::running);
    bench.close();
    bench.server.set_maintenance(false);
    bench.open();
    const auto done = bench.wait_for("alice", id, JobState::finished);
    EXPECT_EQ(done.statement.pending.items, 0u);
}

TEST_F(ServiceTest, PausedStaysPausedOverARestart) {
    const auto id = reviewed("alice");
    bench.server.set_maintenance(true);
    ASSERT_TRUE(bench.desk().start(person("alice"), id, ""));
    bench.wait_for("alice", id, JobState::running);
    ASSERT_TRUE(bench.desk().pause(person("alice"), id));
    bench.wait_for("alice", id, JobState::paused);
    bench.close();
    bench.server.set_maintenance(false);
    bench.open();
    EXPECT_EQ(bench.desk().job(person("alice"), id)->state, JobState::paused);
    ASSERT_TRUE(bench.desk().resume(person("alice"), id));
    bench.wait_for("alice", id, JobState::finished);
}

TEST_F(ServiceTest, ARefusedPasswordStopsOneJobAlone) {
    const auto alices = reviewed("alice");
    ASSERT_TRUE(bench.desk().authorise(person("alice"), alices, "alice", Secret("wrong")));
    const auto bobs = reviewed("bob");
    ASSERT_TRUE(bench.desk().start(person("alice"), alices, ""));
    ASSERT_TRUE(bench.desk().start(person("bob"), bobs, ""));
    const auto stopped = bench.wait_for("alice", alices, JobState::stopped);
    ASSERT_TRUE(stopped.stopped_by);
    EXPECT_EQ(stopped.stopped_by->code, codes::server_unauthorized);
    bench.wait_for("bob", bobs, JobState::finished);

    ASSERT_TRUE(bench.desk().authorise(person("alice"), alices, "alice", Secret("alice-password")));
    ASSERT_TRUE(bench.desk().resume(person("alice"), alices));
    bench.wait_for("alice", alices, JobState::finished);
}

TEST_F(ServiceTest, ThePasswordIsForgottenWhenTheJobEnds) {
    const auto id = reviewed("alice");
    ASSERT_TRUE(bench.desk().start(person("alice"), id, ""));
    bench.wait_for("alice", id, JobState::finished);
    const auto refused = bench.desk().apply_shares(person("alice"), id, false);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, codes::service_credentials_needed);
    ASSERT_TRUE(bench.desk().authorise(person("alice"), id, "alice", Secret("alice-password")));
    ASSERT_TRUE(bench.desk().apply_shares(person("alice"), id, false));
    EXPECT_TRUE(bench.wait_until([&] { return bench.desk().job(person("alice"), id)->task == Task::none; }));
}

TEST_F(ServiceTest, WhatWasBroughtCanBeTakenBack) {
    const auto id = reviewed("alice");
    EXPECT_EQ(bench.desk().undo(person("alice"), id).error().code, codes::job_wrong_state);
    ASSERT_TRUE(bench.desk().start(person("alice"), id, ""));
    bench.wait_for("alice", id, JobState::finished);
    EXPECT_EQ(bench.desk().preview_undo(person("alice"), id).error().code, codes::service_credentials_needed);
    ASSERT_TRUE(bench.desk().authorise(person("alice"), id, "alice", Secret("alice-password")));
    EXPECT_TRUE(bench.desk().job(person("alice"), id)->authorised);
    EXPECT_EQ(bench.desk().preview_undo(person("bob"), id).error().code, codes::job_unknown);
    const auto look = bench.desk().preview_undo(person("alice"), id);
    ASSERT_TRUE(look) << look.error().code;
    EXPECT_THAT(*look, Contains(testing::Field(&jobs::UndoneThing::path, testing::HasSubstr("note 3.txt"))));
    EXPECT_THAT(*look, testing::Each(testing::Field(&jobs::UndoneThing::removed, true)));
    EXPECT_FALSE(bench.server.tree("alice").empty());

    ASSERT_TRUE(bench.desk().undo(person("alice"), id));
    EXPECT_TRUE(bench.wait_until([&] { return bench.desk().job(person("alice"), id)->task == Task::none; }));
    EXPECT_TRUE(bench.server.tree("alice").empty());
    const auto undone = bench.desk().job(person("alice"), id);
    EXPECT_EQ(undone->state, JobState::finished);
    EXPECT_FALSE(undone->authorised) << "the app password is forgotten again";
    EXPECT_EQ(undone->statement.skipped.items, undone->statement.seen.items);
}

TEST_F(ServiceTest, TheSameAccountAgainBringsOnlyWhatIsNew) {
    const auto first = reviewed("alice");
    ASSERT_TRUE(bench.desk().start(person("alice"), first, ""));
    bench.wait_for("alice", first, JobState::finished);
    bench.put("alice", "Bureau/note 6.txt", "nouvelle");
    const auto again = bench.create("alice", "Bureau", true);
    ASSERT_TRUE(again) << again.error().code;
    const auto review = bench.wait_for("alice", again->id, JobState::review);
    EXPECT_TRUE(review.delta);
    EXPECT_EQ(review.statement.pending.items, 1u);
    ASSERT_TRUE(bench.desk().start(person("alice"), again->id, ""));
    const auto done = bench.wait_for("alice", again->id, JobState::finished);
    EXPECT_EQ(done.statement.done.items, 1u);
    EXPECT_EQ(done.statement.skipped.items + 1, done.statement.seen.items);
}

TEST_F(ServiceTest, NothingRunsOutsideTheNightWindow) {
    bench.close();
    bench.limits.night_window = "22:00-06:00";
    bench.open();
    const auto id = reviewed("alice"); // looking is allowed by day
    ASSERT_TRUE(bench.desk().start(person("alice"), id, ""));
    const auto waits = bench.wait_for("alice", id, JobState::queued);
    ASSERT_TRUE(waits.wait);
    EXPECT_EQ(waits.wait->reason.code, codes::service_wait_night);
    EXPECT_EQ(waits.wait->until, std::chrono::floor<std::chrono::seconds>(bench.clock.now()) + std::chrono::hours(10));
    bench.clock.minutes = 23 * 60;
    ASSERT_TRUE(bench.service->administration().set_limits(administrator(), {.night_window = "22:00-06:00"}));
    bench.wait_for("alice", id, JobState::finished);
}

TEST_F(ServiceTest, AJobThatIsAloneWaitsForNobodysTurn) {
    for (int turn = 0; turn < 5; ++turn) {
        const auto id = reviewed("alice");
        const auto started = bench.desk().start(person("alice"), id, "");
        ASSERT_TRUE(started);
        EXPECT_FALSE(started->wait) << started->wait->reason.code << " while it is " << to_string(started->state);
        bench.wait_for("alice", id, JobState::finished);
    }
}

TEST_F(ServiceTest, ThePersonWithTheFewestRunningJobsComesFirst) {
    bench.close();
    bench.limits.jobs_at_once = 1;
    bench.open();
    for (const auto* name : {"Deux", "Trois"})
        bench.put("alice", std::string(name) + "/datei.txt", name);
    bench.server.set_maintenance(false);
    std::vector<JobId> alices{reviewed("alice")};
    for (const auto* name : {"Deux", "Trois"}) {
        auto job = bench.create("alice", name);
        ASSERT_TRUE(job);
        bench.wait_for("alice", job->id, JobState::review);
        alices.push_back(job->id);
    }
    const auto bobs = reviewed("bob");
    bench.server.set_maintenance(true);
    for (const auto id : alices)
        ASSERT_TRUE(bench.desk().start(person("alice"), id, ""));
    bench.wait_for("alice", alices[0], JobState::running);
    ASSERT_TRUE(bench.desk().start(person("bob"), bobs, ""));
    EXPECT_EQ(bench.desk().job(person("alice"), alices[1])->wait->reason.code, codes::service_wait_turn);
    ASSERT_TRUE(bench.service->administration().set_limits(administrator(), {.jobs_at_once = 2}));
    bench.wait_for("bob", bobs, JobState::running);
    EXPECT_EQ(bench.desk().job(person("alice"), alices[1])->state, JobState::queued)
        << "alice, who has one running, waits although hers is older";
    bench.server.set_maintenance(false);
    for (const auto id : alices)
        bench.wait_for("alice", id, JobState::finished);
    bench.wait_for("bob", bobs, JobState::finished);
}

TEST_F(ServiceTest, DecisionsAboutLinesHold) {
    const auto id = reviewed("alice");
    auto items = bench.desk().items(person("alice"), id, {.text = "NOTE 2"});
    ASSERT_TRUE(items);
    ASSERT_EQ(items->size(), 1u);
    const auto line = items->front().id;
    using Wish = ItemDecision::Wish;
    ASSERT_TRUE(bench.desk().decide_items(person("alice"), id, {{line, Wish::skip}}));
    EXPECT_EQ(bench.desk().job(person("alice"), id)->statement.skipped.items, 1u);
    ASSERT_TRUE(bench.desk().decide_items(person("alice"), id, {{line, Wish::upload}}));
    EXPECT_EQ(bench.desk().job(person("alice"), id)->statement.skipped.items, 0u);
    ASSERT_FALSE(bench.desk().decide_items(person("alice"), id, {{line, Wish::skip}, {line, Wish::convert}}));
    EXPECT_EQ(bench.desk().job(person("alice"), id)->statement.skipped.items, 0u) << "all of them, or none";
    ASSERT_TRUE(bench.desk().decide_items(person("alice"), id, {{line, Wish::skip}}));
    ASSERT_TRUE(bench.desk().start(person("alice"), id, ""));
    const auto done = bench.wait_for("alice", id, JobState::finished);
    EXPECT_EQ(done.statement.skipped.items, 1u);
    EXPECT_EQ(bench.server.tree("alice").count("Ancien/note 2.txt"), 0u);
}

TEST_F(ServiceTest, AnExportThatIsGoneStopsTheJobWithItsReason) {
    bench.put("alice", "Autre/a.txt", "a");
    auto job = bench.create("alice", "Autre");
    ASSERT_TRUE(job);
    bench.wait_for("alice", job->id, JobState::review);
    std::filesystem::remove_all(bench.folder / "inbox/alice/Autre");
    ASSERT_TRUE(bench.desk().start(person("alice"), job->id, ""));
    const auto stopped = bench.wait_for("alice", job->id, JobState::stopped);
    EXPECT_EQ(stopped.stopped_by->code, codes::service_part_unknown);
    EXPECT_EQ(bench.create("alice", "Nulle part").error().code, codes::service_part_unknown);
}

TEST_F(ServiceTest, AnExportAmongThePersonsFilesIsFetchedAndRemovedAgain) {
    bench.server.put_file("Archives/takeout-20260314T090000Z-001.zip",
                          exports::zip_bytes({{.name = "Takeout/Drive/a.txt", .content = {"hello"}}}));
    JobOrder order;
    order.parts = {{ExportPart::Place::files, "Archives/takeout-20260314T090000Z-001.zip"}};
    order.user_id = order.login = "alice";
    order.app_password = Secret("alice-password");
    order.choices.destination = "Neu";
    auto job = bench.desk().create(person("alice"), order);
    ASSERT_TRUE(job);
    EXPECT_EQ(bench.wait_for("alice", job->id, JobState::review).export_name, "takeout-20260314T090000Z");
    const auto own = bench.folder / "state/jobs" / std::to_string(job->id.value);
    EXPECT_TRUE(std::filesystem::exists(own / "export/1/takeout-20260314T090000Z-001.zip"));
    ASSERT_TRUE(bench.desk().start(person("alice"), job->id, ""));
    bench.wait_for("alice", job->id, JobState::finished);
    EXPECT_EQ(bench.server.tree("alice").count("Neu/a.txt"), 1u);
    EXPECT_FALSE(std::filesystem::exists(own)) << "the copy of the export goes with the job";

    order.parts = {{ExportPart::Place::files, "Archives/takeout-20260314T090000Z-001.zip"}};
    job = bench.desk().create(person("alice"), order);
    bench.wait_for("alice", job->id, JobState::review);
    const auto given_up = bench.folder / "state/jobs" / std::to_string(job->id.value);
    EXPECT_TRUE(std::filesystem::exists(given_up / "export"));
    ASSERT_TRUE(bench.desk().cancel(person("alice"), job->id));
    EXPECT_TRUE(ServiceBench::wait_until([&] { return !std::filesystem::exists(given_up); })) << "nor for nothing";

    order.parts = {{ExportPart::Place::files, "Archives/missing.zip"}};
    auto missing = bench.desk().create(person("alice"), order);
    EXPECT_EQ(bench.wait_for("alice", missing->id, JobState::stopped).stopped_by->code, codes::service_part_unknown);
}

/// What a person had in Google Drive is owned by their address there, which may be another one than here.
TEST_F(ServiceTest, TheOwnerOfTheExportIsNobodyToShareWith) {
    std::vector<exports::ZipEntry> entries;
    for (const auto* name : {"a.txt", "b.txt", "c.txt"}) {
        entries.push_back({.name = std::string("Takeout/Drive/") + name, .content = {"hello"}});
        entries.push_back({.name = std::string("Takeout/Drive/") + name + "-info.json",
                           .content = {R"({"title":")" + std::string(name) + R"(","permissions":[
                               {"name":"Alice","role":"owner","type":"user","email_address":"alice.martin@gmail.example"},
                               {"name":"Bob","role":"writer","type":"user","email_address":"bob@example.org"}]})"}});
    }
    bench.put("alice", "takeout-20260314T090000Z-001.zip", exports::zip_bytes(entries));
    auto job = bench.create("alice", "takeout-20260314T090000Z-001.zip");
    ASSERT_TRUE(job);
    bench.wait_for("alice", job->id, JobState::review);
    const auto shares = bench.service->sharing().shares(person("alice"), job->id);
    ASSERT_TRUE(shares) << shares.error().code;
    EXPECT_TRUE(shares->plan.proposals.empty()) << "alice is no stranger to her own files";
    ASSERT_FALSE(shares->plan.shares.empty());
    for (const auto& share : shares->plan.shares)
        EXPECT_EQ(share.recipient.id, "bob");
}

TEST_F(ServiceTest, EventsWakeWhoeverWaits) {
    std::atomic<std::uint64_t> newest{0};
    bench.desk().events(person("alice"), false, 0, {},
                        [&](std::uint64_t number, std::vector<Event>) { newest = number; });
    const auto later = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    std::atomic<int> answered{0}, bobs{0};
    for (int i = 0; i < 200; ++i)
        bench.desk().events(person("alice"), false, newest, later, [&](std::uint64_t, std::vector<Event> events) {
            answered += events.size() == 1 && events[0].user_id == "alice" ? 1 : 0;
        });
    bench.desk().events(person("bob"), false, newest, later, [&](std::uint64_t, std::vector<Event>) { ++bobs; });
    const auto id = reviewed("alice");
    EXPECT_TRUE(bench.wait_until([&] { return answered == 200; }));
    EXPECT_EQ(bobs, 0) << "bob hears nothing of alice's job";
    EXPECT_GT(bench.desk().job(person("alice"), id)->version, 0u);
    bench.close();
    EXPECT_EQ(bobs, 1) << "whoever still waits is answered at the end";
}

TEST_F(ServiceTest, NumbersOfEventsGrowOverRestarts) {
    std::uint64_t before = 0, after = 0;
    bench.desk().events(person("alice"), false, 0, {},
                        [&](std::uint64_t number, std::vector<Event>) { before = number; });
    bench.close();
    bench.open();
    bench.desk().events(person("alice"), false, 0, {},
                        [&](std::uint64_t number, std::vector<Event>) { after = number; });
    EXPECT_GT(after, before);
}

TEST_F(ServiceTest, LimitsAreKeptOverRestarts) {
    const Limits limits{.night_window = "01:00-02:00", .bytes_per_second = 5, .jobs_at_once = 3};
    ASSERT_TRUE(bench.service->administration().set_limits(administrator(), limits));
    EXPECT_FALSE(bench.service->administration().set_limits(administrator(), {.night_window = "nachts"}));
    bench.close();
    bench.open();
    EXPECT_EQ(*bench.service->administration().limits(administrator()), limits);
}

/// systemd asks every few seconds for years.
TEST_F(ServiceTest, AskingForItsHealthWritesNothing) {
    EXPECT_TRUE(bench.service->administration().health().journal);
    const auto bytes_of_log = [&] {
        std::ifstream log(bench.folder / "state/journal.db-wal", std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(log), {});
    };
    const auto before = bytes_of_log();
    ASSERT_FALSE(before.empty());
    for (int turn = 0; turn < 20; ++turn)
        EXPECT_TRUE(bench.service->administration().health().journal);
    EXPECT_TRUE(bytes_of_log() == before) << "the journal was written";
}

/// Whatever ends in the instant in which somebody gives up: the wish stands, and the password is forgotten.
TEST_F(ServiceTest, WhoGivesUpIsHeardWheneverItIs) {
    std::vector<JobId> given_up, brought;
    for (int turn = 0; turn < 24; ++turn) {
        const auto id = reviewed("alice");
        ASSERT_TRUE(bench.desk().start(person("alice"), id, ""));
        std::this_thread::sleep_for(std::chrono::milliseconds(turn * 4));
        (bench.desk().cancel(person("alice"), id) ? given_up : brought).push_back(id);
    }
    ASSERT_FALSE(given_up.empty());
    for (const auto id : brought)
        bench.wait_for("alice", id, JobState::finished);
    bench.close(); // whatever still runs comes to its end
    bench.open();
    for (const auto id : given_up) {
        EXPECT_EQ(bench.desk().job(person("alice"), id)->state, JobState::cancelled);
        EXPECT_FALSE(bench.desk().job(person("alice"), id)->authorised);
        EXPECT_TRUE(bench.desk().remove(person("alice"), id));
    }
}

TEST_F(ServiceTest, CancelledJobsCanBeForgotten) {
    const auto id = reviewed("alice");
    ASSERT_TRUE(bench.desk().cancel(person("alice"), id));
    bench.wait_for("alice", id, JobState::cancelled);
    ASSERT_TRUE(bench.desk().remove(person("alice"), id));
    EXPECT_TRUE(bench.desk().jobs(person("alice"), false)->empty());
}

} // namespace
} // namespace passerelle::service
