// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/people.hpp"

#include "client/http/status.hpp"
#include "client/ocs/call.hpp"
#include "core/reason_codes.hpp"

#include <fmt/format.h>

namespace passerelle::ocs {
namespace {

constexpr std::string_view kSharees = "/apps/files_sharing/api/v1/sharees";
constexpr std::string_view kCircles = "/apps/circles/circles"; // Teams had that name
constexpr int kGroupExists = 102;

/// `lookup=false`: no address leaves for Nextcloud's public directory.
std::string sharee_query(const std::string& search, int share_type) {
    return fmt::format("&itemType=file&lookup=false&perPage=50&shareType%5B%5D={}&search={}", share_type,
                       http::percent_encode(search));
}

} // namespace

Result<FoundPeople> People::sharees(const std::string& search, std::stop_token stop) const {
    auto answer = transport_->send(call("GET", server_, kSharees, sharee_query(search, 0)), std::move(stop));
    if (!answer) return failure(answer);
    if (answer->status != 200) return refusal(*answer);
    return parse_sharee_people(answer->body);
}

Result<FoundGroups> People::sharee_groups(const std::string& search, std::stop_token stop) const {
    auto answer = transport_->send(call("GET", server_, kSharees, sharee_query(search, 1)), std::move(stop));
    if (!answer) return failure(answer);
    if (answer->status != 200) return refusal(*answer);
    return parse_sharee_groups(answer->body);
}

Result<std::optional<std::vector<Group>>> People::teams(std::stop_token stop) const {
    auto answer = transport_->send(call("GET", server_, kCircles), std::move(stop));
    if (!answer) return failure(answer);
    if (answer->status == 404) return std::optional<std::vector<Group>>();
    if (answer->status != 200) return refusal(*answer);
    auto teams = parse_teams(answer->body);
    if (!teams) return failure(teams);
    return std::optional(std::move(*teams));
}

Result<Group> People::create_team(const std::string& name, std::stop_token stop) const {
    auto answer =
        transport_->send(call("POST", server_, kCircles, {}, "name=" + http::percent_encode(name)), std::move(stop));
    if (!answer) return failure(answer);
    if (answer->status == 404) return Error(ErrorKind::item, codes::share_teams_missing, "no app circles");
    if (answer->status != 200) return refusal(*answer);
    return parse_team(answer->body);
}

Result<std::vector<std::string>> People::team_members(const std::string& team, std::stop_token stop) const {
    auto answer = transport_->send(
        call("GET", server_, fmt::format("{}/{}/members", kCircles, http::percent_encode(team))), std::move(stop));
    if (!answer) return failure(answer);
    if (answer->status == 404) return std::vector<std::string>();
    if (answer->status != 200) return refusal(*answer);
    return parse_team_members(answer->body);
}

Result<void> People::add_to_team(const std::string& team, const std::vector<std::string>& accounts,
                                 std::stop_token stop) const {
    std::string form;
    for (std::size_t i = 0; i < accounts.size(); ++i)
        form += fmt::format("{}members%5B{}%5D%5Bid%5D={}&members%5B{}%5D%5Btype%5D=1", i == 0 ? "" : "&", i,
                            http::percent_encode(accounts[i]), i);
    auto answer = transport_->send(
        call("POST", server_, fmt::format("{}/{}/members/multi", kCircles, http::percent_encode(team)), {}, form),
        std::move(stop));
    if (!answer) return failure(answer);
    // From 34 on the words stand where no other refusal has them.
    if (answer->status == 403)
        return Error(ErrorKind::item, codes::share_refused, "not a moderator of the Team",
                     {{"message", "Insufficient permissions"}});
    if (answer->status != 200) return refusal(*answer);
    return {};
}

Result<std::optional<std::vector<Person>>> People::users(const std::string& search, std::stop_token stop) const {
    auto answer = transport_->send(
        call("GET", server_, "/cloud/users/details", "&limit=50&search=" + http::percent_encode(search)),
        std::move(stop));
    if (!answer) return failure(answer);
    if (answer->status == 403) return std::optional<std::vector<Person>>();
    if (answer->status != 200) return refusal(*answer);
    auto people = parse_user_details(answer->body);
    if (!people) return failure(people);
    return std::optional(std::move(*people));
}

Result<void> People::create_group(const std::string& id, std::stop_token stop) const {
    auto answer = transport_->send(call("POST", server_, "/cloud/groups", {}, "groupid=" + http::percent_encode(id)),
                                   std::move(stop));
    if (!answer) return failure(answer);
    const bool exists = answer->status == 400 && meta_of(*answer).statuscode == kGroupExists;
    if (answer->status != 200 && !exists) return refusal(*answer);
    return {};
}

Result<void> People::add_to_group(const std::string& group, const std::string& user, std::stop_token stop) const {
    auto answer =
        transport_->send(call("POST", server_, fmt::format("/cloud/users/{}/groups", http::percent_encode(user)), {},
                              "groupid=" + http::percent_encode(group)),
                         std::move(stop));
    if (!answer) return failure(answer);
    if (answer->status != 200) return refusal(*answer);
    return {};
}

} // namespace passerelle::ocs
