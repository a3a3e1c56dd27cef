// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/team_folder_handlers.hpp"

#include "tests/fakes/dav_answer.hpp"
#include "tests/fakes/ocs_handlers.hpp"
#include "tests/fakes/php_json.hpp"

#include <algorithm>

namespace passerelle::fakes {
namespace {

using Json = nlohmann::ordered_json;

std::string value(const std::map<std::string, std::string>& fields, const char* name) {
    const auto found = fields.find(name);
    return found == fields.end() ? "" : found->second;
}

/// The app speaks version 1 of OCS: 100 is success, and the HTTP status is 200 whatever the account may.
HttpResponse version_1(int statuscode, const std::string& message, const Json& data) {
    const Json meta = {{"status", statuscode == 100 ? "ok" : "failure"},
                       {"statuscode", statuscode},
                       {"message", message},
                       {"totalitems", ""},
                       {"itemsperpage", ""}};
    HttpResponse response;
    response.body = php_json({{"ocs", {{"meta", meta}, {"data", data}}}});
    return response.set("Content-Type", "application/json; charset=utf-8");
}

/// What is wrong with a request has no OCS around it.
HttpResponse bare(int status, const std::string& message) {
    HttpResponse response;
    response.status = status;
    response.body = php_json({{"message", message}});
    return response.set("Content-Type", "application/json; charset=utf-8");
}

Json json_of(const ShareContext& context, const TeamFolderRecord& folder, bool only_own) {
    Json groups = Json::object(), details = Json::object(), managers = Json::array();
    for (const auto& [group, permissions] : folder.groups) {
        if (only_own && !context.shares.is_member(group, context.user)) continue;
        groups[group] = permissions;
        details[group] = {{"displayName", group}, {"permissions", permissions}, {"type", "group"}};
    }
    for (const std::string& manager : folder.managers)
        managers.push_back({{"type", "user"}, {"id", manager}, {"displayname", manager}});
    const auto size = context.shares.teams.space(folder.id)->files.find("")->size;
    return {{"id", folder.id},
            {"mount_point", folder.name},
            {"quota", folder.quota},
            {"acl", folder.acl},
            {"size", size},
            {"groups", groups.empty() ? Json::array() : groups},
            {"group_details", details.empty() ? Json::array() : details},
            {"manage", managers}};
}

HttpResponse list(const ShareContext& context) {
    Json folders = Json::object();
    for (const TeamFolderRecord& folder : context.shares.teams.all()) {
        const Json json = json_of(context, folder, !context.administrator);
        if (context.administrator || !json.at("groups").empty()) folders[std::to_string(folder.id)] = json;
    }
    return version_1(100, "OK", folders.empty() ? Json::array() : folders);
}

std::optional<HttpResponse> refuse(const ShareContext& context) {
    if (context.release.confirms_passwords && !context.confirmed)
        return version_1(403, "Password confirmation is required", Json::array());
    if (!context.administrator)
        return version_1(403,
                         "Logged in user must be an admin, a sub admin or gotten special right to access this setting",
                         Json::array());
    return std::nullopt;
}

HttpResponse create(const ShareContext& context) {
    const auto id = context.shares.teams.create(value(context.form, "mountpoint"));
    if (!id) return bare(400, "Mount point already exists");
    return version_1(100, "OK", json_of(context, *context.shares.teams.find(*id), false));
}

/// Answers what was wrong.
std::optional<HttpResponse> act(const ShareContext& context, TeamFolderRecord& folder, const std::string& what) {
    constexpr std::string_view kGroups = "groups/";
    const bool removes = context.request.method == "DELETE";
    if (what == "groups") {
        const auto group = value(context.form, "group"); // any name: nobody asks whether there is such a group
        if (!folder.groups.emplace(group, 31).second) return bare(400, "Group already assigned to this Groupfolder");
    } else if (what.starts_with(kGroups) && removes) {
        folder.groups.erase(what.substr(kGroups.size()));
    } else if (what.starts_with(kGroups)) {
        const auto group = folder.groups.find(what.substr(kGroups.size()));
        const auto permissions = std::atoi(value(context.form, "permissions").c_str());
        if (group != folder.groups.end()) group->second = static_cast<unsigned>(permissions);
    } else if (what == "quota") {
        folder.quota = std::atoll(value(context.form, "quota").c_str());
    } else if (what == "acl") {
        folder.acl = value(context.form, "acl") == "1";
    } else if (what == "manageACL") {
        const auto id = value(context.form, "mappingId");
        std::erase(folder.managers, id);
        if (value(context.form, "manageAcl") == "1") folder.managers.push_back(id);
    } else {
        return bare(404, "");
    }
    return std::nullopt;
}

bool may_manage(const DavContext& context) {
    const auto folder = context.teams->find(context.mount->team_folder);
    const auto& managers = folder->managers;
    return context.administrator ||
           std::find(managers.begin(), managers.end(), context.mount->visitor) != managers.end();
}

std::string element(const char* name, const std::string& text) {
    return std::string("<nc:acl-") + name + ">" + xml_escape(text) + "</nc:acl-" + name + ">";
}

std::string rules_xml(const std::vector<TeamRule>& rules) {
    std::string xml;
    for (const TeamRule& rule : rules)
        xml += "<nc:acl>" + element("mapping-type", rule.type) + element("mapping-id", rule.id) +
               element("mapping-display-name", rule.id) + element("mask", std::to_string(rule.mask)) +
               element("permissions", std::to_string(rule.permissions)) + "</nc:acl>";
    return xml;
}

} // namespace

HttpResponse handle_team_folders(const ShareContext& context, const std::string& call) {
    constexpr std::string_view kFolders = "/folders/";
    if (call == "/folders" && context.request.method == "GET") return list(context);
    if (auto refusal = refuse(context)) return *refusal;
    if (call == "/folders") return create(context);
    if (!call.starts_with(kFolders)) return bare(404, "");
    const std::string rest = call.substr(kFolders.size());
    const auto slash = rest.find('/');
    auto folder = context.shares.teams.find(std::atoll(rest.substr(0, slash).c_str()));
    if (!folder) return bare(404, "Groupfolder not found");
    if (slash == rest.npos) {
        context.shares.teams.remove(folder->id);
        return version_1(100, "OK", {{"success", true}});
    }
    if (auto wrong = act(context, *folder, rest.substr(slash + 1))) return *wrong;
    context.shares.teams.change(*folder);
    return version_1(100, "OK", {{"success", true}, {"folder", json_of(context, *folder, false)}});
}

std::optional<std::string> team_property(const std::string& name, const Node& node, const DavContext& context,
                                         bool root) {
    if (!context.mount || context.mount->team_folder == 0) return std::nullopt;
    const auto folder = context.teams->find(context.mount->team_folder);
    if (!folder) return std::nullopt;
    if (name == "group-folder-id") return std::to_string(folder->id);
    if (name == "mount-type") return "group";
    if (name == "is-mount-root") return root ? "true" : "false";
    if (name == "acl-enabled") return folder->acl ? "1" : "";
    if (name == "acl-can-manage") return may_manage(context) ? "1" : "";
    const auto rules = folder->rules.find(node.file_id);
    if (name == "acl-list" && rules != folder->rules.end() && !rules->second.empty()) return rules_xml(rules->second);
    return std::nullopt;
}

std::optional<HttpResponse> set_team_rules(const DavContext& context) {
    const auto sent = parse_team_rules(context.request.text());
    if (!sent) return std::nullopt;
    const auto node = context.user.files.find(context.path);
    if (!context.mount || context.mount->team_folder == 0 || !node || !may_manage(context))
        return dav_error(
            500, "Sabre\\DAV\\Exception",
            "Property \"{http://nextcloud.org/ns}acl-list\" has an invalid value of array containing object");
    auto folder = *context.teams->find(context.mount->team_folder);
    folder.rules[node->file_id].clear();
    for (const auto& fields : *sent) {
        const auto bits = [&](const char* name) {
            return static_cast<unsigned>(std::atoi(value(fields, name).c_str()));
        };
        folder.rules[node->file_id].push_back({value(fields, "acl-mapping-type"), value(fields, "acl-mapping-id"),
                                               bits("acl-mask"), bits("acl-permissions")});
    }
    const auto is_member = [&](const std::string& group) { return context.is_member(group); };
    if ((team_rights(folder, context.user.files, context.mount->visitor, is_member, context.path) & 1) == 0)
        return dav_error(400, "Sabre\\DAV\\Exception\\BadRequest", "You cannot remove your own read permission.");
    context.teams->change(folder);
    return multistatus(propfind_response("/remote.php/dav/files/" + context.shown(context.path),
                                         {{Property{kNextcloudNamespace, "acl-list"}, ""}}));
}

} // namespace passerelle::fakes
