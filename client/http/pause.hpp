// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>

namespace passerelle::http {

/// Waits; false where a stop was asked for, at once. Tests put a clock of their own in its place.
using Pause = std::function<bool(std::chrono::milliseconds, const std::stop_token&)>;

/// Waits by the real clock.
bool pause(std::chrono::milliseconds duration, const std::stop_token& stop);

} // namespace passerelle::http
