// SPDX-License-Identifier: AGPL-3.0-or-later
// The program against a server on which things go wrong. The oracle: the tree on the server, the report, the exit code.
#include "tests/exports/downloads.hpp"
#include "tests/program/scene.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace passerelle::program {
namespace {

using namespace std::chrono_literals;
using exports::Bytes;
using fakes::Fault;
using Kind = fakes::Fault::Kind;

constexpr std::uint64_t kLargeBytes = 2 * kMiB; ///< too large for a batch: each goes by a PUT of its own
constexpr auto kLimit = 60s;

class ServerFaults : public ::testing::Test {
  protected:
    /// Files that travel one by one, "gros 0.bin" and so on, and small ones that travel in batches.
    void write_export(int large, int small) {
        exports::FolderBuilder folder;
        for (int i = 0; i < large; ++i)
            folder.file(fmt::format("gros {}.bin", i), Bytes::random(kLargeBytes + i, i));
        for (int i = 0; i < small; ++i)
            folder.file(fmt::format("petits/{}.txt", i), Bytes::prose(500, i));
        folder.write(source);
        files = large + small;
    }
    Words migrate() const { return scene.migrate({source}, {"--dest", "A"}); }

    /// Every file of the export is on the server as it was, and nothing else.
    void expect_all_there() {
        int found = 0;
        const auto ledger = scene.ledger();
        for (const auto& [path, state] : ledger.states)
            EXPECT_EQ(state, "done") << path;
        for (const auto& [path, entry] : scene.server.tree()) {
            if (entry.folder) continue;
            EXPECT_EQ(entry.size,
                      std::filesystem::file_size(source / std::filesystem::path(path).lexically_relative("A")));
            ++found;
        }
        EXPECT_EQ(found, files);
        scene.expect_true_report();
        scene.expect_tidy();
    }
    int puts(const std::string& suffix) const {
        return static_cast<int>(std::ranges::count_if(scene.server.requests(), [&](const auto& seen) {
            return seen.method == "PUT" && seen.path.ends_with(suffix);
        }));
    }

    Scene scene;
    std::filesystem::path source = scene.folder().path() / "export";
    int files = 0;
};

std::string large(int number) {
    return fmt::format("gros {}.bin", number);
}

} // namespace

TEST_F(ServerFaults, WhatPassesIsWaitedFor) {
    write_export(12, 30);
    int number = 0;
    for (const int status : {423, 500, 502, 503, 504})
        scene.server.fault({.method = "PUT", .path_suffix = large(number++), .status = status});
    scene.server.fault(
        {.method = "PUT", .path_suffix = large(number++), .status = 429, .headers = {{"Retry-After", "1"}}});
    scene.server.fault(
        {.kind = Kind::cut_request, .method = "PUT", .path_suffix = large(number++), .after_bytes = 1 << 20});
    scene.server.fault({.kind = Kind::lose_answer, .method = "PUT", .path_suffix = large(number++)});
    scene.server.fault({.kind = Kind::cut_answer, .method = "PUT", .path_suffix = large(number++)});
    scene.server.fault({.kind = Kind::close_after_answer, .method = "PUT", .path_suffix = large(number++)});
    scene.server.fault({.kind = Kind::slow, .method = "PUT", .path_suffix = large(number++), .delay = 300ms});
    for (const auto kind : {Kind::cut_request, Kind::lose_answer})
        scene.server.fault({.kind = kind, .method = "POST", .after_bytes = 100});
    scene.server.fault({.kind = Kind::bulk_file_error, .path_suffix = "petits/3.txt", .body = "locked"});
    for (const int status : {503, 423})
        scene.server.fault({.method = "MKCOL", .status = status});
    scene.server.fault({.method = "PROPPATCH", .status = 503});

    const auto run = scene.run(migrate());
    EXPECT_EQ(run.exit_code, 0) << run.err;
    expect_all_there();
    EXPECT_EQ(scene.server.writes().at("A/" + large(7)), 1) << "an answer that was lost costs no second upload";
    EXPECT_EQ(puts(large(7)), 1);
    EXPECT_EQ(puts(large(6)), 2) << "what was cut travels again";
}

TEST_F(ServerFaults, AConnectionThatTheServerClosedIsNoticed) {
    write_export(6, 0);
    scene.server.fault({.kind = Kind::close_after_answer, .times = -1});
    const auto run = scene.run(migrate());
    EXPECT_EQ(run.exit_code, 0) << run.err;
    expect_all_there();
}

TEST_F(ServerFaults, AServerThatReportsAnotherDigestIsNotBelieved) {
    write_export(3, 0);
    scene.server.fault({.kind = Kind::wrong_hash, .method = "PUT", .path_suffix = large(1), .times = -1});
    const auto run = scene.run(migrate());
    EXPECT_EQ(run.exit_code, 3) << run.err;
    const auto ledger = scene.ledger();
    EXPECT_EQ(ledger.states.at(large(1)), "failed");
    EXPECT_EQ(ledger.reasons.find(large(1))->second, "upload.hash_mismatch");
    EXPECT_EQ(ledger.failed.items, 1u);
    EXPECT_FALSE(scene.server.bytes_of("A/" + large(1))) << "what differs does not stay";
    scene.expect_true_report();

    scene.server.clear_faults();
    const auto retried = scene.run({"retry", "1", "--all"});
    EXPECT_EQ(retried.exit_code, 0) << retried.err;
    expect_all_there();
}

TEST_F(ServerFaults, BytesThatChangedOnTheWayDoNotStay) {
    write_export(2, 10);
    scene.server.fault({.kind = Kind::store_other_bytes, .method = "PUT", .path_suffix = large(0)});
    scene.server.fault({.kind = Kind::store_other_bytes, .method = "POST", .path_suffix = "petits/4.txt"});
    const auto run = scene.run(migrate());
    EXPECT_TRUE(run.exit_code == 0 || run.exit_code == 3) << run.err;
    scene.expect_true_report();
    const auto retried = scene.run({"retry", "1", "--all"});
    EXPECT_EQ(retried.exit_code, 0) << retried.err;
    expect_all_there();
}

TEST_F(ServerFaults, AWrongPasswordInTheMiddleEndsTheRunAtOnce) {
    write_export(40, 0);
    scene.server.fault({.method = "PUT", .skip = 10, .times = -1, .status = 401});
    const auto run = scene.run(migrate());
    EXPECT_EQ(run.exit_code, 4) << run.err;
    EXPECT_NE(run.err.find("refused the user name or the password"), std::string::npos) << run.err;
    EXPECT_NE(run.err.find("passerelle resume 1"), std::string::npos) << run.err;
    // Eleven bad logins lock the whole account's address out.
    const auto requests = scene.server.requests();
    const auto first = std::ranges::find(requests, 401, &fakes::SeenRequest::status);
    EXPECT_LT(std::distance(first, requests.end()), 11);

    scene.server.clear_faults();
    const auto resumed = scene.run({"resume", "1"});
    EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
    expect_all_there();
}

TEST_F(ServerFaults, AnAccountThatFillsUpStopsTheRunAndSaysHowMuchIsMissing) {
    write_export(8, 0);
    // Somebody else fills the account once the space has been checked.
    const auto gate = std::make_shared<fakes::Gate>(); // shared with the request that stands at it
    scene.server.fault({.kind = Kind::slow, .method = "PUT", .path_suffix = large(0), .delay = kLimit, .gate = gate});
    Program program = scene.start(migrate());
    ASSERT_TRUE(gate->wait_for_arrival(kLimit));
    scene.server.set_quota(10);
    gate->open();
    const auto run = program.wait();
    EXPECT_EQ(run.exit_code, 4) << run.err;
    EXPECT_NE(run.err.find("At least 3 MB are missing"), std::string::npos) << run.err;
    EXPECT_NE(run.err.find("passerelle resume 1"), std::string::npos) << run.err;

    scene.server.set_quota(std::nullopt);
    const auto resumed = scene.run({"resume", "1"});
    EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
    expect_all_there();
}

TEST_F(ServerFaults, TheEndOfAMaintenanceIsWaitedFor) {
    write_export(6, 20);
    const auto gate = std::make_shared<fakes::Gate>(); // shared with the request that stands at it
    scene.server.fault({.kind = Kind::slow, .method = "PUT", .path_suffix = large(2), .delay = kLimit, .gate = gate});
    Program program = scene.start(migrate());
    ASSERT_TRUE(gate->wait_for_arrival(kLimit));
    scene.server.set_maintenance(true);
    gate->open();
    const auto asks_for_its_end = [&] {
        const auto requests = scene.server.requests();
        return std::ranges::count(requests, 503, &fakes::SeenRequest::status) > 0 &&
               requests.back().path == "/status.php";
    };
    ASSERT_TRUE(eventually(asks_for_its_end, kLimit));
    scene.server.set_maintenance(false);
    const auto run = program.wait();
    EXPECT_EQ(run.exit_code, 0) << run.err;
    expect_all_there();
}

TEST_F(ServerFaults, AServerThatGoesAwayStopsTheRun) {
    write_export(30, 0);
    scene.server.fault({.kind = Kind::cut_request, .method = "PUT", .skip = 5, .times = -1, .after_bytes = 10});
    scene.server.fault({.kind = Kind::lose_answer, .method = "PROPFIND", .skip = 8, .times = -1});
    const auto run = scene.run(migrate());
    EXPECT_EQ(run.exit_code, 4) << run.err;
    EXPECT_NE(run.err.find("passerelle resume 1"), std::string::npos) << run.err;
    scene.server.clear_faults();
    const auto resumed = scene.run({"resume", "1"});
    EXPECT_TRUE(resumed.exit_code == 0 || resumed.exit_code == 3) << resumed.err;
    if (resumed.exit_code == 3) {
        EXPECT_EQ(scene.run({"retry", "1"}).exit_code, 0);
    }
    expect_all_there();
}

} // namespace passerelle::program
