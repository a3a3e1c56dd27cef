// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/companion.hpp"
#include "tests/fakes/name_rules.hpp"
#include "tests/fakes/ocs_handlers.hpp"
#include "tests/fakes/php_json.hpp"
#include "tests/fakes/share_handlers.hpp"

#include <algorithm>

namespace passerelle::fakes {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxBytes = 1024 * 1024;
constexpr std::size_t kMaxShares = 100;
constexpr std::size_t kMaxAddresses = 200;
constexpr std::size_t kMaxGroups = 100;
constexpr const char* kAdministrators = "admin";

HttpResponse refused_whole(int status, const char* error, const std::string& message) {
    return ocs_data(status, {{"error", error}, {"message", message}});
}

/// The list of that name in the request's body; empty where the app calls it malformed.
Json list_of(const ShareContext& context, const char* name, std::size_t most) {
    if (context.request.body.content->size() > kMaxBytes) return Json::array();
    const Json body = Json::parse(context.request.text(), nullptr, false);
    if (!body.is_object() || !body.contains(name) || !body[name].is_array() || body[name].size() > most)
        return Json::array();
    return body[name];
}

/// As the server's own interface is asked for one share.
ShareContext asking_for(const ShareContext& context, const Json& wanted) {
    ShareContext one = context;
    one.form = {{"path", wanted.at("path").get<std::string>()},
                {"shareType", std::to_string(wanted.at("type").get<int>())},
                {"shareWith", wanted.at("share_with").get<std::string>()},
                {"permissions", std::to_string(wanted.at("permissions").get<int>())},
                {"expireDate", wanted.value("expires", "")},
                {"note", wanted.value("note", "")}};
    const char* key = context.release.attribute_key;
    if (!wanted.value("download", true))
        one.form["attributes"] = Json::array({{{"scope", "permissions"}, {"key", "download"}, {key, false}}}).dump();
    return one;
}

bool is_account(const ShareContext& context, const std::string& id) {
    return std::find(context.users.begin(), context.users.end(), id) != context.users.end();
}

Json data_of(const HttpResponse& answer) {
    return Json::parse(answer.body).at("ocs").at("data");
}

Json share_outcome(const ShareContext& context, const Json& wanted, const std::string& destination) {
    if (!lies_in(normalise(wanted.at("path").get<std::string>().substr(1)), destination))
        return {{"status", "refused"},
                {"code", 403},
                {"error", "outside"},
                {"message", "outside the destination of the migration"}};
    const ShareContext one = asking_for(context, wanted);
    if (const auto there = share_there(one)) return {{"status", "exists"}, {"share", data_of(*there)}};
    if (wanted.at("type") == ShareRecord::kUser && !is_account(context, wanted.at("share_with")))
        return {{"status", "refused"}, {"code", 404}, {"message", "Please specify a valid account to share with"}};
    const auto answer = create_share(one);
    if (answer.status == 200) return {{"status", "made"}, {"share", data_of(answer)}};
    const Json meta = Json::parse(answer.body).at("ocs").at("meta");
    return {{"status", "refused"}, {"code", meta.at("statuscode")}, {"message", meta.at("message")}};
}

HttpResponse make_shares(const ShareContext& context, const std::string& destination) {
    const Json wanted = list_of(context, "shares", kMaxShares);
    if (wanted.empty()) return refused_whole(400, "malformed", "\"shares\" must be a list of 1 to 100");
    Json outcomes = Json::array();
    for (const Json& one : wanted)
        outcomes.push_back(share_outcome(context, one, destination));
    return ocs_data(200, {{"shares", outcomes}});
}

/// What the search for people to share with finds, in the app's words.
Json sharees(const Json& list, const std::string& domain) {
    Json people = Json::array();
    for (const Json& one : list)
        people.push_back({{"id", one.at("value").at("shareWith")},
                          {"display_name", one.at("label")},
                          {"email", one.at("value").at("shareWith").get<std::string>() + "@" + domain}});
    return people;
}

Json found_people(const ShareContext& context, const std::string& address) {
    const std::string& domain = context.release.mail_domain;
    ShareContext search = context;
    search.query = {{"search", address}, {"shareType[]", "0"}};
    const Json found = data_of(handle_sharees(search));
    Json exact = sharees(found.at("exact").at("users"), domain);
    if (address == context.user + "@" + domain)
        exact.push_back({{"id", context.user}, {"display_name", context.user}, {"email", address}});
    return {{"address", address}, {"exact", exact}, {"suggested", sharees(found.at("users"), domain)}};
}

HttpResponse find_people(const ShareContext& context) {
    const Json addresses = list_of(context, "addresses", kMaxAddresses);
    if (addresses.empty()) return refused_whole(400, "malformed", "\"addresses\" must be a list of 1 to 200");
    Json people = Json::array();
    for (const Json& address : addresses)
        people.push_back(found_people(context, address.get<std::string>()));
    return ocs_data(200, {{"people", people}});
}

Json group_outcome(const ShareContext& context, const Json& wanted) {
    const std::string id = wanted.at("id");
    if (id == kAdministrators)
        return {{"id", id},
                {"status", "refused"},
                {"added", Json::array()},
                {"refused", Json::array()},
                {"message", "nobody can be put into this group from here"}};
    const bool made = context.shares.make_group(id);
    Json added = Json::array();
    Json refused = Json::array();
    for (const std::string member : wanted.at("members")) {
        if (!is_account(context, member)) {
            refused.push_back(member);
        } else if (!context.shares.is_member(id, member)) {
            context.shares.join(id, member);
            added.push_back(member);
        }
    }
    return {{"id", id}, {"status", made ? "made" : "exists"}, {"added", added}, {"refused", refused}};
}

HttpResponse make_groups(const ShareContext& context) {
    const auto secret = context.request.header("X-Passerelle-Pairing").value_or("");
    const auto& pairing = context.release.pairing_secret;
    if (!context.administrator || pairing.empty() || secret != pairing)
        return refused_whole(403, "not_allowed", "groups are made by administrators, with the secret of the pairing");
    const Json wanted = list_of(context, "groups", kMaxGroups);
    if (wanted.empty()) return refused_whole(400, "malformed", "\"groups\" must be a list of 1 to 100");
    Json outcomes = Json::array();
    for (const Json& one : wanted)
        outcomes.push_back(group_outcome(context, one));
    return ocs_data(200, {{"groups", outcomes}});
}

} // namespace

std::optional<HttpResponse> handle_batches(const ShareContext& context, const std::string& endpoint,
                                           const std::string& destination) {
    if (context.request.method != "POST") return std::nullopt;
    if (endpoint == "/shares") return make_shares(context, destination);
    if (endpoint == "/people") return find_people(context);
    if (endpoint == "/groups") return make_groups(context);
    return std::nullopt;
}

} // namespace passerelle::fakes
