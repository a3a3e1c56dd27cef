// SPDX-License-Identifier: AGPL-3.0-or-later
// What documents of the old binary formats say of themselves: [MS-OLEPS], a stream of numbered properties.
#include "daemon/convert/compound_file.hpp"
#include "daemon/convert/legacy_text.hpp"
#include "daemon/convert/little_endian.hpp"
#include "daemon/convert/metadata.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <fmt/format.h>
#include <utility>

namespace passerelle::convert {
namespace {

constexpr std::size_t kMaxStream = std::size_t{1} << 20; // a preview may be in it
constexpr std::size_t kMaxProperties = 1000;
constexpr std::size_t kMaxTextBytes = std::size_t{64} << 10;

// [MS-OLEPS] 2.15: kinds of values.
constexpr std::uint16_t kText = 0x1E;
constexpr std::uint16_t kWideText = 0x1F;
constexpr std::uint16_t kMoment = 0x40;

constexpr std::uint32_t kCodePage = 1;
constexpr std::array<std::pair<std::uint32_t, std::string Metadata::*>, 5> kProperties = {{
    {2, &Metadata::title},
    {4, &Metadata::author},
    {8, &Metadata::last_author},
    {12, &Metadata::created},
    {13, &Metadata::modified},
}};

/// Tenths of microseconds since 1601; none at all is no moment.
std::string moment(std::uint64_t ticks) {
    using namespace std::chrono;
    constexpr std::uint64_t kTicksPerSecond = 10'000'000;
    constexpr std::int64_t kSecondsTo1970 = 11'644'473'600;
    constexpr std::uint64_t kLastTick = 2'650'467'744'000'000'000; // the year 10000
    if (ticks == 0 || ticks >= kLastTick) return {};
    const sys_seconds at{seconds(static_cast<std::int64_t>(ticks / kTicksPerSecond) - kSecondsTo1970)};
    const auto day = floor<days>(at);
    const year_month_day date{day};
    const hh_mm_ss time{at - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(),
                       time.minutes().count(), time.seconds().count());
}

std::string value(std::string_view bytes, std::uint16_t code_page) {
    constexpr std::size_t kHeader = 8; // its kind, and for a text how long it is
    const std::uint16_t kind = u16_at(bytes, 0);
    if (kind == kMoment && bytes.size() >= 12) return moment(std::uint64_t{u32_at(bytes, 8)} << 32 | u32_at(bytes, 4));
    if ((kind != kText && kind != kWideText) || bytes.size() <= kHeader) return {};
    constexpr std::uint16_t kUtf16 = 1200;
    const bool is_wide = kind == kWideText || code_page == kUtf16;
    const std::size_t length = std::size_t{u32_at(bytes, 4)} * (kind == kWideText ? 2 : 1);
    const auto text = bytes.substr(kHeader, std::min(length, kMaxTextBytes));
    const std::string utf8 = is_wide ? utf8_from_utf16(text) : utf8_from_code_page(text, code_page);
    return utf8.substr(0, utf8.find('\0'));
}

} // namespace

Metadata read_summary_information(CompoundFile& file) {
    constexpr std::size_t kOffset = 44; // of the place of the first set
    const auto* stream = file.find("\x05SummaryInformation");
    if (!stream) return {};
    const std::string all = file.read(*stream, 0, kMaxStream);
    const std::size_t begin = u32_at(all, kOffset);
    if (begin >= all.size()) return {};
    const auto set = std::string_view(all).substr(begin);
    const std::size_t count = std::min<std::size_t>(u32_at(set, 4), kMaxProperties);
    const auto property = [&](std::uint32_t number) -> std::string_view {
        for (std::size_t i = 0; i < count; ++i)
            if (u32_at(set, 8 + 8 * i) == number)
                return set.substr(std::min<std::size_t>(u32_at(set, 12 + 8 * i), set.size()));
        return {};
    };
    const auto page = property(kCodePage);
    const std::uint16_t code_page = page.size() < 6 ? 1252 : u16_at(page, 4);
    Metadata metadata{.in_other_zone = true};
    for (const auto& [number, member] : kProperties)
        metadata.*member = value(property(number), code_page);
    return metadata;
}

} // namespace passerelle::convert
