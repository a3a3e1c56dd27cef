// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/dav/endpoint.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

/// The advanced permissions of team folders, as the app groupfolders shows them over WebDAV (docs/protocol-notes.md,
/// "Team folders").
namespace passerelle::dav {

enum class RuleFor { user, group, team };

/// What somebody may at a file or folder and in all that lies in it, until a rule further down says otherwise. A value.
struct Rule {
    RuleFor kind = RuleFor::group;
    std::string id;           ///< of the account, group or team
    unsigned mask = 0;        ///< the bits that the rule decides on; the others are as in the folder above
    unsigned permissions = 0; ///< of these, the allowed ones

    friend auto operator<=>(const Rule&, const Rule&) = default;
};

/// A file or folder of a team folder, as the account sees it. A value.
struct TeamPlace {
    std::int64_t folder_id = 0;        ///< of the team folder
    bool is_root = false;              ///< the team folder itself
    bool advanced_permissions = false; ///< rules count
    bool may_manage = false;           ///< the account may set rules
    bool may_fill = false;             ///< of a folder: the account may make files and folders in it
    bool may_share = false;            ///< the account may share it
    std::vector<Rule> rules;           ///< of the place itself; only the account's own where it may not set any
};

/// Nothing where there is no such path, or it lies in no team folder.
[[nodiscard]] Result<std::optional<TeamPlace>> team_place(const Endpoint& endpoint, const std::string& path,
                                                          std::stop_token stop);

/// Puts these rules in the place of those that the path itself has; none takes all away. Also `target.missing`,
/// `share.refused` with the server's words (item): the account is no manager, or would shut itself out.
[[nodiscard]] Result<void> set_rules(const Endpoint& endpoint, const std::string& path, const std::vector<Rule>& rules,
                                     std::stop_token stop);

/// Reads the first response of a multistatus. Error: `server.bad_answer`.
[[nodiscard]] Result<std::optional<TeamPlace>> parse_team_place(std::string_view multistatus);

} // namespace passerelle::dav
