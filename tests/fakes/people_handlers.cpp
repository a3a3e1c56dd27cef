// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/ocs_handlers.hpp"
#include "tests/fakes/php_json.hpp"
#include "tests/fakes/share_handlers.hpp"

#include <algorithm>
#include <cctype>

namespace passerelle::fakes {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kCircles = "/apps/circles/circles";
constexpr std::string_view kSharing = "/apps/files_sharing/api/v1";

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

std::string address_of(const ShareContext& context, const std::string& user) {
    return user + "@" + context.release.mail_domain;
}

std::string search_of(const ShareContext& context) {
    const auto found = context.query.find("search");
    return found == context.query.end() ? "" : lower(found->second);
}

HttpResponse not_an_administrator() {
    return ocs_failure(403, 403, "Logged in account must be at least a sub admin");
}

/// What only an administrator may do, and on 34 only with the password itself.
std::optional<HttpResponse> refuse_management(const ShareContext& context) {
    if (!context.administrator)
        return ocs_failure(
            403, 403, "Logged in account must be an admin, a sub admin or gotten special right to access this setting");
    if (context.release.confirms_passwords && !context.confirmed)
        return ocs_failure(403, 403, "Password confirmation is required");
    return std::nullopt;
}

/// Without most of what the real one says of each.
HttpResponse own_teams(const ShareContext& context) {
    Json teams = Json::array();
    for (const auto& [id, name] : context.shares.teams_of(context.user))
        teams.push_back({{"id", id}, {"name", name}, {"displayName", name}, {"source", 16}});
    return ocs_data(php_json(teams));
}

HttpResponse make_team(const ShareContext& context) {
    constexpr std::size_t kShortestName = 3;
    const auto wanted = context.form.find("name");
    if (wanted == context.form.end() || wanted->second.size() < kShortestName)
        return ocs_failure(400, 400, "Circle name is too short");
    const auto name = context.shares.make_team(wanted->second, context.user);
    return ocs_data(
        php_json({{"id", "team-" + name}, {"name", wanted->second}, {"displayName", name}, {"source", 16}}));
}

HttpResponse team_members(const ShareContext& context, const std::string& id) {
    Json members = Json::array();
    const auto team = context.shares.team(id);
    if (team && team->members.contains(context.user))
        for (const auto& member : team->members)
            members.push_back({{"userId", member},
                               {"userType", 1},
                               {"level", member == team->owner ? 9 : 1},
                               {"status", "Member"},
                               {"displayName", member}});
    return ocs_data(php_json(members));
}

/// Accounts that do not exist are passed over in silence. Only 32's and 34's refusals were looked at.
HttpResponse join_team(const ShareContext& context, const std::string& id) {
    const auto team = context.shares.team(id);
    if (context.release.major >= 34 && (!team || team->owner != context.user)) return ocs_failure(403, 403, "");
    if (!team || !team->members.contains(context.user)) return ocs_failure(404, 404, "Circle not found");
    if (team->owner != context.user) return ocs_failure(400, 400, "Insufficient rights");
    std::vector<std::string> known;
    for (std::size_t i = 0;; ++i) {
        const auto member = context.form.find("members[" + std::to_string(i) + "][id]");
        if (member == context.form.end()) break;
        if (std::find(context.users.begin(), context.users.end(), member->second) != context.users.end())
            known.push_back(member->second);
    }
    context.shares.add_to_team(id, known);
    Json added = Json::array();
    for (const auto& member : known)
        if (!team->members.contains(member)) added.push_back({{"userId", member}, {"userType", 1}, {"level", 1}});
    return ocs_data(php_json(added));
}

std::optional<HttpResponse> handle_teams(const ShareContext& context, const std::string& rest) {
    const bool posts = context.request.method == "POST";
    if (rest.empty()) return posts ? make_team(context) : own_teams(context);
    const auto slash = rest.find('/', 1);
    if (slash == std::string::npos) return std::nullopt;
    const auto id = rest.substr(1, slash - 1);
    if (rest.substr(slash) == "/members" && !posts) return team_members(context, id);
    if (rest.substr(slash) == "/members/multi" && posts) return join_team(context, id);
    return std::nullopt;
}

} // namespace

std::map<std::string, std::string> parse_form(const std::string& text) {
    std::map<std::string, std::string> fields;
    for (std::size_t start = 0; start < text.size();) {
        const auto end = std::min(text.find('&', start), text.size());
        std::string pair = text.substr(start, end - start);
        std::replace(pair.begin(), pair.end(), '+', ' ');
        const auto equals = std::min(pair.find('='), pair.size());
        fields[percent_decode(pair.substr(0, equals))] =
            percent_decode(equals < pair.size() ? pair.substr(equals + 1) : "");
        start = end + 1;
    }
    return fields;
}

std::optional<HttpResponse> handle_sharing(const ShareContext& context, const std::string& call) {
    constexpr std::string_view kUsers = "/cloud/users/";
    if (call.starts_with(std::string(kSharing) + "/shares")) {
        const std::string rest = call.substr(kSharing.size() + std::string_view("/shares").size());
        return handle_shares(context, rest.starts_with('/') ? rest.substr(1) : "");
    }
    if (call == std::string(kSharing) + "/sharees") return handle_sharees(context);
    if (call.starts_with(kCircles)) return handle_teams(context, call.substr(kCircles.size()));
    if (call == "/cloud/users/details") return handle_users(context);
    if (call == "/cloud/groups") return handle_groups(context);
    if (call.starts_with(kUsers) && call.ends_with("/groups") && context.request.method == "POST")
        return handle_join(context, call.substr(kUsers.size(), call.rfind('/') - kUsers.size()));
    return std::nullopt;
}

HttpResponse handle_sharees(const ShareContext& context) {
    const std::string search = search_of(context);
    const auto asked = context.query.find("shareType[]");
    const std::string type = asked == context.query.end() ? "" : asked->second;
    Json exact = {{"users", Json::array()}, {"groups", Json::array()}, {"emails", Json::array()}};
    Json others = exact;
    for (const std::string& user : context.users) {
        if (user == context.user || (!type.empty() && type != "0")) continue;
        const Json found = {{"label", user},
                            {"value", {{"shareType", 0}, {"shareWith", user}}},
                            {"shareWithDisplayNameUnique", address_of(context, user)}};
        if (lower(user) == search || lower(address_of(context, user)) == search) {
            exact["users"].push_back(found);
            if (context.release.major == 32) exact["users"].push_back(found); // sic
        } else if (lower(user).starts_with(search)) {
            others["users"].push_back(found);
        }
    }
    for (const std::string& group : context.shares.groups()) {
        if (!type.empty() && type != "1") continue;
        const Json found = {{"label", group}, {"value", {{"shareType", 1}, {"shareWith", group}}}};
        if (lower(group) == search) {
            exact["groups"].push_back(found);
        } else if (lower(group).find(search) != std::string::npos) {
            others["groups"].push_back(found);
        }
    }
    Json all = {{"exact", exact}};
    all.update(others);
    return ocs_data(php_json(all));
}

HttpResponse handle_users(const ShareContext& context) {
    if (!context.administrator) return not_an_administrator();
    const std::string search = search_of(context);
    Json found = Json::object();
    for (const std::string& user : context.users)
        if (lower(address_of(context, user)).find(search) != std::string::npos)
            found[user] = {
                {"enabled", true}, {"id", user}, {"email", address_of(context, user)}, {"displayname", user}};
    return ocs_data(php_json({{"users", found.empty() ? Json::array() : found}}));
}

HttpResponse handle_groups(const ShareContext& context) {
    if (context.request.method == "POST") {
        if (auto refusal = refuse_management(context)) return *refusal;
        const auto id = context.form.find("groupid");
        if (id == context.form.end() || id->second.empty()) return ocs_failure(400, 101, "Invalid group name");
        return context.shares.make_group(id->second) ? ocs_success() : ocs_failure(400, 102, "group exists");
    }
    if (!context.administrator) return not_an_administrator();
    Json names = Json::array();
    for (const std::string& group : context.shares.groups())
        if (lower(group).find(search_of(context)) != std::string::npos) names.push_back(group);
    return ocs_data(php_json({{"groups", names}}));
}

HttpResponse handle_join(const ShareContext& context, const std::string& user) {
    if (auto refusal = refuse_management(context)) return *refusal;
    const auto group = context.form.find("groupid");
    if (group == context.form.end() || !context.shares.join(group->second, user)) return ocs_failure(400, 102, "");
    return ocs_success();
}

} // namespace passerelle::fakes
