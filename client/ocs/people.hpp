// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/transport.hpp"
#include "client/http/url.hpp"
#include "client/ocs/people_wire.hpp"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace passerelle::ocs {

/// The requests about accounts and groups. Errors of any: the transport's, `share.refused` (item) with the server's
/// words, `server.bad_answer`, http::error_of() for anything else. A value; the transport must outlive it; any thread
/// may call.
class People {
  public:
    People(http::Transport& transport, http::Url server) : transport_(&transport), server_(std::move(server)) {}

    /// What anybody may ask: whom could I share with? Never finds the asking account itself, and fewer than there are
    /// where the administrator restricts the list.
    [[nodiscard]] Result<FoundPeople> sharees(const std::string& search, std::stop_token stop) const;
    [[nodiscard]] Result<FoundGroups> sharee_groups(const std::string& search, std::stop_token stop) const;
    /// The Teams (app circles) that the account is in; nothing where the server has no such app.
    [[nodiscard]] Result<std::optional<std::vector<Group>>> teams(std::stop_token stop) const;
    /// Makes a Team that the account owns; where one of that name exists the server calls the new one "Bureau (2)".
    /// Also `share.teams_missing` (item) where the server has no such app.
    [[nodiscard]] Result<Group> create_team(const std::string& name, std::stop_token stop) const;
    /// Ids of the accounts in it, without those that are in it by a group; nobody where there is no such Team.
    [[nodiscard]] Result<std::vector<std::string>> team_members(const std::string& team, std::stop_token stop) const;
    /// Whoever is in it already is fine; an account that does not exist is passed over by the server.
    [[nodiscard]] Result<void> add_to_team(const std::string& team, const std::vector<std::string>& accounts,
                                           std::stop_token stop) const;
    /// Accounts whose id, name or e-mail holds the text; nothing where this account administrates nobody.
    [[nodiscard]] Result<std::optional<std::vector<Person>>> users(const std::string& search,
                                                                   std::stop_token stop) const;
    // For administrators; no app password may do these on 34: `share.password_confirmation` (permanent).
    /// What exists is fine.
    [[nodiscard]] Result<void> create_group(const std::string& id, std::stop_token stop) const;
    /// Whoever is in it already is fine.
    [[nodiscard]] Result<void> add_to_group(const std::string& group, const std::string& user,
                                            std::stop_token stop) const;

  private:
    http::Transport* transport_;
    http::Url server_;
};

} // namespace passerelle::ocs
