// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/transport.hpp"
#include "client/http/url.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::ocs {

/// A folder that belongs to groups instead of a person (app groupfolders). A value.
struct TeamFolder {
    std::int64_t id = 0;
    std::string name; ///< where its members see it: "Bureau"
    std::map<std::string, unsigned>
        groups; ///< with the permissions of each; only the account's own, but for an administrator
    std::map<std::string, unsigned> teams; ///< likewise, by the team's id
    std::optional<std::uint64_t> quota;    ///< bytes; nothing: unlimited
    std::uint64_t size = 0;                ///< bytes that lie in it
    bool advanced_permissions = false;     ///< single files may have rules of their own
    std::vector<std::string> managers;     ///< accounts that may set those rules; administrators may anyway
};

/// The requests of the app groupfolders (measured with 20.1.18 on 32 and 22.0.6 on 34). What the account may not do
/// arrives as HTTP 200 with another statuscode within; what is wrong, as 400 or 404 with a message and no OCS around
/// it. Errors of any: the transport's, `share.password_confirmation` (permanent), `share.refused` (item) with the
/// server's words, `server.bad_answer`, http::error_of() for anything else. A value; the transport must outlive it; any
/// thread may call.
class TeamFolders {
  public:
    TeamFolders(http::Transport& transport, http::Url server) : transport_(&transport), server_(std::move(server)) {}

    /// Those that the account may see; nothing where the server has no such app.
    [[nodiscard]] Result<std::optional<std::vector<TeamFolder>>> list(std::stop_token stop) const;

    // For those who administrate team folders; on 34 no app password may do any of it.
    /// Answers the id. A name that is taken is refused on recent servers and taken twice on older ones: look before.
    [[nodiscard]] Result<std::int64_t> create(const std::string& name, std::stop_token stop) const;
    /// Lets a group in, with all permissions. A group that is in is fine. The server takes any name, also one that no
    /// group has.
    [[nodiscard]] Result<void> add_group(std::int64_t id, const std::string& group, std::stop_token stop) const;
    [[nodiscard]] Result<void> set_permissions(std::int64_t id, const std::string& group, unsigned permissions,
                                               std::stop_token stop) const;
    /// Nothing: unlimited.
    [[nodiscard]] Result<void> set_quota(std::int64_t id, std::optional<std::uint64_t> bytes,
                                         std::stop_token stop) const;
    [[nodiscard]] Result<void> allow_advanced_permissions(std::int64_t id, std::stop_token stop) const;
    /// Lets an account set the rules of single files and folders.
    [[nodiscard]] Result<void> let_manage(std::int64_t id, const std::string& account, std::stop_token stop) const;
    /// A group that is not in is fine.
    [[nodiscard]] Result<void> dismiss_group(std::int64_t id, const std::string& group, std::stop_token stop) const;
    /// With all that lies in it. What is not there is fine.
    [[nodiscard]] Result<void> remove(std::int64_t id, std::stop_token stop) const;

  private:
    /// The answer's body once it says yes.
    [[nodiscard]] Result<std::string> ask(std::string method, std::string_view path, std::string form,
                                          std::stop_token stop) const;

    http::Transport* transport_;
    http::Url server_;
};

/// Bounded as in server_info.hpp; error `server.bad_answer` (permanent). Permissions of a group come as a number or as
/// a record that holds it; which of them are teams stands in `group_details`.
[[nodiscard]] Result<std::vector<TeamFolder>> parse_team_folders(std::string_view text);

} // namespace passerelle::ocs
