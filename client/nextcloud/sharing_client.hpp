// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/transport.hpp"
#include "client/http/url.hpp"
#include "client/nextcloud/creation_limit.hpp"
#include "client/nextcloud/sharing.hpp"
#include "client/ocs/people.hpp"
#include "client/ocs/shares.hpp"

#include <atomic>
#include <string>

namespace passerelle::nextcloud {

/// Sharing over a transport that retries by itself.
class SharingClient final : public Sharing {
  public:
    /// `server` is what the transport speaks to, `self` the account that asks, `attribute_key` the profile's
    /// share_attribute_key. The transport must outlive it.
    SharingClient(http::Transport& transport, const http::Url& server, Person self, std::string attribute_key)
        : people_(transport, server), shares_(transport, server, std::move(attribute_key)), self_(std::move(self)) {}

    Result<FoundPeople> find_people(const std::string& email, std::stop_token stop) override;
    Result<FoundGroups> find_groups(const std::string& name, std::stop_token stop) override;
    Result<FoundGroups> find_teams(const std::string& name, std::stop_token stop) override;
    Result<Group> create_team(const std::string& name, std::stop_token stop) override;
    Result<std::vector<std::string>> team_members(const std::string& team, std::stop_token stop) override;
    Result<void> add_to_team(const std::string& team, const std::vector<std::string>& accounts,
                             std::stop_token stop) override;
    Result<void> create_group(const std::string& id, std::stop_token stop) override;
    Result<void> add_to_group(const std::string& group, const std::string& account, std::stop_token stop) override;
    Result<std::vector<Share>> shares_at(const std::string& path, std::stop_token stop) override;
    Result<std::vector<Share>> own_shares(std::stop_token stop) override;
    Result<Share> create(const NewShare& share, std::stop_token stop) override;
    Result<Share> change(const std::string& id, const ShareChange& change, std::stop_token stop) override;
    Result<void> remove(const std::string& id, std::stop_token stop) override;

  private:
    [[nodiscard]] Result<void> require_account(const std::string& id, std::stop_token stop) const;

    ocs::People people_;
    ocs::Shares shares_;
    Person self_;
    CreationLimit limit_;
    std::atomic<bool> administrates_nobody_ = false; ///< said once, it need not be asked for each person
};

} // namespace passerelle::nextcloud
