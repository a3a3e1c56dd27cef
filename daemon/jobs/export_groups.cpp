// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/export_groups.hpp"

#include <map>
#include <string_view>

namespace passerelle::jobs {
namespace {

constexpr std::uint64_t kMostBytes = 1'000'000;
constexpr std::size_t kMostGroups = 1'000;
constexpr std::size_t kMostProblems = 20;
constexpr std::string_view kInfo = "info.csv";
constexpr std::string_view kMembers = "members.csv";

/// The two files of one group; null where the export has none.
struct GroupFiles {
    const sources::Item* info = nullptr;
    const sources::Item* members = nullptr;
};

std::string text_of(const sources::Source& source, const sources::Item* item) {
    if (item == nullptr || item->size > kMostBytes) return {};
    const auto content = source.content(*item);
    if (!content) return {};
    return read_all(**content, kMostBytes).value_or(std::string());
}

/// By the group's folder: one with both files in it.
std::map<std::string_view, GroupFiles> files_of_groups(const std::vector<sources::Item>& items) {
    std::map<std::string_view, GroupFiles> groups;
    for (const auto& item : items) {
        if (item.kind != ItemKind::file || item.product != Product::other || item.product_folder.empty()) continue;
        const std::string_view path = item.path;
        const auto slash = path.rfind('/');
        if (slash == path.npos) continue;
        const auto name = path.substr(slash + 1);
        if (name == kInfo) groups[path.substr(0, slash)].info = &item;
        if (name == kMembers) groups[path.substr(0, slash)].members = &item;
    }
    std::erase_if(groups, [](const auto& group) { return !group.second.info || !group.second.members; });
    return groups;
}

} // namespace

ExportGroups export_groups(const sources::Source& source) {
    ExportGroups found;
    for (const auto& [folder, files] : files_of_groups(source.inventory().items)) {
        if (found.groups.size() == kMostGroups) break;
        const auto read = sharing::read_google_group(text_of(source, files.info), text_of(source, files.members),
                                                     folder.substr(folder.rfind('/') + 1));
        if (read.members.empty()) continue;
        journal::ExportGroup group{read.group.name, read.group.email};
        for (const auto& member : read.members)
            group.members.push_back({member.kind == sharing::PrincipalKind::group, member.email});
        found.groups.push_back(std::move(group));
        for (const auto& problem : read.problems)
            if (found.problems.size() < kMostProblems) found.problems.push_back(problem);
    }
    return found;
}

std::vector<sharing::GoogleGroup> google_groups(const std::vector<journal::ExportGroup>& groups) {
    std::vector<sharing::GoogleGroup> read;
    for (const auto& group : groups) {
        auto& one = read.emplace_back(sharing::GoogleGroup{sharing::group(group.name, group.email), {}, {}});
        for (const auto& member : group.members)
            one.members.push_back(member.is_group ? sharing::group({}, member.email) : sharing::user(member.email));
    }
    return read;
}

} // namespace passerelle::jobs
