// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/log/log.hpp"

#include <chrono>

namespace passerelle::log {

/// Takes away what the log's files hold that is older than `kept` before `now`. Files go whole: so that not much goes
/// early, the one that is written is put aside when its first line is older than the part of `kept` that falls to each
/// of the files that are kept. To be called once a day; any thread may, one at a time.
void forget_old_lines(const Options& options, std::chrono::days kept, std::chrono::system_clock::time_point now);

} // namespace passerelle::log
