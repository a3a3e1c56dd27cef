// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/cell_values.hpp"

#include <charconv>

namespace passerelle::convert {
namespace {

constexpr double kSecondsPerDay = 86'400;

/// Takes a number and the character behind it ('\0': the end) from the front of `text`.
bool take(std::string_view& text, double& number, char behind) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    if (error != std::errc()) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (behind == '\0') return text.empty();
    if (!text.starts_with(behind)) return false;
    text.remove_prefix(1);
    return true;
}

} // namespace

std::optional<double> number_from(std::string_view text) {
    double number = 0;
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<double> days_from(std::string_view text, std::chrono::sys_days null_date) {
    const auto t = text.find('T');
    std::string_view date = text.substr(0, t);
    const double sign = date.starts_with('-') ? -1 : 1;
    if (sign < 0) date.remove_prefix(1);
    double year = 0;
    double month = 0;
    double day = 0;
    if (!take(date, year, '-') || !take(date, month, '-') || !take(date, day, '\0')) return std::nullopt;
    if (!(year <= 32'767 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return std::nullopt;
    const std::chrono::year_month_day calendar{std::chrono::year(static_cast<int>(sign * year)),
                                               std::chrono::month(static_cast<unsigned>(month)),
                                               std::chrono::day(static_cast<unsigned>(day))};
    if (!calendar.ok()) return std::nullopt;
    double days = static_cast<double>((std::chrono::sys_days(calendar) - null_date).count());
    if (t == std::string_view::npos) return days;

    std::string_view time = text.substr(t + 1);
    if (time.ends_with('Z')) time.remove_suffix(1);
    double hours = 0;
    double minutes = 0;
    double seconds = 0;
    if (!take(time, hours, ':') || !take(time, minutes, ':') || !take(time, seconds, '\0')) return std::nullopt;
    return days + ((hours * 60 + minutes) * 60 + seconds) / kSecondsPerDay;
}

std::optional<double> day_part_from(std::string_view text) {
    const double sign = text.starts_with('-') ? -1 : 1;
    if (sign < 0) text.remove_prefix(1);
    double hours = 0;
    double minutes = 0;
    double seconds = 0;
    if (!text.starts_with("PT")) return std::nullopt;
    text.remove_prefix(2);
    if (!take(text, hours, 'H') || !take(text, minutes, 'M') || !take(text, seconds, 'S')) return std::nullopt;
    return sign * ((hours * 60 + minutes) * 60 + seconds) / kSecondsPerDay;
}

} // namespace passerelle::convert
