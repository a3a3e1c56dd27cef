// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/team_folders.hpp"
#include "client/ocs/api.hpp"

namespace passerelle::nextcloud {

/// TeamFolders over a transport that retries by itself.
class TeamFoldersClient final : public TeamFolders {
  public:
    /// `server` is what the transport speaks to. The transport and the endpoint must outlive it.
    TeamFoldersClient(http::Transport& transport, const http::Url& server, const dav::Endpoint& endpoint)
        : folders_(transport, server), api_(transport, server), endpoint_(endpoint) {}

    Result<std::optional<std::vector<TeamFolder>>> list(std::stop_token stop) override { return folders_.list(stop); }
    Result<std::vector<std::string>> own_groups(std::stop_token stop) override {
        auto user = api_.user(stop);
        if (!user) return failure(user);
        return std::move(user->groups);
    }
    Result<std::optional<TeamPlace>> place(const std::string& path, std::stop_token stop) override {
        return dav::team_place(endpoint_, path, stop);
    }
    Result<void> set_rules(const std::string& path, const std::vector<Rule>& rules, std::stop_token stop) override {
        return dav::set_rules(endpoint_, path, rules, stop);
    }
    Result<std::int64_t> create(const std::string& name, std::stop_token stop) override {
        return folders_.create(name, stop);
    }
    Result<void> admit(std::int64_t id, const std::string& group, unsigned permissions, std::stop_token stop) override {
        auto added = folders_.add_group(id, group, stop); // with all permissions, which the second request narrows
        if (!added) return failure(added);
        return folders_.set_permissions(id, group, permissions, stop);
    }
    Result<void> dismiss(std::int64_t id, const std::string& group, std::stop_token stop) override {
        return folders_.dismiss_group(id, group, stop);
    }
    Result<void> set_quota(std::int64_t id, std::optional<std::uint64_t> bytes, std::stop_token stop) override {
        return folders_.set_quota(id, bytes, stop);
    }
    Result<void> allow_advanced_permissions(std::int64_t id, std::stop_token stop) override {
        return folders_.allow_advanced_permissions(id, stop);
    }
    Result<void> let_manage(std::int64_t id, const std::string& account, std::stop_token stop) override {
        return folders_.let_manage(id, account, stop);
    }
    Result<void> remove(std::int64_t id, std::stop_token stop) override { return folders_.remove(id, stop); }

  private:
    ocs::TeamFolders folders_;
    ocs::Api api_;
    const dav::Endpoint& endpoint_;
};

} // namespace passerelle::nextcloud
