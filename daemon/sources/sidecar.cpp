// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/sidecar.hpp"

#include "daemon/sources/bounded_json.hpp"
#include "daemon/sources/file_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace passerelle::sources {
namespace {

constexpr std::string_view kJson = ".json";
constexpr std::string_view kInfo = "-info";
constexpr std::string_view kSupplement = ".supplemental-metadata";
constexpr std::array kAccessMembers{"permissions", "viewers_can_download", "editors_can_edit_access"};
constexpr std::array kDriveMembers{"mime_type", "permissions", "content_last_modified", "last_modified_by_any_user"};

std::optional<Timestamp> seconds_of(const nlohmann::json& object, const char* member) {
    const auto at = object.find(member);
    if (at == object.end() || !at->is_object()) return std::nullopt;
    const auto text = text_of(*at, "timestamp");
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    constexpr std::int64_t far = 253402300799; // the end of the year 9999: later is no date of a photo
    return seconds > -far && seconds <= far ? std::optional(from_epoch(seconds)) : std::nullopt;
}

Sidecar drive_sidecar(const nlohmann::json& document) {
    Sidecar sidecar;
    sidecar.kind = Sidecar::Kind::drive;
    sidecar.title = text_of(document, "title");
    sidecar.mime_type = text_of(document, "mime_type");
    sidecar.created = parse_rfc3339(text_of(document, "created"));
    sidecar.modified = parse_rfc3339(text_of(document, "content_last_modified"));
    if (!sidecar.modified) sidecar.modified = parse_rfc3339(text_of(document, "last_modified_by_any_user"));
    sidecar.starred = flag_of(document, "starred");
    nlohmann::json access = nlohmann::json::object();
    for (const char* member : kAccessMembers)
        if (const auto at = document.find(member); at != document.end()) access[member] = *at;
    if (access.contains("permissions")) sidecar.permissions = access.dump();
    return sidecar;
}

Sidecar photo_sidecar(const nlohmann::json& document) {
    Sidecar sidecar;
    sidecar.kind = Sidecar::Kind::photo;
    sidecar.title = text_of(document, "title");
    sidecar.modified = seconds_of(document, "photoTakenTime");
    sidecar.starred = flag_of(document, "favorited");
    return sidecar;
}

/// Takes "(12)" off the end.
std::string_view take_number(std::string_view& text) {
    if (!text.ends_with(')')) return {};
    const auto open = text.rfind('(');
    if (open == std::string_view::npos || open == 0 || open + 2 >= text.size()) return {};
    const auto number = text.substr(open);
    const auto digits = number.substr(1, number.size() - 2);
    if (!std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) return {};
    text.remove_suffix(number.size());
    return number;
}

/// `count` digits at `at`, which moves on.
bool digits(std::string_view text, std::size_t& at, std::size_t count, int& value) {
    if (at + count > text.size()) return false;
    const auto* first = text.data() + at;
    const auto [end, error] = std::from_chars(first, first + count, value);
    at += count;
    return error == std::errc{} && end == first + count && value >= 0;
}

bool literal(std::string_view text, std::size_t& at, std::string_view accepted) {
    return at < text.size() && accepted.find(text[at++]) != std::string_view::npos;
}

} // namespace

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
    std::size_t at = 0;
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    const bool shaped = digits(text, at, 4, year) && literal(text, at, "-") && digits(text, at, 2, month) &&
                        literal(text, at, "-") && digits(text, at, 2, day) && literal(text, at, "Tt ") &&
                        digits(text, at, 2, hour) && literal(text, at, ":") && digits(text, at, 2, minute) &&
                        literal(text, at, ":") && digits(text, at, 2, second);
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!shaped || !date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    if (at < text.size() && text[at] == '.')
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9';)
            ++at;
    int zone_minutes = 0;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
        const int sign = text[at++] == '-' ? -1 : 1;
        int hours = 0, minutes = 0;
        if (!digits(text, at, 2, hours) || !literal(text, at, ":") || !digits(text, at, 2, minutes))
            return std::nullopt;
        zone_minutes = sign * (60 * hours + minutes);
    }
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute - zone_minutes) +
           std::chrono::seconds(second);
}

std::optional<Sidecar> parse_sidecar(std::string_view json) {
    const auto document = parse_bounded_json(json);
    if (!document || !document->is_object()) return std::nullopt;
    if (document->contains("photoTakenTime")) return photo_sidecar(*document);
    if (text_of(*document, "title").empty()) return std::nullopt;
    if (std::none_of(kDriveMembers.begin(), kDriveMembers.end(),
                     [&](const char* member) { return document->contains(member); }))
        return std::nullopt;
    return drive_sidecar(*document);
}

std::optional<SidecarName> parse_drive_sidecar_name(std::string_view name) {
    if (!name.ends_with(kJson)) return std::nullopt;
    name.remove_suffix(kJson.size());
    const auto number = take_number(name);
    if (!name.ends_with(kInfo) || name.size() == kInfo.size()) return std::nullopt;
    name.remove_suffix(kInfo.size());
    return SidecarName{name, number};
}

SidecarName parse_photo_sidecar_name(std::string_view name) {
    if (name.ends_with(kJson)) name.remove_suffix(kJson.size());
    const auto number = take_number(name);
    if (const auto dot = name.rfind('.');
        dot != std::string_view::npos && dot > 0 && kSupplement.starts_with(name.substr(dot)))
        name.remove_suffix(name.size() - dot);
    return {name, number};
}

void apply_sidecar(Item& item, const Sidecar& sidecar) {
    if (!sidecar.title.empty()) {
        item.title = sidecar.title;
        const auto extension = extension_of(name_of_path(item.path));
        if (item.kind == ItemKind::file && !lower_ascii(item.title).ends_with(lower_ascii(extension)))
            item.title += extension;
    }
    item.modified = sidecar.modified ? sidecar.modified : item.modified;
    item.created = sidecar.created;
    item.starred = sidecar.starred;
    item.permissions = sidecar.permissions;
}

} // namespace passerelle::sources
