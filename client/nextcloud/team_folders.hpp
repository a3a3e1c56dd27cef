// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/dav/rules.hpp"
#include "client/ocs/team_folders.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace passerelle::nextcloud {

using dav::Rule;    ///< what somebody may at a place of a team folder
using dav::RuleFor; ///< an account, a group, a team
using dav::TeamPlace;
using ocs::TeamFolder; ///< a folder that belongs to groups instead of a person

/// Team folders (app groupfolders). A member sees one as a folder of its name in the root of their own files. Errors of
/// any call: those of Nextcloud's, `share.refused` (item) with the server's words where the account may not,
/// `share.password_confirmation` (permanent) where no app password may (34). Internally locked: any thread may call.
class TeamFolders {
  public:
    virtual ~TeamFolders() = default;

    /// All of them for an administrator, else those that the account sees; nothing where the server has no such app.
    virtual Result<std::optional<std::vector<TeamFolder>>> list(std::stop_token stop) = 0;
    /// The groups that the account is in; administrators are in "admin".
    virtual Result<std::vector<std::string>> own_groups(std::stop_token stop) = 0;
    /// Nothing where there is no such path, or it lies in no team folder that the account sees.
    virtual Result<std::optional<TeamPlace>> place(const std::string& path, std::stop_token stop) = 0;
    /// Puts these rules in the place of those that the path itself has. For managers of the folder's rules. Also
    /// `target.missing` (item).
    virtual Result<void> set_rules(const std::string& path, const std::vector<Rule>& rules, std::stop_token stop) = 0;

    // For administrators.
    /// Answers the id. Where the name is taken, recent servers refuse and older ones make a second folder: list first.
    virtual Result<std::int64_t> create(const std::string& name, std::stop_token stop) = 0;
    /// Lets a group in with these permissions, or changes them. The server does not ask whether there is such a group.
    virtual Result<void> admit(std::int64_t id, const std::string& group, unsigned permissions,
                               std::stop_token stop) = 0;
    /// A group that is not in is fine.
    virtual Result<void> dismiss(std::int64_t id, const std::string& group, std::stop_token stop) = 0;
    /// In bytes; nothing: unlimited.
    virtual Result<void> set_quota(std::int64_t id, std::optional<std::uint64_t> bytes, std::stop_token stop) = 0;
    /// Lets single files and folders have rules of their own.
    virtual Result<void> allow_advanced_permissions(std::int64_t id, std::stop_token stop) = 0;
    /// Lets an account set these rules.
    virtual Result<void> let_manage(std::int64_t id, const std::string& account, std::stop_token stop) = 0;
    /// With all that lies in it. What is not there is fine.
    virtual Result<void> remove(std::int64_t id, std::stop_token stop) = 0;
};

} // namespace passerelle::nextcloud
