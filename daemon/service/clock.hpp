// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <chrono>

namespace passerelle::service {

/// What time it is; tests have one of their own. Any thread may ask.
class Clock {
  public:
    using Moment = std::chrono::system_clock::time_point;

    virtual ~Clock() = default;
    [[nodiscard]] virtual Moment now() const = 0;
    /// Since midnight, by the machine's local time.
    [[nodiscard]] virtual std::chrono::minutes local_time_of_day() const = 0;
};

/// The machine's own.
[[nodiscard]] const Clock& system_clock();

} // namespace passerelle::service
