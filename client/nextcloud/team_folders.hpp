// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/ocs/team_folders.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace passerelle::nextcloud {

using ocs::TeamFolder; ///< a folder that belongs to groups instead of a person

/// Team folders (app groupfolders). Errors of any call: those of Nextcloud's, `share.refused` (item) with the server's
/// words where the account may not, `share.password_confirmation` (permanent) where no app password may. Internally
/// locked: any thread may call.
class TeamFolders {
  public:
    virtual ~TeamFolders() = default;

    /// Those that the account may see; nothing where the server has no such app.
    virtual Result<std::optional<std::vector<TeamFolder>>> list(std::stop_token stop) = 0;
    /// Answers the id. Where the name is taken, recent servers refuse and older ones make a second folder: list first.
    virtual Result<std::int64_t> create(const std::string& name, std::stop_token stop) = 0;
    /// Lets a group in with these permissions, or changes them. The group must exist.
    virtual Result<void> admit(std::int64_t id, const std::string& group, unsigned permissions,
                               std::stop_token stop) = 0;
    /// In bytes; nothing: unlimited.
    virtual Result<void> set_quota(std::int64_t id, std::optional<std::uint64_t> bytes, std::stop_token stop) = 0;
    /// Lets single files and folders have rules of their own.
    virtual Result<void> allow_advanced_permissions(std::int64_t id, std::stop_token stop) = 0;
};

} // namespace passerelle::nextcloud
