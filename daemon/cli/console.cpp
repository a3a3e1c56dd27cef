// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/console.hpp"

#include "daemon/report/catalogue.hpp"
#include "daemon/report/safe_text.hpp"

#include <array>
#include <cstdio>
#include <ctime>
#include <fmt/format.h>

namespace passerelle::cli {

void say(std::string_view line) {
    fmt::print(stderr, "{}\n", line);
}

void say_error(const Error& error, Language language) {
    say(fmt::format("passerelle: {}", explain(reason_of(error), language)));
    if (!error.message.empty()) say(fmt::format("  [{}: {}]", error.code, report::visible(error.message)));
}

std::string explain(const Reason& reason, Language language) {
    const auto& catalogue = report::Catalogue::instance();
    const auto advice = catalogue.advice(reason, language);
    auto text = report::visible(catalogue.text(reason, language));
    if (!advice.empty()) text += "\n  " + report::visible(advice);
    return text;
}

std::string human_bytes(std::uint64_t bytes, Language language) {
    struct Unit {
        double size;
        Sentence name;
    };
    static constexpr std::array kUnits{Unit{1e9, {"Go", "GB"}}, Unit{1e6, {"Mo", "MB"}}, Unit{1e3, {"ko", "kB"}}};
    for (const auto& unit : kUnits) {
        if (static_cast<double>(bytes) < unit.size) continue;
        auto number = fmt::format("{:.1f}", static_cast<double>(bytes) / unit.size);
        if (language == Language::french) number[number.size() - 2] = ',';
        return fmt::format("{} {}", number, unit.name.in(language));
    }
    return fmt::format("{} {}", bytes, Sentence{"octets", "bytes"}.in(language));
}

std::string human_duration(std::chrono::seconds duration) {
    const auto seconds = duration.count();
    if (seconds >= 3600) return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

std::string human_time(std::chrono::sys_seconds moment) {
    const std::time_t time = moment.time_since_epoch().count();
    std::tm local{};
    localtime_r(&time, &local);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday,
                       local.tm_hour, local.tm_min);
}

} // namespace passerelle::cli
