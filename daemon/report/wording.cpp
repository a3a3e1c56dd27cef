// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/wording.hpp"

#include <array>
#include <ctime>
#include <fmt/format.h>

namespace passerelle::report {
namespace {

constexpr std::string_view kNarrowSpace = "\u202f"; // does not break: the number stays with what it counts
constexpr std::string_view kSpace = "\u00a0";

constexpr std::array<Phrase, 12> kMonths{{{"janvier", "January"},
                                          {"février", "February"},
                                          {"mars", "March"},
                                          {"avril", "April"},
                                          {"mai", "May"},
                                          {"juin", "June"},
                                          {"juillet", "July"},
                                          {"août", "August"},
                                          {"septembre", "September"},
                                          {"octobre", "October"},
                                          {"novembre", "November"},
                                          {"décembre", "December"}}};

} // namespace

bool is_singular(std::uint64_t count, Language language) {
    return count == 1 || (count == 0 && language == Language::french);
}

std::string counted(std::uint64_t count, const CountedPhrase& phrase, Language language) {
    const auto& chosen = is_singular(count, language) ? phrase.one : phrase.many;
    return fmt::format(fmt::runtime(chosen.in(language)), grouped(count, language));
}

std::string grouped(std::uint64_t number, Language language) {
    const auto digits = std::to_string(number);
    std::string text;
    for (std::size_t at = 0; at < digits.size(); ++at) {
        if (at > 0 && (digits.size() - at) % 3 == 0) text += language == Language::french ? kNarrowSpace : ",";
        text += digits[at];
    }
    return text;
}

std::string human_bytes(std::uint64_t bytes, Language language) {
    struct Unit {
        std::uint64_t size;
        Phrase name;
    };
    static constexpr std::array kUnits{Unit{1'000'000'000'000, {"To", "TB"}}, Unit{1'000'000'000, {"Go", "GB"}},
                                       Unit{1'000'000, {"Mo", "MB"}}, Unit{1'000, {"ko", "KB"}}};
    for (const auto& unit : kUnits) {
        if (bytes < unit.size - unit.size / 20'000) continue; // 999,960 bytes are 1.0 MB, not 1000.0 KB
        const auto tenths = (bytes / (unit.size / 100) + 5) / 10;
        const char point = language == Language::french ? ',' : '.';
        return fmt::format("{}{}{}{}{}", tenths / 10, point, tenths % 10, kSpace, unit.name.in(language));
    }
    const auto name = bytes == 1 ? Phrase{"octet", "byte"} : Phrase{"octets", "bytes"};
    return fmt::format("{}{}{}", bytes, kSpace, name.in(language));
}

std::string typeset(std::string_view text, Language language) {
    std::string set(text);
    if (language != Language::french) return set;
    const auto join = [&](std::string_view pair, std::string_view joined) {
        for (auto at = set.find(pair); at != std::string::npos; at = set.find(pair, at + joined.size()))
            set.replace(at, pair.size(), joined);
    };
    for (const std::string mark : {":", ";", "?", "!", "»"})
        join(" " + mark, std::string(kSpace) + mark);
    join("« ", "«" + std::string(kSpace));
    return set;
}

std::string human_time(Timestamp moment, Language language) {
    const std::time_t time = to_epoch(moment);
    std::tm local{};
    localtime_r(&time, &local);
    const auto month = kMonths.at(static_cast<std::size_t>(local.tm_mon)).in(language);
    const auto year = local.tm_year + 1900;
    if (language == Language::french)
        return fmt::format("{}{} {} {} à {}{}h{}{:02} ({})", local.tm_mday, local.tm_mday == 1 ? "er" : "", month, year,
                           local.tm_hour, kSpace, kSpace, local.tm_min, local.tm_zone);
    return fmt::format("{} {} {} at {}:{:02} ({})", local.tm_mday, month, year, local.tm_hour, local.tm_min,
                       local.tm_zone);
}

std::optional<std::string> table_time(Timestamp moment) {
    const std::time_t time = to_epoch(moment);
    std::tm local{};
    if (localtime_r(&time, &local) == nullptr || local.tm_year < 0 || local.tm_year > 9999 - 1900) return std::nullopt;
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday,
                       local.tm_hour, local.tm_min, local.tm_sec);
}

std::string iso_time(Timestamp moment) {
    const std::time_t time = to_epoch(moment);
    std::tm utc{};
    gmtime_r(&time, &utc);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
                       utc.tm_hour, utc.tm_min, utc.tm_sec);
}

} // namespace passerelle::report
