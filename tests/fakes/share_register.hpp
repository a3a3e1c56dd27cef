// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/fakes/team_folder_register.hpp"
#include "tests/fakes/user_space.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace passerelle::fakes {

/// A share as the server's database keeps it. A value.
struct ShareRecord {
    static constexpr int kUser = 0;
    static constexpr int kGroup = 1;
    static constexpr int kLink = 3;
    static constexpr int kEmail = 4;
    static constexpr int kTeam = 7;

    std::int64_t id = 0;
    int type = kUser;
    std::string with; ///< account, group or address
    std::string by;   ///< who shared
    std::string owner;
    std::int64_t file_id = 0; ///< in the owner's tree
    unsigned permissions = 0;
    std::string expiration; ///< "2030-01-02 00:00:00"; empty: never
    std::string note;
    std::optional<std::string> attributes;    ///< JSON
    std::map<std::string, std::string> names; ///< how the folder is called in each receiver's root
    std::set<std::string> left;               ///< members of the group who do not want it
};

/// A Team of the app circles: "team-" and the name is its id. A value.
struct TeamRecord {
    std::string owner; ///< empty: nobody
    std::set<std::string> members;
};

/// All shares, the groups, and the limit of new shares: twenty attempts in ten minutes for an account. Internally
/// locked.
class ShareRegister {
  public:
    /// False where the group exists.
    bool make_group(const std::string& group);
    /// False where there is no such group.
    bool join(const std::string& group, const std::string& user);
    [[nodiscard]] std::vector<std::string> groups() const;
    [[nodiscard]] bool is_member(const std::string& group, const std::string& user) const;

    std::int64_t add(ShareRecord share);
    [[nodiscard]] std::vector<ShareRecord> all() const;
    [[nodiscard]] std::optional<ShareRecord> find(std::int64_t id) const;
    void change(const ShareRecord& share);
    void remove(std::int64_t id);
    /// The receiver takes the share out of their own files.
    void leave(std::int64_t id, const std::string& user);
    [[nodiscard]] bool receives(const ShareRecord& share, const std::string& user) const;

    /// Counts an attempt to share; false, and not counted, once the limit is reached.
    bool take_attempt(const std::string& user);
    /// The clock of the limit stands still but for this.
    void pass(std::chrono::seconds time);

    /// Makes the Team where it is missing; nobody owns it then.
    void join_team(const std::string& team, const std::string& user);
    /// Names by id, of those that the account is in.
    [[nodiscard]] std::map<std::string, std::string> teams_of(const std::string& user) const;
    /// The name that it really has: "Bureau (2)" where there is a "Bureau".
    std::string make_team(const std::string& name, const std::string& owner);
    /// By id; nothing where there is no such Team.
    [[nodiscard]] std::optional<TeamRecord> team(const std::string& id) const;
    /// Accounts that were not in it are in it now.
    void add_to_team(const std::string& id, const std::vector<std::string>& users);

    TeamFolderRegister teams; ///< what belongs to groups instead of a person

  private:
    mutable std::mutex mutex_;
    std::map<std::string, std::set<std::string>> groups_;
    std::map<std::string, TeamRecord> circles_; ///< by name
    std::map<std::int64_t, ShareRecord> shares_;
    std::int64_t next_id_ = 1;
    std::chrono::seconds now_{0};
    std::map<std::string, std::deque<std::chrono::seconds>> attempts_;
};

/// Finds an account's space by its id; throws std::out_of_range.
using FindUser = std::function<UserSpace&(const std::string&)>;

/// The team folders of the user's groups, then what others share with the user, by name. Two shares of one folder are
/// one mount with the sum of their permissions.
[[nodiscard]] std::vector<Mount> mounts_of(const ShareRegister& shares, const FindUser& find_user,
                                           const std::string& user);

/// The mount in which the path lies, and the path in its owner's files.
[[nodiscard]] std::optional<std::pair<Mount, std::string>> through_mount(const std::vector<Mount>& mounts,
                                                                         const std::string& path);

} // namespace passerelle::fakes
