// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "tests/unit/daemon/jobs/workbench.hpp"

#include <gtest/gtest.h>

/// The run is cut at every single step, once before and once after the step took effect, and gone on with: the tree
/// must be that of an undisturbed run, and no file's bytes may have travelled twice.
namespace passerelle::jobs {
namespace {

StoredTree undisturbed_tree() {
    Workbench bench;
    bench.fill();
    EXPECT_TRUE(bench.migrate());
    return bench.server.tree();
}

void expect_complete(Workbench& bench, JobId job, const StoredTree& expected) {
    const auto statement = run(job, bench.tools(), bench.progress, {});
    ASSERT_TRUE(statement) << statement.error().code;
    EXPECT_TRUE(statement->adds_up());
    EXPECT_EQ(statement->done.items, statement->seen.items);
    EXPECT_EQ(bench.server.tree(), expected);
    for (const auto& [path, count] : bench.server.writes())
        EXPECT_EQ(count, 1) << path;
}

/// Everything from call `number` on fails as if the cable had been pulled.
auto cable_pulled_at(std::size_t number, Fault::When when) {
    return [=](std::size_t call, const std::string&, const std::string&) -> std::optional<Fault> {
        if (call < number) return std::nullopt;
        return Fault{call == number ? when : Fault::When::before,
                     Error(ErrorKind::retryable, codes::server_unreachable, "cable pulled")};
    };
}

class CutAtTheServer : public ::testing::TestWithParam<Fault::When> {};

} // namespace

TEST_P(CutAtTheServer, EveryCallInTurn) {
    const auto expected = undisturbed_tree();
    for (std::size_t number = 0;; ++number) {
        Workbench bench;
        bench.fill();
        const auto job = bench.prepare().value().job;
        const auto planning_calls = bench.server.calls();
        bench.server.fault = cable_pulled_at(planning_calls + number, GetParam());
        const auto cut = run(job, bench.tools(), bench.progress, {});
        bench.server.fault = nullptr;
        if (cut) break; // the run ended before that call: every call has had its turn
        SCOPED_TRACE("cut at call " + std::to_string(number));
        expect_complete(bench, job, expected);
        if (HasFatalFailure() || HasNonfatalFailure()) return;
    }
}

INSTANTIATE_TEST_SUITE_P(Crash, CutAtTheServer, ::testing::Values(Fault::When::before, Fault::When::after),
                         [](const auto& tested) { return tested.param == Fault::When::before ? "Before" : "After"; });

TEST(Crash, AtEveryWriteOfTheJournal) {
    const auto expected = undisturbed_tree();
    for (int records = 0;; ++records) {
        Workbench bench;
        bench.fill();
        const auto job = bench.prepare().value().job;
        FailingJournal failing(*bench.journal);
        failing.records_left = records;
        const auto cut = run(job, bench.tools(failing), bench.progress, {});
        if (cut) break;
        SCOPED_TRACE("killed before write " + std::to_string(records));
        expect_complete(bench, job, expected);
        if (::testing::Test::HasFailure()) return;
    }
}

TEST(Crash, ConvertedBytesThatWereLostAreConvertedAgain) {
    const auto expected = undisturbed_tree();
    Workbench bench;
    bench.fill();
    const auto job = bench.prepare().value().job;
    bench.server.fault = [](std::size_t, const std::string& verb, const std::string& path) -> std::optional<Fault> {
        if (verb != "PUT" || !path.ends_with(".odt")) return std::nullopt;
        return Fault{Fault::When::before, Error(ErrorKind::job, codes::server_unauthorized, "")};
    };
    ASSERT_FALSE(run(job, bench.tools(), bench.progress, {}));
    bench.server.fault = nullptr;
    std::filesystem::remove_all(bench.state_folder / "jobs");
    expect_complete(bench, job, expected);
    EXPECT_GE(bench.converter.conversions, 3); // the lost one twice, the kept one at least once
}

} // namespace passerelle::jobs
