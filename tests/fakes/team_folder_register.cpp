// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/team_folder_register.hpp"

#include <algorithm>

namespace passerelle::fakes {

std::optional<std::int64_t> TeamFolderRegister::create(const std::string& name) {
    std::lock_guard lock(mutex_);
    for (const auto& [id, folder] : folders_)
        if (folder.name == name) return std::nullopt;
    const auto id = next_id_++;
    auto space =
        std::make_unique<UserSpace>("__groupfolders/" + std::to_string(id), make_memory_store(), make_memory_store());
    space->files.make_folder(kRoot);
    spaces_.emplace(id, std::move(space));
    folders_.emplace(id, TeamFolderRecord{id, name, {}, -3, false, {}, {}});
    return id;
}

std::vector<TeamFolderRecord> TeamFolderRegister::all() const {
    std::lock_guard lock(mutex_);
    std::vector<TeamFolderRecord> all;
    for (const auto& [id, folder] : folders_)
        all.push_back(folder);
    return all;
}

std::optional<TeamFolderRecord> TeamFolderRegister::find(std::int64_t id) const {
    std::lock_guard lock(mutex_);
    const auto found = folders_.find(id);
    return found == folders_.end() ? std::nullopt : std::optional(found->second);
}

void TeamFolderRegister::change(const TeamFolderRecord& folder) {
    std::lock_guard lock(mutex_);
    spaces_.at(folder.id)->quota = folder.quota;
    folders_.insert_or_assign(folder.id, folder);
}

void TeamFolderRegister::remove(std::int64_t id) {
    std::lock_guard lock(mutex_);
    folders_.erase(id);
}

UserSpace* TeamFolderRegister::space(std::int64_t id) const {
    std::lock_guard lock(mutex_);
    const auto found = spaces_.find(id);
    return found == spaces_.end() ? nullptr : found->second.get();
}

UserSpace* TeamFolderRegister::space(const std::string& id) const {
    std::lock_guard lock(mutex_);
    for (const auto& [number, space] : spaces_)
        if (space->id == id) return space.get();
    return nullptr;
}

unsigned team_rights(const TeamFolderRecord& folder, const Tree& files, const std::string& user,
                     const IsMember& is_member, const std::string& path) {
    constexpr unsigned kAll = 31;
    unsigned by_groups = 0;
    for (const auto& [group, permissions] : folder.groups)
        if (is_member(group)) by_groups |= permissions & kAll;
    unsigned rights = kAll;
    for (std::size_t end = 0; folder.acl && end != path.npos && (rights & 1) != 0;) {
        end = path.find('/', end == 0 ? 0 : end + 1);
        const auto node = files.find(path.substr(0, end));
        const auto rules = node ? folder.rules.find(node->file_id) : folder.rules.end();
        if (rules == folder.rules.end()) continue;
        unsigned mask = 0, allowed = 0;
        for (const TeamRule& rule : rules->second) {
            const bool theirs = rule.type == "user" ? rule.id == user : rule.type == "group" && is_member(rule.id);
            if (!theirs) continue;
            mask |= rule.mask;
            allowed |= rule.permissions & rule.mask;
        }
        rights = (rights & ~mask) | allowed;
    }
    rights &= by_groups;
    return (rights & 1) != 0 ? rights : 0;
}

} // namespace passerelle::fakes
