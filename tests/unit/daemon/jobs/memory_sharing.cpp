// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/daemon/jobs/memory_sharing.hpp"

#include "core/reason_codes.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace passerelle::jobs {

using nextcloud::Share;

Result<nextcloud::FoundPeople> MemorySharing::find_people(const std::string& email, std::stop_token) {
    nextcloud::FoundPeople found;
    for (const auto& person : people) {
        if (person.email == email) found.exact.push_back(person);
        if (person.id == email || person.display_name == email) found.suggested.push_back(person);
    }
    return found;
}

Result<std::vector<nextcloud::FoundPeople>> MemorySharing::find_all_people(std::span<const std::string> emails,
                                                                           std::stop_token stop) {
    std::vector<nextcloud::FoundPeople> all;
    for (const auto& email : emails)
        all.push_back(*find_people(email, stop));
    return all;
}

Result<nextcloud::FoundGroups> MemorySharing::find_groups(const std::string& name, std::stop_token) {
    nextcloud::FoundGroups found;
    for (const auto& group : groups)
        if (group.id == name || group.display_name == name) found.exact.push_back(group);
    return found;
}

Result<nextcloud::FoundGroups> MemorySharing::find_teams(const std::string& name, std::stop_token) {
    nextcloud::FoundGroups found;
    if (teams.contains(name)) found.exact.push_back({"id of " + name, name});
    return found;
}

Result<std::optional<std::vector<nextcloud::Group>>> MemorySharing::own_teams(std::stop_token) {
    std::vector<nextcloud::Group> own;
    for (const auto& [name, members] : teams)
        own.push_back({"id of " + name, name});
    return std::optional(std::move(own));
}

Result<nextcloud::Group> MemorySharing::create_team(const std::string& name, std::stop_token) {
    changes.push_back("create_team " + name);
    if (team_refusal) return *team_refusal;
    teams[name] = {"moi"};
    if (forgets_teams) return Error(ErrorKind::retryable, codes::server_connection_lost, "");
    return nextcloud::Group{"id of " + name, name};
}

Result<std::vector<std::string>> MemorySharing::team_members(const std::string& team, std::stop_token) {
    for (const auto& [name, members] : teams)
        if ("id of " + name == team) return members;
    return std::vector<std::string>();
}

Result<void> MemorySharing::add_to_team(const std::string& team, const std::vector<std::string>& accounts,
                                        std::stop_token) {
    changes.push_back(fmt::format("add_to_team {} {}", team, fmt::join(accounts, " ")));
    for (auto& [name, members] : teams)
        if ("id of " + name == team)
            std::ranges::copy_if(accounts, std::back_inserter(members), [&](const std::string& account) {
                return std::ranges::find(strangers, account) == strangers.end();
            });
    return {};
}

Result<void> MemorySharing::create_group(const std::string& id, std::stop_token) {
    changes.push_back("create_group " + id);
    groups.push_back({id, id});
    return {};
}

Result<void> MemorySharing::add_to_group(const std::string& group, const std::string& account, std::stop_token) {
    changes.push_back("add_to_group " + group + " " + account);
    return {};
}

Result<std::vector<Share>> MemorySharing::shares_at(const std::string& path, std::stop_token) {
    std::vector<Share> found;
    std::ranges::copy_if(shares, std::back_inserter(found), [&](const Share& share) { return share.path == path; });
    return found;
}

Result<Share> MemorySharing::create(const nextcloud::NewShare& wanted, std::stop_token) {
    changes.push_back(fmt::format("create {} {} {}", wanted.path, wanted.share_with, wanted.permissions));
    asked.push_back(wanted);
    if (refusal) return *refusal;
    if (creations_left == 0) {
        Error full(ErrorKind::retryable, codes::share_rate_limited, "429");
        full.retry_after = std::chrono::seconds(570);
        return full;
    }
    --creations_left;
    const auto known = std::ranges::find_if(shares, [&](const Share& share) {
        return share.path == wanted.path && share.type == wanted.type && share.share_with == wanted.share_with;
    });
    if (known != shares.end()) return *known;
    Share share;
    share.id = std::to_string(next_id_++);
    share.type = wanted.type;
    share.share_with = wanted.share_with;
    share.permissions = wanted.permissions & ~takes_away;
    share.path = wanted.path;
    share.expires = wanted.expires;
    share.note = wanted.note;
    share.download_allowed = wanted.download_allowed;
    shares.push_back(share);
    if (forgets_answers) return Error(ErrorKind::retryable, codes::server_connection_lost, "");
    return share;
}

Result<std::vector<Result<Share>>> MemorySharing::create_all(std::span<const nextcloud::NewShare> wanted,
                                                             std::stop_token stop) {
    requests.push_back(wanted.size());
    std::vector<Result<Share>> outcomes;
    for (const auto& share : wanted)
        outcomes.push_back(create(share, stop));
    return outcomes;
}

Result<Share> MemorySharing::change(const std::string& id, const nextcloud::ShareChange& change, std::stop_token) {
    changes.push_back("change " + id);
    const auto at = std::ranges::find(shares, id, &Share::id);
    if (at == shares.end()) return Error(ErrorKind::item, codes::share_missing, id);
    if (change.permissions) at->permissions = *change.permissions & ~takes_away;
    if (change.expires || change.never_expires) at->expires = change.expires;
    if (change.download_allowed) at->download_allowed = *change.download_allowed;
    return *at;
}

Result<void> MemorySharing::remove(const std::string& id, std::stop_token) {
    changes.push_back("remove " + id);
    std::erase_if(shares, [&](const Share& share) { return share.id == id; });
    return {};
}

std::vector<std::string> MemorySharing::given() const {
    std::vector<std::string> lines;
    for (const auto& share : shares)
        lines.push_back(fmt::format("{} {} {}", share.path, share.share_with, share.permissions));
    std::ranges::sort(lines);
    return lines;
}

void MemorySharing::share_by_hand(const std::string& path, const std::string& with, unsigned permissions) {
    Share share;
    share.id = std::to_string(next_id_++);
    share.type = nextcloud::ShareType::user;
    share.share_with = with;
    share.permissions = permissions;
    share.path = path;
    shares.push_back(share);
}

} // namespace passerelle::jobs
