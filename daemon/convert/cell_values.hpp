// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace passerelle::convert {

/// Day 0 of spreadsheets that do not say otherwise.
inline constexpr std::chrono::sys_days kUsualNullDate{std::chrono::year{1899} / 12 / 30};

/// "1.5E3"; nothing unless the whole text is a number.
[[nodiscard]] std::optional<double> number_from(std::string_view text);
/// "2026-03-31" or "2026-03-31T18:30:00.5" as days since `null_date`.
[[nodiscard]] std::optional<double> days_from(std::string_view text, std::chrono::sys_days null_date);
/// "PT18H30M00.5S", also negative, as part of a day.
[[nodiscard]] std::optional<double> day_part_from(std::string_view text);

} // namespace passerelle::convert
