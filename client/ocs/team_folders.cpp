// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/team_folders.hpp"

#include "client/http/status.hpp"
#include "client/ocs/call.hpp"
#include "client/ocs/json.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <nlohmann/json.hpp>

namespace passerelle::ocs {
namespace {

constexpr std::string_view kApp = "/index.php/apps/groupfolders";
constexpr std::int64_t kUnlimited = -3;

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
        for (const auto& [group, permissions] : groups.items())
            folder.groups[group] = permissions_of(permissions);
    const auto quota = number_of(at(data, {"quota"})).value_or(kUnlimited);
    if (quota >= 0) folder.quota = static_cast<std::uint64_t>(quota);
    folder.advanced_permissions = truth_of(at(data, {"acl"}));
    return folder;
}

/// OCS version 1: 100 is success, and the HTTP status is 200 whatever happened.
Result<void> judge(const http::Response& answer) {
    if (answer.status != 200) return refusal(answer);
    const Meta meta = meta_of(answer);
    if (meta.statuscode == 100 || meta.statuscode == 200) return {};
    if (meta.statuscode < 400) return bad_answer("no OCS document");
    http::Response told = answer;
    told.status = meta.statuscode > 599 ? 400 : meta.statuscode;
    return refusal(told);
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
    auto body = post("/folders", "mountpoint=" + http::percent_encode(name), std::move(stop));
    if (!body) return failure(body);
    const auto root = parse_json(*body);
    const auto id = root ? number_of(at(*root, {"ocs", "data", "id"})).value_or(0) : 0;
    if (id <= 0) return bad_answer("no id of a team folder");
    return id;
}

Result<void> TeamFolders::add_group(std::int64_t id, const std::string& group, std::stop_token stop) const {
    auto body = post(fmt::format("/folders/{}/groups", id), "group=" + http::percent_encode(group), std::move(stop));
    if (!body) return failure(body);
    return {};
}

Result<void> TeamFolders::set_permissions(std::int64_t id, const std::string& group, unsigned permissions,
                                          std::stop_token stop) const {
    auto body = post(fmt::format("/folders/{}/groups/{}", id, http::percent_encode(group)),
                     fmt::format("permissions={}", permissions), std::move(stop));
    if (!body) return failure(body);
    return {};
}

Result<void> TeamFolders::set_quota(std::int64_t id, std::optional<std::uint64_t> bytes, std::stop_token stop) const {
    constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();
    const std::int64_t quota = bytes ? static_cast<std::int64_t>(std::min(*bytes, kMost)) : kUnlimited;
    auto body = post(fmt::format("/folders/{}/quota", id), fmt::format("quota={}", quota), std::move(stop));
    if (!body) return failure(body);
    return {};
}

Result<void> TeamFolders::allow_advanced_permissions(std::int64_t id, std::stop_token stop) const {
    auto body = post(fmt::format("/folders/{}/acl", id), "acl=1", std::move(stop));
    if (!body) return failure(body);
    return {};
}

Result<std::string> TeamFolders::post(std::string_view path, std::string form, std::stop_token stop) const {
    auto answer = transport_->send(call_app("POST", server_, kApp, path, std::move(form)), std::move(stop));
    if (!answer) return failure(answer);
    if (auto good = judge(*answer); !good) return failure(good);
    return std::move(answer->body);
}

} // namespace passerelle::ocs
