// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/night_window.hpp"

#include "core/reason_codes.hpp"

#include <charconv>
#include <optional>

namespace passerelle::service {
namespace {

constexpr std::chrono::minutes kDay = std::chrono::hours(24);

std::optional<int> number(std::string_view text, int most) {
    int value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.size() != 2 || failed != std::errc() || end != text.data() + text.size() || value < 0 || value > most)
        return std::nullopt;
    return value;
}

/// "22:00"
std::optional<std::chrono::minutes> time_of(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hours = number(text.substr(0, 2), 23);
    const auto minutes = number(text.substr(3), 59);
    if (!hours || !minutes) return std::nullopt;
    return std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
}

} // namespace

Result<NightWindow> NightWindow::parse(std::string_view text) {
    if (text.empty()) return NightWindow();
    const auto dash = text.find('-');
    const auto from = time_of(text.substr(0, dash));
    const auto to = dash == std::string_view::npos ? std::nullopt : time_of(text.substr(dash + 1));
    if (!from || !to || *from == *to)
        return Error(ErrorKind::permanent, codes::config_night_window, "", {{"text", std::string(text)}});
    return NightWindow(*from, *to);
}

bool NightWindow::is_open(std::chrono::minutes time_of_day) const {
    if (always_) return true;
    const bool after_from = time_of_day >= from_, before_to = time_of_day < to_;
    return from_ < to_ ? after_from && before_to : after_from || before_to;
}

std::chrono::minutes NightWindow::until_open(std::chrono::minutes time_of_day) const {
    if (is_open(time_of_day)) return std::chrono::minutes::zero();
    return time_of_day <= from_ ? from_ - time_of_day : from_ + kDay - time_of_day;
}

} // namespace passerelle::service
