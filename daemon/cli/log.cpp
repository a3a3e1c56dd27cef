// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/log/log.hpp"

#include "daemon/cli/commands.hpp"
#include "daemon/cli/interruption.hpp"
#include "daemon/log/reader.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <fmt/format.h>
#include <mutex>

namespace passerelle::cli {
namespace {

constexpr std::chrono::milliseconds kLookEvery{500};

/// Answers false when the person has had enough.
bool wait_for_more(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, kLookEvery, [] { return false; });
    return !stop.stop_requested();
}

} // namespace

Result<Ending> show_log(const Arguments& arguments, const Settings& settings) {
    const Interruption interruption;
    log::Filter filter;
    if (arguments.job) filter.job = JobId{*arguments.job};
    filter.least = log::Level::debug; // the file holds what the settings let in
    log::Reader reader(settings.log_file);
    do {
        auto read = reader.read_new(filter, [](const log::Line& line) { fmt::print("{}\n", log::to_text(line)); });
        if (!read) return failure(read);
        std::fflush(stdout);
    } while (arguments.follow && wait_for_more(interruption.token()));
    return Ending::complete;
}

} // namespace passerelle::cli
