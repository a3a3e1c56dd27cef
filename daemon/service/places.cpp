// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/places.hpp"

#include "client/nextcloud/sharing.hpp"
#include "client/nextcloud/team_folders.hpp"
#include "daemon/jobs/migration.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace passerelle::service {
namespace {

constexpr std::size_t kPage = 5000;
constexpr std::size_t kMostTeamFolders = 100;

/// A plan that could not be made has no lines: what was chosen is told all the same, so that it can be chosen anew.
Result<std::vector<std::string>> folders_of(const journal::Job& job, journal::Journal& journal) {
    std::set<std::string> folders;
    const auto choices = jobs::choices_from_text(job.key.choices);
    for (const auto* chosen : {&choices.team_folders, &choices.teams})
        for (const auto& [folder, name] : *chosen)
            folders.insert(folder);
    for (ItemId after{};;) {
        auto page = journal.items(job.id, {}, after, kPage);
        if (!page) return failure(page);
        for (const auto& item : *page) {
            if (item.kind != ItemKind::file && item.kind != ItemKind::folder) continue; // none for the plan either
            const auto slash = item.source_path.find('/');
            if (slash != std::string::npos || item.kind == ItemKind::folder)
                folders.insert(item.source_path.substr(0, slash));
        }
        if (page->size() < kPage) break;
        after = page->back().id;
    }
    return std::vector(folders.begin(), folders.end());
}

Result<std::optional<std::vector<TeamFolderPlace>>> team_folders_of(nextcloud::Nextcloud& server,
                                                                    const std::stop_token& stop) {
    auto listed = server.team_folders().list(stop);
    if (!listed) return failure(listed);
    if (!*listed) return std::optional<std::vector<TeamFolderPlace>>();
    auto& folders = **listed;
    std::ranges::sort(folders, {}, &nextcloud::TeamFolder::name);
    folders.resize(std::min(folders.size(), kMostTeamFolders));
    std::vector<TeamFolderPlace> places;
    for (const auto& folder : folders) {
        // An administrator is told of all of them, and anybody may have a folder of that name of their own.
        auto place = server.team_folders().place(folder.name, stop);
        if (!place) return failure(place);
        if (!*place || !(*place)->is_root || !(*place)->may_fill || !(*place)->may_share) continue;
        auto& found = places.emplace_back(TeamFolderPlace{folder.name, folder.quota});
        if (folder.quota) found.free_bytes = *folder.quota - std::min(*folder.quota, folder.size);
    }
    return std::optional(std::move(places));
}

Result<std::optional<std::vector<std::string>>> teams_of(nextcloud::Nextcloud& server, const std::stop_token& stop) {
    auto listed = server.sharing().own_teams(stop);
    if (!listed) return failure(listed);
    if (!*listed) return std::optional<std::vector<std::string>>();
    std::map<std::string, int> named;
    for (const auto& team : **listed)
        ++named[team.display_name];
    std::vector<std::string> names;
    for (const auto& [name, count] : named)
        if (count == 1) names.push_back(name);
    return std::optional(std::move(names));
}

} // namespace

Result<Places> places_of(const journal::Job& job, journal::Journal& journal, nextcloud::Nextcloud& server,
                         const std::stop_token& stop) {
    Places places;
    auto folders = folders_of(job, journal);
    if (!folders) return failure(folders);
    places.folders = std::move(*folders);
    auto team_folders = team_folders_of(server, stop);
    if (!team_folders) return failure(team_folders);
    places.team_folders = std::move(*team_folders);
    auto teams = teams_of(server, stop);
    if (!teams) return failure(teams);
    places.teams = std::move(*teams);
    return places;
}

} // namespace passerelle::service
