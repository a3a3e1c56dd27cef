// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <stop_token>
#include <thread>
#include <vector>

namespace passerelle::jobs {

/// Calls `act` with every index below `count`, from up to `threads` threads; returns when all are done or a stop was
/// asked for.
template <class Act>
void for_each_index(std::size_t count, std::size_t threads, const std::stop_token& stop, const Act& act) {
    std::atomic<std::size_t> next{0};
    std::vector<std::jthread> running;
    for (std::size_t i = 0; i < std::min(threads, count); ++i)
        running.emplace_back([&] {
            for (auto index = next++; index < count && !stop.stop_requested(); index = next++)
                act(index);
        });
}

} // namespace passerelle::jobs
