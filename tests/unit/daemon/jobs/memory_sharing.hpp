// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/sharing.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace passerelle::jobs {

/// People, groups and shares in memory: what the port promises, without a wire. Confined to a thread.
class MemorySharing final : public nextcloud::Sharing {
  public:
    std::vector<nextcloud::Person> people;
    std::vector<nextcloud::Group> groups;
    std::map<std::string, std::vector<std::string>> teams; ///< members by name; "id of " and the name is the id
    std::vector<std::string> strangers;                    ///< accounts that no Team takes
    std::vector<nextcloud::Share> shares;
    std::vector<std::string> changes; ///< every call that changes something: "create Drive/Bureau bob 15"
    std::vector<nextcloud::NewShare> asked;
    int creations_left = 1'000;        ///< until the server's limit is reached
    std::size_t at_once = 1;           ///< shares in one request
    std::vector<std::size_t> requests; ///< how many shares each asked for
    unsigned takes_away = 0;           ///< permissions that the server's settings never give
    bool forgets_teams = false;        ///< Teams are made, and the answer is lost
    bool forgets_answers = false;      ///< shares are made, and the answer is lost
    std::optional<Error> team_refusal; ///< of every making of a Team
    std::optional<Error> refusal;      ///< of every creation

    Result<nextcloud::FoundPeople> find_people(const std::string& email, std::stop_token) override;
    Result<std::vector<nextcloud::FoundPeople>> find_all_people(std::span<const std::string> emails,
                                                                std::stop_token stop) override;
    Result<nextcloud::FoundGroups> find_groups(const std::string& name, std::stop_token) override;
    Result<nextcloud::FoundGroups> find_teams(const std::string& name, std::stop_token) override;
    Result<std::optional<std::vector<nextcloud::Group>>> own_teams(std::stop_token) override;
    Result<nextcloud::Group> create_team(const std::string& name, std::stop_token) override;
    Result<std::vector<std::string>> team_members(const std::string& team, std::stop_token) override;
    Result<void> add_to_team(const std::string& team, const std::vector<std::string>& accounts,
                             std::stop_token) override;
    Result<void> create_group(const std::string& id, std::stop_token) override;
    Result<void> add_to_group(const std::string& group, const std::string& account, std::stop_token) override;
    Result<std::vector<nextcloud::Share>> shares_at(const std::string& path, std::stop_token) override;
    Result<std::vector<nextcloud::Share>> own_shares(std::stop_token) override { return shares; }
    Result<nextcloud::Share> create(const nextcloud::NewShare& share, std::stop_token) override;
    [[nodiscard]] std::size_t shares_at_once() const override { return at_once; }
    Result<std::vector<Result<nextcloud::Share>>> create_all(std::span<const nextcloud::NewShare> wanted,
                                                             std::stop_token stop) override;
    Result<nextcloud::Share> change(const std::string& id, const nextcloud::ShareChange& change,
                                    std::stop_token) override;
    Result<void> remove(const std::string& id, std::stop_token) override;

    /// "Drive/Bureau bob 15", one for each share, sorted.
    [[nodiscard]] std::vector<std::string> given() const;
    /// Somebody else makes a share by hand.
    void share_by_hand(const std::string& path, const std::string& with, unsigned permissions);

  private:
    int next_id_ = 1;
};

} // namespace passerelle::jobs
