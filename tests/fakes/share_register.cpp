// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/share_register.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace passerelle::fakes {
namespace {

constexpr std::string_view kTeamPrefix = "team-";
constexpr std::size_t kAttempts = 20;
constexpr std::chrono::seconds kWindow = std::chrono::minutes(10);

bool allows_download(const ShareRecord& share) {
    if (!share.attributes) return true;
    const auto attributes = nlohmann::json::parse(*share.attributes, nullptr, false);
    if (!attributes.is_array()) return true;
    for (const auto& one : attributes)
        for (const char* truth : {"value", "enabled"})
            if (one.value("scope", "") == "permissions" && one.value("key", "") == "download" && one.contains(truth) &&
                one.at(truth) == false)
                return false;
    return true;
}

std::vector<Mount> team_mounts(const ShareRegister& shares, const std::string& user) {
    std::vector<Mount> mounts;
    for (const TeamFolderRecord& folder : shares.teams.all()) {
        unsigned permissions = 0;
        for (const auto& [group, allowed] : folder.groups)
            if (shares.is_member(group, user)) permissions |= allowed;
        if ((permissions & 1) == 0) continue;
        UserSpace* space = shares.teams.space(folder.id);
        Mount mount{folder.name, user, space, TeamFolderRegister::kRoot, permissions, {}, folder.id, true, {}};
        mount.rights = [&shares, folder, space, user](const std::string& path) {
            const auto is_member = [&](const std::string& group) { return shares.is_member(group, user); };
            return team_rights(folder, space->files, user, is_member, path);
        };
        mounts.push_back(std::move(mount));
    }
    return mounts;
}

} // namespace

bool ShareRegister::make_group(const std::string& group) {
    std::lock_guard lock(mutex_);
    return groups_.try_emplace(group).second;
}

bool ShareRegister::join(const std::string& group, const std::string& user) {
    std::lock_guard lock(mutex_);
    const auto found = groups_.find(group);
    if (found == groups_.end()) return false;
    found->second.insert(user);
    return true;
}

std::vector<std::string> ShareRegister::groups() const {
    std::lock_guard lock(mutex_);
    std::vector<std::string> names;
    for (const auto& [group, members] : groups_)
        names.push_back(group);
    return names;
}

bool ShareRegister::is_member(const std::string& group, const std::string& user) const {
    std::lock_guard lock(mutex_);
    const auto found = groups_.find(group);
    return found != groups_.end() && found->second.contains(user);
}

std::int64_t ShareRegister::add(ShareRecord share) {
    std::lock_guard lock(mutex_);
    share.id = next_id_++;
    shares_.emplace(share.id, share);
    return share.id;
}

std::vector<ShareRecord> ShareRegister::all() const {
    std::lock_guard lock(mutex_);
    std::vector<ShareRecord> all;
    for (const auto& [id, share] : shares_)
        all.push_back(share);
    return all;
}

std::optional<ShareRecord> ShareRegister::find(std::int64_t id) const {
    std::lock_guard lock(mutex_);
    const auto found = shares_.find(id);
    return found == shares_.end() ? std::nullopt : std::optional(found->second);
}

void ShareRegister::change(const ShareRecord& share) {
    std::lock_guard lock(mutex_);
    shares_.insert_or_assign(share.id, share);
}

void ShareRegister::remove(std::int64_t id) {
    std::lock_guard lock(mutex_);
    shares_.erase(id);
}

void ShareRegister::leave(std::int64_t id, const std::string& user) {
    std::lock_guard lock(mutex_);
    const auto found = shares_.find(id);
    if (found == shares_.end()) return;
    if (found->second.type == ShareRecord::kGroup || found->second.type == ShareRecord::kTeam) {
        found->second.left.insert(user);
    } else {
        shares_.erase(found);
    }
}

bool ShareRegister::receives(const ShareRecord& share, const std::string& user) const {
    if (share.owner == user || share.by == user || share.left.contains(user)) return false;
    if (share.type == ShareRecord::kUser) return share.with == user;
    if (share.type == ShareRecord::kTeam) return teams_of(user).contains(share.with);
    return share.type == ShareRecord::kGroup && is_member(share.with, user);
}

void ShareRegister::join_team(const std::string& team, const std::string& user) {
    std::lock_guard lock(mutex_);
    circles_[team].members.insert(user);
}

std::string ShareRegister::make_team(const std::string& name, const std::string& owner) {
    std::lock_guard lock(mutex_);
    std::string free = name;
    for (int number = 2; circles_.contains(free); ++number)
        free = name + " (" + std::to_string(number) + ")";
    circles_[free] = {owner, {owner}};
    return free;
}

std::optional<TeamRecord> ShareRegister::team(const std::string& id) const {
    std::lock_guard lock(mutex_);
    for (const auto& [name, team] : circles_)
        if (std::string(kTeamPrefix) + name == id) return team;
    return std::nullopt;
}

void ShareRegister::add_to_team(const std::string& id, const std::vector<std::string>& users) {
    std::lock_guard lock(mutex_);
    for (auto& [name, team] : circles_)
        if (std::string(kTeamPrefix) + name == id) team.members.insert(users.begin(), users.end());
}

std::map<std::string, std::string> ShareRegister::teams_of(const std::string& user) const {
    std::lock_guard lock(mutex_);
    std::map<std::string, std::string> names;
    for (const auto& [name, team] : circles_)
        if (team.members.contains(user)) names.emplace(std::string(kTeamPrefix) + name, name);
    return names;
}

bool ShareRegister::take_attempt(const std::string& user) {
    std::lock_guard lock(mutex_);
    auto& attempts = attempts_[user];
    while (!attempts.empty() && now_ - attempts.front() >= kWindow)
        attempts.pop_front();
    if (attempts.size() >= kAttempts) return false;
    attempts.push_back(now_);
    return true;
}

void ShareRegister::pass(std::chrono::seconds time) {
    std::lock_guard lock(mutex_);
    now_ += time;
}

std::vector<Mount> mounts_of(const ShareRegister& shares, const FindUser& find_user, const std::string& user) {
    std::vector<Mount> mounts = team_mounts(shares, user);
    for (const ShareRecord& share : shares.all()) {
        if (!shares.receives(share, user)) continue;
        UserSpace& owner = find_user(share.owner);
        const auto path = owner.files.path_of(share.file_id);
        if (!path) continue; // removed since
        const auto known = std::find_if(mounts.begin(), mounts.end(), [&](const Mount& one) {
            return one.team_folder == 0 && one.owner == &owner && one.path == *path;
        });
        if (known != mounts.end()) {
            known->permissions |= share.permissions;
            known->may_download = known->may_download || allows_download(share);
            known->share_ids.push_back(share.id);
            continue;
        }
        const auto name = share.names.find(user);
        mounts.push_back({name == share.names.end() ? name_of(*path) : name->second,
                          user,
                          &owner,
                          *path,
                          share.permissions,
                          {share.id},
                          0,
                          allows_download(share),
                          {}});
    }
    return mounts;
}

std::optional<std::pair<Mount, std::string>> through_mount(const std::vector<Mount>& mounts, const std::string& path) {
    for (const Mount& mount : mounts)
        if (is_within(path, mount.name)) return std::pair(mount, mount.path + path.substr(mount.name.size()));
    return std::nullopt;
}

} // namespace passerelle::fakes
