// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/retention.hpp"

#include "core/reason_codes.hpp"
#include "tests/unit/daemon/service/service_bench.hpp"

#include <gmock/gmock.h>

namespace passerelle::service {
namespace {

using journal::Job;
using journal::ServiceJob;
using journal::Wish;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Timestamp kLimit = Timestamp(std::chrono::days(20'000));

Job job(std::int64_t id, const std::string& user, std::chrono::days before_limit, JobPhase phase = JobPhase::finished) {
    Job made;
    made.id = JobId{id};
    made.key.server_url = "https://nuage.example";
    made.key.user_id = user;
    made.phase = phase;
    made.updated_at = kLimit - before_limit;
    return made;
}

ServiceJob service_job(std::int64_t id, Wish wish, journal::Task task = journal::Task::none) {
    ServiceJob made;
    made.id = JobId{id};
    made.wish = wish;
    made.task = task;
    return made;
}

std::vector<std::int64_t> ids(const std::vector<Job>& jobs) {
    std::vector<std::int64_t> numbers;
    for (const auto& one : jobs)
        numbers.push_back(one.id.value);
    return numbers;
}

constexpr std::chrono::days kOld{1};
constexpr std::chrono::days kYoung{-1};

} // namespace

TEST(Outdated, WhatEndedLongAgoIs) {
    EXPECT_THAT(ids(outdated({job(1, "alice", kOld), job(2, "bob", kYoung), job(3, "carole", std::chrono::days(0))}, {},
                             kLimit)),
                ElementsAre(1));
}

TEST(Outdated, WhatHasNotEndedIsNot) {
    const std::pair<JobPhase, ServiceJob> going_on[] = {
        {JobPhase::planning, service_job(1, Wish::go)},
        {JobPhase::running, service_job(1, Wish::go)},
        {JobPhase::stopped, service_job(1, Wish::stop)},
        {JobPhase::finished, service_job(1, Wish::stop)},
        {JobPhase::finished, service_job(1, Wish::go, journal::Task::undo)},
        {JobPhase::running, service_job(1, Wish::pause, journal::Task::run)},
        {JobPhase::stopped, service_job(1, Wish::cancel, journal::Task::run)}};
    for (const auto& [phase, service] : going_on)
        EXPECT_THAT(outdated({job(1, "alice", kOld, phase)}, {service}, kLimit), IsEmpty());
    EXPECT_THAT(outdated({job(1, "alice", kOld, JobPhase::stopped)}, {}, kLimit), IsEmpty()) << "of the command line";
    EXPECT_THAT(ids(outdated({job(1, "alice", kOld, JobPhase::stopped)}, {service_job(1, Wish::cancel)}, kLimit)),
                ElementsAre(1));
    EXPECT_THAT(ids(outdated({job(1, "alice", kOld)}, {service_job(1, Wish::go)}, kLimit)), ElementsAre(1));
}

TEST(Outdated, WhatALaterJobOfTheAccountRestsOnIsNot) {
    EXPECT_THAT(outdated({job(1, "alice", kOld), job(2, "alice", kYoung)}, {}, kLimit), IsEmpty());
    EXPECT_THAT(outdated({job(1, "alice", kOld), job(2, "alice", kOld, JobPhase::running)}, {}, kLimit), IsEmpty());
    EXPECT_THAT(ids(outdated({job(1, "alice", kOld), job(2, "alice", kOld), job(3, "bob", kYoung)}, {}, kLimit)),
                ElementsAre(1, 2));
    auto elsewhere = job(2, "alice", kYoung);
    elsewhere.key.server_url = "https://ailleurs.example";
    EXPECT_THAT(ids(outdated({job(1, "alice", kOld), elsewhere}, {}, kLimit)), ElementsAre(1));
}

TEST(Retention, ForgetsAtTheStartWhatEndedLongAgoAndTouchesNothingThatItBrought) {
    ServiceBench bench;
    for (const auto* user : {"alice", "bob"})
        bench.put(user, "Bureau/note.txt", "bonjour");
    bench.open();
    const auto finished = bench.create("alice");
    ASSERT_TRUE(finished);
    bench.wait_for("alice", finished->id, JobState::review);
    ASSERT_TRUE(bench.desk().start(person("alice"), finished->id, ""));
    bench.wait_for("alice", finished->id, JobState::finished);
    const auto reviewed = bench.create("bob");
    ASSERT_TRUE(reviewed);
    bench.wait_for("bob", reviewed->id, JobState::review);
    const auto brought = bench.server.tree("alice");
    EXPECT_FALSE(brought.empty());

    const auto today = std::chrono::floor<std::chrono::hours>(std::chrono::system_clock::now().time_since_epoch());
    bench.keep_jobs = std::chrono::days(30);
    bench.close();
    bench.clock.hours = static_cast<int>((today + std::chrono::days(32)).count());
    bench.open();
    EXPECT_TRUE(bench.wait_until([&] { return !bench.desk().job(person("alice"), finished->id); }));
    EXPECT_EQ(bench.desk().job(person("alice"), finished->id).error().code, codes::job_unknown);
    EXPECT_TRUE(bench.desk().job(person("bob"), reviewed->id)) << "it has not ended";
    EXPECT_EQ(bench.server.tree("alice"), brought);
    const auto scratch = bench.folder / "state/jobs" / std::to_string(finished->id.value);
    EXPECT_TRUE(bench.wait_until([&] { return !std::filesystem::exists(scratch); }));
}

} // namespace passerelle::service
