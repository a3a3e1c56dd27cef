// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Accounts and groups as OCS names them. Values; parsing bounded as in server_info.hpp, error `server.bad_answer`
/// (permanent).
namespace passerelle::ocs {

struct Person {
    std::string id; ///< what a share names
    std::string display_name;
    std::string email; ///< lower and upper case as the server has it; empty where it does not tell
    friend bool operator==(const Person&, const Person&) = default;
};

struct Group {
    std::string id; ///< what a share names
    std::string display_name;
    friend bool operator==(const Group&, const Group&) = default;
};

/// Whoever a search found: those that are exactly it, and those that only look like it. Nobody stands twice.
struct FoundPeople {
    std::vector<Person> exact;
    std::vector<Person> suggested;
};
struct FoundGroups {
    std::vector<Group> exact;
    std::vector<Group> suggested;
};

/// GET …/sharees. What it calls exact may equal the id, the name or the e-mail. 32 names an account twice.
[[nodiscard]] Result<FoundPeople> parse_sharee_people(std::string_view text);
[[nodiscard]] Result<FoundGroups> parse_sharee_groups(std::string_view text);
/// GET /apps/circles/circles: the Teams that the account is in. Their ids are letters that nobody knows by heart.
[[nodiscard]] Result<std::vector<Group>> parse_teams(std::string_view text);
/// POST …/circles: the Team that was made.
[[nodiscard]] Result<Group> parse_team(std::string_view text);
/// GET …/circles/{id}/members: ids of the accounts among them; 34.0.1 and 32.0.2 list groups beside them (userType 16).
[[nodiscard]] Result<std::vector<std::string>> parse_team_members(std::string_view text);
/// GET /cloud/users/details, for administrators.
[[nodiscard]] Result<std::vector<Person>> parse_user_details(std::string_view text);

/// Without case in ASCII, as servers compare addresses.
[[nodiscard]] bool same_address(std::string_view left, std::string_view right);

} // namespace passerelle::ocs
