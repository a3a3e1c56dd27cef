// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/transport.hpp"
#include "client/http/url.hpp"
#include "client/nextcloud/creation_limit.hpp"
#include "client/nextcloud/server_profile.hpp"
#include "client/nextcloud/sharing.hpp"
#include "client/ocs/batches.hpp"
#include "client/ocs/people.hpp"
#include "client/ocs/shares.hpp"

#include <atomic>
#include <optional>
#include <string>

namespace passerelle::nextcloud {

/// Sharing over a transport that retries by itself.
class SharingClient final : public Sharing {
  public:
    /// `server` is what the transport speaks to, `self` the account that asks. The transport must outlive it.
    SharingClient(http::Transport& transport, const http::Url& server, Person self, const ServerProfile& profile,
                  const Secret& pairing_secret)
        : people_(transport, server), shares_(transport, server, profile.share_attribute_key),
          batches_(transport, server, pairing_secret), bounds_(profile.sharing), self_(std::move(self)) {}

    Result<FoundPeople> find_people(const std::string& email, std::stop_token stop) override;
    Result<std::vector<FoundPeople>> find_all_people(std::span<const std::string> emails,
                                                     std::stop_token stop) override;
    Result<FoundGroups> find_groups(const std::string& name, std::stop_token stop) override;
    Result<FoundGroups> find_teams(const std::string& name, std::stop_token stop) override;
    Result<std::optional<std::vector<Group>>> own_teams(std::stop_token stop) override;
    Result<Group> create_team(const std::string& name, std::stop_token stop) override;
    Result<std::vector<std::string>> team_members(const std::string& team, std::stop_token stop) override;
    Result<void> add_to_team(const std::string& team, const std::vector<std::string>& accounts,
                             std::stop_token stop) override;
    Result<void> create_group(const std::string& id, std::stop_token stop) override;
    Result<void> add_to_group(const std::string& group, const std::string& account, std::stop_token stop) override;
    Result<std::vector<Share>> shares_at(const std::string& path, std::stop_token stop) override;
    Result<std::vector<Share>> own_shares(std::stop_token stop) override;
    Result<Share> create(const NewShare& share, std::stop_token stop) override;
    [[nodiscard]] std::size_t shares_at_once() const override { return bounds_ ? bounds_->max_shares : 1; }
    Result<std::vector<Result<Share>>> create_all(std::span<const NewShare> shares, std::stop_token stop) override;
    Result<Share> change(const std::string& id, const ShareChange& change, std::stop_token stop) override;
    Result<void> remove(const std::string& id, std::stop_token stop) override;

  private:
    [[nodiscard]] bool makes_groups() const { return bounds_ && batches_.makes_groups(); }
    [[nodiscard]] Result<void> require_account(const std::string& id, std::stop_token stop) const;

    ocs::People people_;
    ocs::Shares shares_;
    ocs::Batches batches_;
    std::optional<SharingBatches> bounds_; ///< nothing: no companion app
    Person self_;
    CreationLimit limit_;
    std::atomic<bool> administrates_nobody_ = false; ///< said once, it need not be asked for each person
};

} // namespace passerelle::nextcloud
