// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/people_wire.hpp"

#include "client/ocs/json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace passerelle::ocs {
namespace {

constexpr std::int64_t kAccount = 1; // Member::TYPE_USER of the app circles

template <class Found> bool has(const std::vector<Found>& list, const std::string& id) {
    return std::any_of(list.begin(), list.end(), [&](const Found& one) { return one.id == id; });
}

/// {"label":"Bob","value":{"shareType":0,"shareWith":"bob"},"shareWithDisplayNameUnique":"bob@example.org"}; the last
/// is the e-mail where there is one, else the id.
void read(const Json& sharee, Person& person) {
    const std::string unique = text_of(at(sharee, {"shareWithDisplayNameUnique"}));
    if (unique.find('@') != unique.npos && unique != person.id) person.email = unique;
}
void read(const Json&, Group&) {}

template <class Found>
void collect(const Json& sharees, std::vector<Found>& into, const std::vector<Found>& better = {}) {
    if (!sharees.is_array()) return;
    for (const Json& sharee : sharees) {
        Found found;
        found.id = text_of(at(sharee, {"value", "shareWith"}));
        found.display_name = text_of(at(sharee, {"label"}));
        read(sharee, found);
        if (!found.id.empty() && !has(into, found.id) && !has(better, found.id)) into.push_back(std::move(found));
    }
}

template <class All> Result<All> parse_sharees(std::string_view text, const char* kind) {
    const auto root = parse_json(text);
    if (!root || !at(*root, {"ocs", "data", "exact"}).is_object()) return bad_answer("no sharees");
    All all;
    collect(at(*root, {"ocs", "data", "exact", kind}), all.exact);
    collect(at(*root, {"ocs", "data", kind}), all.suggested, all.exact);
    return all;
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

Result<FoundPeople> parse_sharee_people(std::string_view text) {
    return parse_sharees<FoundPeople>(text, "users");
}

Result<FoundGroups> parse_sharee_groups(std::string_view text) {
    return parse_sharees<FoundGroups>(text, "groups");
}

Result<std::vector<Group>> parse_teams(std::string_view text) {
    const auto root = parse_json(text);
    if (!root || !at(*root, {"ocs", "data"}).is_array()) return bad_answer("no list of teams");
    std::vector<Group> teams;
    for (const Json& team : at(*root, {"ocs", "data"})) {
        Group found{text_of(at(team, {"id"})), text_of(at(team, {"displayName"}))};
        if (!found.id.empty()) teams.push_back(std::move(found));
    }
    return teams;
}

Result<Group> parse_team(std::string_view text) {
    const auto root = parse_json(text);
    if (!root) return bad_answer("no team");
    const Json& team = at(*root, {"ocs", "data"});
    Group made{text_of(at(team, {"id"})), text_of(at(team, {"displayName"}))};
    if (made.id.empty()) return bad_answer("no team");
    return made;
}

Result<std::vector<std::string>> parse_team_members(std::string_view text) {
    const auto root = parse_json(text);
    if (!root || !at(*root, {"ocs", "data"}).is_array()) return bad_answer("no list of members");
    std::vector<std::string> accounts;
    for (const Json& member : at(*root, {"ocs", "data"})) {
        const Json& type = at(member, {"userType"});
        auto id = text_of(at(member, {"userId"}));
        if (type.is_number_integer() && type.get<std::int64_t>() == kAccount && !id.empty())
            accounts.push_back(std::move(id));
    }
    return accounts;
}

Result<std::vector<Person>> parse_user_details(std::string_view text) {
    const auto root = parse_json(text);
    if (!root) return bad_answer("no list of users");
    const Json& users = at(*root, {"ocs", "data", "users"});
    if (!users.is_object() && !users.is_array()) return bad_answer("no list of users"); // PHP writes nobody as []
    std::vector<Person> people;
    for (const Json& user : users) {
        Person person{text_of(at(user, {"id"})), text_of(at(user, {"displayname"})), text_of(at(user, {"email"}))};
        if (!person.id.empty()) people.push_back(std::move(person));
    }
    return people;
}

bool same_address(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

} // namespace passerelle::ocs
