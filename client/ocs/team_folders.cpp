// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/team_folders.hpp"

#include "client/http/status.hpp"
#include "client/ocs/call.hpp"
#include "client/ocs/json.hpp"
#include "core/reason_codes.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <nlohmann/json.hpp>

namespace passerelle::ocs {
namespace {

constexpr std::string_view kApp = "/index.php/apps/groupfolders";
constexpr std::int64_t kUnlimited = -3;
constexpr std::string_view kGroupIsIn = "Group already assigned to this Groupfolder";

unsigned permissions_of(const Json& value) {
    const auto number = number_of(value.is_object() ? at(value, {"permissions"}) : value).value_or(0);
    return number >= 0 && number <= 31 ? static_cast<unsigned>(number) : 0;
}

std::optional<TeamFolder> folder_of(const Json& data) {
    TeamFolder folder;
    folder.id = number_of(at(data, {"id"})).value_or(0);
    folder.name = text_of(at(data, {"mount_point"}));
    if (folder.id <= 0 || folder.name.empty()) return std::nullopt;
    const Json& groups = at(data, {"groups"});
    if (groups.is_object()) // PHP writes nobody as []
        for (const auto& [group, permissions] : groups.items()) {
            const bool team = text_of(at(data, {"group_details", group.c_str(), "type"})) == "circle";
            (team ? folder.teams : folder.groups)[group] = permissions_of(permissions);
        }
    const Json& managers = at(data, {"manage"});
    if (managers.is_array())
        for (const Json& manager : managers)
            if (text_of(at(manager, {"type"})) == "user") folder.managers.push_back(text_of(at(manager, {"id"})));
    folder.size = static_cast<std::uint64_t>(std::max<std::int64_t>(number_of(at(data, {"size"})).value_or(0), 0));
    const auto quota = number_of(at(data, {"quota"})).value_or(kUnlimited);
    if (quota >= 0) folder.quota = static_cast<std::uint64_t>(quota);
    folder.advanced_permissions = truth_of(at(data, {"acl"}));
    return folder;
}

/// {"message":"Mount point already exists"}
std::string bare_message(const http::Response& answer) {
    const auto root = parse_json(answer.body);
    return root ? text_of(at(*root, {"message"})) : std::string();
}

/// OCS version 1: 100 is success, and the HTTP status is 200 where the account may not.
Result<void> judge(const http::Response& answer) {
    if (const auto message = bare_message(answer); (answer.status == 400 || answer.status == 404) && !message.empty())
        return Error(ErrorKind::item, codes::share_refused, message, {{"message", message}});
    if (answer.status != 200) return refusal(answer);
    const Meta meta = meta_of(answer);
    if (meta.statuscode == 100 || meta.statuscode == 200) return {};
    if (meta.statuscode < 400) return bad_answer("no OCS document");
    http::Response told = answer;
    told.status = meta.statuscode > 599 ? 400 : meta.statuscode;
    return refusal(told);
}

Result<void> done(Result<std::string> body) {
    if (!body) return failure(body);
    return {};
}

} // namespace

Result<std::vector<TeamFolder>> parse_team_folders(std::string_view text) {
    const auto root = parse_json(text);
    if (!root) return bad_answer("no list of team folders");
    const Json& data = at(*root, {"ocs", "data"});
    if (!data.is_object() && !data.is_array()) return bad_answer("no list of team folders");
    std::vector<TeamFolder> folders;
    for (const Json& element : data) {
        auto folder = folder_of(element);
        if (!folder) return bad_answer("a team folder without id or name");
        folders.push_back(std::move(*folder));
    }
    return folders;
}

Result<std::optional<std::vector<TeamFolder>>> TeamFolders::list(std::stop_token stop) const {
    auto answer = transport_->send(call_app("GET", server_, kApp, "/folders"), std::move(stop));
    if (!answer) return failure(answer);
    if (answer->status == 404) return std::optional<std::vector<TeamFolder>>();
    if (auto good = judge(*answer); !good) return failure(good);
    auto folders = parse_team_folders(answer->body);
    if (!folders) return failure(folders);
    return std::optional(std::move(*folders));
}

Result<std::int64_t> TeamFolders::create(const std::string& name, std::stop_token stop) const {
    auto body = ask("POST", "/folders", "mountpoint=" + http::percent_encode(name), std::move(stop));
    if (!body) return failure(body);
    const auto root = parse_json(*body);
    const auto id = root ? number_of(at(*root, {"ocs", "data", "id"})).value_or(0) : 0;
    if (id <= 0) return bad_answer("no id of a team folder");
    return id;
}

Result<void> TeamFolders::add_group(std::int64_t id, const std::string& group, std::stop_token stop) const {
    auto answer = transport_->send(
        call_app("POST", server_, kApp, fmt::format("/folders/{}/groups", id), "group=" + http::percent_encode(group)),
        std::move(stop));
    if (!answer) return failure(answer);
    if (answer->status == 400 && bare_message(*answer) == kGroupIsIn) return {};
    return judge(*answer);
}

Result<void> TeamFolders::set_permissions(std::int64_t id, const std::string& group, unsigned permissions,
                                          std::stop_token stop) const {
    return done(ask("POST", fmt::format("/folders/{}/groups/{}", id, http::percent_encode(group)),
                    fmt::format("permissions={}", permissions), std::move(stop)));
}

Result<void> TeamFolders::set_quota(std::int64_t id, std::optional<std::uint64_t> bytes, std::stop_token stop) const {
    constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();
    const std::int64_t quota = bytes ? static_cast<std::int64_t>(std::min(*bytes, kMost)) : kUnlimited;
    return done(ask("POST", fmt::format("/folders/{}/quota", id), fmt::format("quota={}", quota), std::move(stop)));
}

Result<void> TeamFolders::allow_advanced_permissions(std::int64_t id, std::stop_token stop) const {
    return done(ask("POST", fmt::format("/folders/{}/acl", id), "acl=1", std::move(stop)));
}

Result<void> TeamFolders::let_manage(std::int64_t id, const std::string& account, std::stop_token stop) const {
    return done(ask("POST", fmt::format("/folders/{}/manageACL", id),
                    "mappingType=user&manageAcl=1&mappingId=" + http::percent_encode(account), std::move(stop)));
}

Result<void> TeamFolders::dismiss_group(std::int64_t id, const std::string& group, std::stop_token stop) const {
    return done(
        ask("DELETE", fmt::format("/folders/{}/groups/{}", id, http::percent_encode(group)), "", std::move(stop)));
}

Result<void> TeamFolders::remove(std::int64_t id, std::stop_token stop) const {
    auto answer = transport_->send(call_app("DELETE", server_, kApp, fmt::format("/folders/{}", id)), std::move(stop));
    if (!answer) return failure(answer);
    if (answer->status == 404) return {};
    return judge(*answer);
}

Result<std::string> TeamFolders::ask(std::string method, std::string_view path, std::string form,
                                     std::stop_token stop) const {
    auto answer = transport_->send(call_app(std::move(method), server_, kApp, path, std::move(form)), std::move(stop));
    if (!answer) return failure(answer);
    if (auto good = judge(*answer); !good) return failure(good);
    return std::move(answer->body);
}

} // namespace passerelle::ocs
