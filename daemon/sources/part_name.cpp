// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/part_name.hpp"

#include <charconv>
#include <regex>

namespace passerelle::sources {

std::optional<PartName> parse_part_name(std::string_view file_name) {
    static const std::regex pattern(R"(^(.+-\d{8}T\d{6}Z)(?:-(\d+))?-(\d{3,})( ?\(\d+\))?\.(zip|tgz|tar\.gz)$)",
                                    std::regex::optimize);
    std::cmatch match;
    if (file_name.size() > 300 || !std::regex_match(file_name.begin(), file_name.end(), match, pattern))
        return std::nullopt;
    PartName name;
    name.export_name = match[1];
    name.batch = match[2];
    const std::string digits = match[3];
    std::from_chars(digits.data(), digits.data() + digits.size(), name.number);
    name.copy = match[4].matched;
    const bool takeout = name.export_name.starts_with("takeout-") &&
                         name.export_name.size() == std::string_view("takeout-20240712T112341Z").size();
    if (!takeout && match[5] != "zip") return std::nullopt;
    name.kind = takeout ? ExportKind::takeout : ExportKind::drive_download;
    return name;
}

std::optional<std::string> loose_file_name(std::string_view file_name) {
    static const std::regex pattern(R"(^(.+)-\d{3,}(\.[A-Za-z0-9]{1,8})?$)", std::regex::optimize);
    std::cmatch match;
    if (file_name.size() > 300 || !std::regex_match(file_name.begin(), file_name.end(), match, pattern))
        return std::nullopt;
    return match[1].str() + match[2].str();
}

} // namespace passerelle::sources
