// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/fakes/user_space.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace passerelle::fakes {

/// An advanced permission. A value.
struct TeamRule {
    std::string type; ///< "user", "group" or "circle"
    std::string id;
    unsigned mask = 0;
    unsigned permissions = 0;
};

/// A folder of the app groupfolders. A value.
struct TeamFolderRecord {
    std::int64_t id = 0;
    std::string name;
    std::map<std::string, unsigned> groups;
    std::int64_t quota = -3;
    bool acl = false;
    std::vector<std::string> managers;
    std::map<std::int64_t, std::vector<TeamRule>> rules; ///< by file id
};

/// All team folders and what lies in them. Internally locked.
class TeamFolderRegister {
  public:
    /// Where the content lies in a folder's own tree.
    static constexpr const char* kRoot = "files";

    /// The record's id; nothing where the name is taken.
    std::optional<std::int64_t> create(const std::string& name);
    [[nodiscard]] std::vector<TeamFolderRecord> all() const;
    [[nodiscard]] std::optional<TeamFolderRecord> find(std::int64_t id) const;
    void change(const TeamFolderRecord& folder);
    void remove(std::int64_t id);
    /// Its files; they outlive the folder. Null for an id that never was.
    [[nodiscard]] UserSpace* space(std::int64_t id) const;
    /// The same by the space's own id.
    [[nodiscard]] UserSpace* space(const std::string& id) const;

  private:
    mutable std::mutex mutex_;
    std::map<std::int64_t, TeamFolderRecord> folders_;
    std::map<std::int64_t, std::unique_ptr<UserSpace>> spaces_;
    std::int64_t next_id_ = 1;
};

using IsMember = std::function<bool(const std::string& group)>;

/// What an account may at a path: by the best of its groups, narrowed by the rules from the root down; at one place the
/// rules of the account and of all its groups add up, and allowing beats denying. Without the right to read here or in
/// a folder above, nothing.
[[nodiscard]] unsigned team_rights(const TeamFolderRecord& folder, const Tree& files, const std::string& user,
                                   const IsMember& is_member, const std::string& path);

} // namespace passerelle::fakes
