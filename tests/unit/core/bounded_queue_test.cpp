// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/bounded_queue.hpp"

#include <gtest/gtest.h>
#include <thread>

namespace passerelle {

TEST(BoundedQueue, GivesEverythingInOrderThroughASmallQueue) {
    BoundedQueue<int> queue(2);
    std::jthread producer([&](const std::stop_token& stop) {
        for (int i = 0; i < 1000; ++i)
            queue.push(i, stop);
        queue.close();
    });
    int expected = 0;
    while (auto value = queue.pop({}))
        EXPECT_EQ(*value, expected++);
    EXPECT_EQ(expected, 1000);
}

TEST(BoundedQueue, AStopWakesTheOneWhoWaits) {
    BoundedQueue<int> queue(1);
    std::stop_source source;
    std::optional<int> taken = 7;
    {
        std::jthread consumer([&] { taken = queue.pop(source.get_token()); });
        source.request_stop();
    }
    EXPECT_FALSE(taken);
}

TEST(BoundedQueue, TakesTheFrontOnlyWhereItIsWanted) {
    BoundedQueue<int> queue(2);
    queue.push(4, {});
    EXPECT_FALSE(queue.try_pop_if([](int value) { return value > 4; }));
    EXPECT_EQ(queue.try_pop_if([](int value) { return value == 4; }), 4);
    EXPECT_FALSE(queue.try_pop_if([](int) { return true; }));
}

TEST(BoundedQueue, AClosedQueueTakesNothing) {
    BoundedQueue<int> queue(1);
    queue.close();
    EXPECT_FALSE(queue.push(1, {}));
    EXPECT_FALSE(queue.pop({}));
}

} // namespace passerelle
