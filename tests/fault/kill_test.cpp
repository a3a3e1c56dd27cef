// SPDX-License-Identifier: AGPL-3.0-or-later
// The program is killed at moments that nobody chose, and gone on with. Nothing may be lost, nothing may travel twice,
// and nothing may stay behind.
#include "tests/fault/mixed_export.hpp"
#include "tests/program/scene.hpp"

#include <csignal>
#include <gtest/gtest.h>

namespace passerelle::program {
namespace {

using namespace std::chrono_literals;

constexpr auto kLimit = 60s;

class Interrupted : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        adopt_orphans();
        export_folder = new Folder;
        parts = mixed_export().write(export_folder->path());
        Scene undisturbed;
        const auto run = undisturbed.run(undisturbed.migrate(parts, {"--dest", "A"}));
        ASSERT_EQ(run.exit_code, 0) << run.err;
        expected = comparable(undisturbed.server.tree());
        requests = undisturbed.server.requests().size();
    }
    static void TearDownTestSuite() { delete export_folder; }

    /// Starts the command and answers it once the server has acted on so many requests more.
    bool reaches(Program& program, std::size_t more) {
        const auto goal = scene.server.requests().size() + more;
        return eventually([&] { return scene.server.requests().size() >= goal || program.has_ended(); }, kLimit) &&
               !program.has_ended();
    }

    void expect_all_there() {
        EXPECT_EQ(comparable(scene.server.tree()), expected);
        // The journal notes before a file leaves that it may have arrived, and the next run asks. So whatever a kill
        // interrupts, the bytes of no file are written a second time.
        for (const auto& [path, count] : scene.server.writes())
            EXPECT_EQ(count, 1) << path;
        scene.expect_true_report(scene.newest_job());
        scene.expect_tidy();
        EXPECT_TRUE(eventually([] { return !has_children(); }, 5s)) << "a worker has outlived the program";
    }

    static inline Folder* export_folder = nullptr; // shared: what all tests read
    static inline std::vector<std::filesystem::path> parts;
    static inline fakes::TreeSnapshot expected;
    static inline std::size_t requests = 0;
    Scene scene;
};

} // namespace

TEST_F(Interrupted, KilledTwelveTimesItLosesNothing) {
    exports::Dice dice(20240712);
    int kills = 0;
    for (int round = 0; round < 12; ++round) {
        Program program = scene.start(scene.migrate(parts, {"--dest", "A"}));
        if (reaches(program, 4 + dice.below(requests / 4))) {
            program.signal(SIGKILL);
            ++kills;
        }
        if (program.wait().exit_code == 0) break;
        // A worker notices that the program is gone; the server, that nobody listens.
        ASSERT_TRUE(eventually([] { return !has_children(); }, kLimit)) << "a worker has outlived the program";
        ASSERT_TRUE(eventually([&] { return scene.server.idle(); }, kLimit));
    }
    EXPECT_GE(kills, 6);
    const auto last = scene.run(scene.migrate(parts, {"--dest", "A"}));
    ASSERT_EQ(last.exit_code, 0) << last.err;
    expect_all_there();
}

TEST_F(Interrupted, KilledWhileItResumes) {
    {
        Program program = scene.start(scene.migrate(parts, {"--dest", "A"}));
        ASSERT_TRUE(reaches(program, 30));
        program.signal(SIGKILL);
    }
    ASSERT_TRUE(eventually([&] { return scene.server.idle(); }, kLimit));
    for (const std::size_t more : {3, 9, 20}) {
        Program program = scene.start({"resume", "1"});
        if (!reaches(program, more)) break;
        program.signal(SIGKILL);
        (void)program.wait();
        ASSERT_TRUE(eventually([&] { return scene.server.idle(); }, kLimit));
    }
    const auto last = scene.run({"resume", "1"});
    ASSERT_EQ(last.exit_code, 0) << last.err;
    expect_all_there();
}

class Asked : public Interrupted, public ::testing::WithParamInterface<int> {};

TEST_P(Asked, ItStopsCleanlyAndSaysHowToGoOn) {
    {
        Program program = scene.start(scene.migrate(parts, {"--dest", "A"}));
        ASSERT_TRUE(reaches(program, 40));
        program.signal(GetParam());
        const auto stopped = program.wait();
        EXPECT_EQ(stopped.exit_code, 4) << stopped.err;
        EXPECT_NE(stopped.err.find("passerelle resume 1"), std::string::npos) << stopped.err;
        EXPECT_NE(stopped.err.find("stopped at your request"), std::string::npos) << stopped.err;
        EXPECT_FALSE(has_children());
        EXPECT_NE(scene.run({"status", "1", "--json"}).out.find("\"phase\": \"stopped\""), std::string::npos);
    }
    const auto resumed = scene.run({"resume", "1"});
    ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
    expect_all_there();
}

INSTANTIATE_TEST_SUITE_P(ToStop, Asked, ::testing::Values(SIGINT, SIGTERM),
                         [](const auto& tested) { return tested.param == SIGINT ? "Interrupt" : "Terminate"; });

/// The second one does not wait for anything; the journal is durable at every step.
TEST_F(Interrupted, ASecondSignalEndsItAtOnce) {
    const auto gate = std::make_shared<fakes::Gate>(); // shared with the request that stands at it
    scene.server.fault({.kind = fakes::Fault::Kind::slow, .method = "MKCOL", .delay = 30s, .gate = gate});
    {
        Program program = scene.start(scene.migrate(parts, {"--dest", "A"}));
        ASSERT_TRUE(gate->wait_for_arrival(30s));
        program.signal(SIGINT);
        ASSERT_TRUE(eventually(
            [&] {
                program.signal(SIGINT);
                return program.has_ended();
            },
            kLimit));
        const auto ended = program.wait();
        EXPECT_TRUE(ended.exit_code == 128 + SIGINT || ended.exit_code == 4) << ended.exit_code;
    }
    gate->open();
    ASSERT_TRUE(eventually([&] { return scene.server.idle(); }, kLimit));
    const auto resumed = scene.run({"resume", "1"});
    ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
    expect_all_there();
}

TEST_F(Interrupted, OnlyOneProcessRunsAJob) {
    Program first = scene.start(scene.migrate(parts, {"--dest", "A"}));
    ASSERT_TRUE(reaches(first, 30));
    const auto second = scene.run({"resume", "1"});
    EXPECT_EQ(second.exit_code, 4) << second.err;
    EXPECT_NE(second.err.find("already running"), std::string::npos) << second.err;
    ASSERT_EQ(first.wait().exit_code, 0);
    expect_all_there();
}

} // namespace passerelle::program
