// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/shared_converter.hpp"

#include <atomic>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

namespace passerelle::service {
namespace {

std::atomic<int> alive = 0;
std::atomic<int> most = 0;
std::atomic<int> made = 0;

/// A pool that takes its time to end.
class SlowlyEnding final : public convert::Converter {
  public:
    SlowlyEnding() {
        ++made;
        most = std::max(most.load(), ++alive);
    }
    ~SlowlyEnding() override {
        for (int turn = 0; turn < 100; ++turn)
            std::this_thread::yield();
        --alive;
    }
    [[nodiscard]] Result<convert::Verdict> convert(const convert::Document&, std::stop_token) override {
        return convert::Verdict{};
    }
    [[nodiscard]] convert::PoolStatistics statistics() const override { return {}; }
};

} // namespace

TEST(SharedConverter, IsOneForAllAndEndsWithTheLast) {
    SharedConverter shared([] { return std::make_unique<SlowlyEnding>(); });
    auto first = shared.borrow();
    auto second = shared.borrow();
    EXPECT_EQ(first, second);
    first.reset();
    EXPECT_EQ(alive, 1);
    second.reset();
    EXPECT_EQ(alive, 0);
}

TEST(SharedConverter, ANewOneWaitsUntilTheOneBeforeHasEnded) {
    SharedConverter shared([] { return std::make_unique<SlowlyEnding>(); });
    made = most = 0;
    {
        std::vector<std::jthread> jobs;
        for (int job = 0; job < 4; ++job)
            jobs.emplace_back([&] {
                for (int turn = 0; turn < 200; ++turn)
                    EXPECT_TRUE(shared.borrow());
            });
    }
    EXPECT_EQ(most, 1);
    EXPECT_EQ(alive, 0);
    EXPECT_GT(made, 1);
}

} // namespace passerelle::service
