// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace passerelle::service {

/// The hours at which jobs run, by local time; may pass over midnight. A value.
class NightWindow {
  public:
    /// At all times.
    NightWindow() = default;

    /// "22:00-06:00"; an empty text means at all times. Error: `config.night_window` (permanent).
    [[nodiscard]] static Result<NightWindow> parse(std::string_view text);

    [[nodiscard]] bool is_open(std::chrono::minutes time_of_day) const;
    /// From now until it opens; zero while it is open.
    [[nodiscard]] std::chrono::minutes until_open(std::chrono::minutes time_of_day) const;

  private:
    NightWindow(std::chrono::minutes from, std::chrono::minutes to) : always_(false), from_(from), to_(to) {}

    bool always_ = true;
    std::chrono::minutes from_{};
    std::chrono::minutes to_{};
};

} // namespace passerelle::service
