// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/ocs/people_wire.hpp"
#include "client/ocs/share_wire.hpp"
#include "core/result.hpp"

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace passerelle::nextcloud {

// What calls take and give. Paths as in nextcloud.hpp. A mask of permissions is a sum of permission::kRead and its
// like.
using ocs::FoundGroups;
using ocs::FoundPeople;
using ocs::Group;
using ocs::NewShare;
using ocs::Person;
using ocs::Share;
using ocs::ShareChange;
using ocs::ShareType;
namespace permission = ocs::permission;
/// What of a mask of permissions can be compared between a wish and a share that exists.
using ocs::comparable_permissions;

/// Sharing as an account may do it: people, groups and the shares of the account's own files. Errors of any call: those
/// of Nextcloud's, and `share.refused` (item) with the server's words where its settings or the account's rights do not
/// allow it. Internally locked: any thread may call.
class Sharing {
  public:
    virtual ~Sharing() = default;

    /// Who has this e-mail address: `exact` are accounts with this very address (compared without case), `suggested`
    /// others that the server thought of. More than one exact account is possible. The account that asks is found too.
    virtual Result<FoundPeople> find_people(const std::string& email, std::stop_token stop) = 0;
    /// The same for several addresses, in their order; in few requests where the companion app is there.
    virtual Result<std::vector<FoundPeople>> find_all_people(std::span<const std::string> emails,
                                                             std::stop_token stop) = 0;
    /// Groups by name: `exact` where the id or the name is the same without case.
    virtual Result<FoundGroups> find_groups(const std::string& name, std::stop_token stop) = 0;
    /// Of the Teams (app circles) that the account is in, those of this id or name: `exact`. None where the server has
    /// no such app.
    virtual Result<FoundGroups> find_teams(const std::string& name, std::stop_token stop) = 0;
    /// All Teams that the account is in; nothing where the server has no such app.
    virtual Result<std::optional<std::vector<Group>>> own_teams(std::stop_token stop) = 0;
    /// Makes a Team that the account owns. Also `share.teams_missing` (item). The server makes a second one where one
    /// of that name exists, so ask find_teams() first.
    virtual Result<Group> create_team(const std::string& name, std::stop_token stop) = 0;
    /// Ids of the accounts that are in a Team of the account's themselves, not by a group; the account that asks too.
    virtual Result<std::vector<std::string>> team_members(const std::string& team, std::stop_token stop) = 0;
    /// Who is in it already is fine. Whom the server does not know it passes over in silence: ask team_members()
    /// afterwards.
    virtual Result<void> add_to_team(const std::string& team, const std::vector<std::string>& accounts,
                                     std::stop_token stop) = 0;
    /// For administrators. A group that exists is fine. Also `share.password_confirmation` (permanent): on 34 no app
    /// password may do this, unless the companion app is there and `Options::pairing_secret` is its own.
    virtual Result<void> create_group(const std::string& id, std::stop_token stop) = 0;
    /// For administrators, as create_group(). A member is fine.
    virtual Result<void> add_to_group(const std::string& group, const std::string& account, std::stop_token stop) = 0;

    /// The shares of this file or folder itself, those that others made too; nothing of what lies below or above. Also
    /// `share.path_missing` (item).
    virtual Result<std::vector<Share>> shares_at(const std::string& path, std::stop_token stop) = 0;
    /// Every share that this account made.
    virtual Result<std::vector<Share>> own_shares(std::stop_token stop) = 0;

    /// Shares a file or folder. A second share of one path with one account or group is never made: the answer is then
    /// the first one with the permissions **it** has, so compare them and change(). Also `share.path_missing`,
    /// `share.unknown_account` (item), and `share.rate_limited` (retryable): the server takes twenty new shares in ten
    /// minutes from 32 on, attempts that fail included; the error comes at once, and its retry_after says when the next
    /// one can be taken at the latest.
    virtual Result<Share> create(const NewShare& share, std::stop_token stop) = 0;
    /// How many shares create_all() takes: one where the companion app is not there.
    [[nodiscard]] virtual std::size_t shares_at_once() const = 0;
    /// Shares several, one outcome each in their order, as create() does; the outer error is that of the request. With
    /// the companion app people are written to where the first share says so, and there is `share.rate_limited` only
    /// where it leaves shares to the server's own interface: outside the migration's destination, or when it was paired
    /// with another service since. After the first that is limited, none but the app's own are asked for.
    virtual Result<std::vector<Result<Share>>> create_all(std::span<const NewShare> shares, std::stop_token stop) = 0;
    /// Also `share.missing` (item).
    virtual Result<Share> change(const std::string& id, const ShareChange& change, std::stop_token stop) = 0;
    /// What is not there is fine.
    virtual Result<void> remove(const std::string& id, std::stop_token stop) = 0;
};

} // namespace passerelle::nextcloud
