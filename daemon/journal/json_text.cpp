// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/journal/json_text.hpp"

#include "daemon/journal/row_words.hpp"

#include <nlohmann/json.hpp>

namespace passerelle::journal {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Reason& reason) {
    Json parameters = Json::object();
    for (const auto& [name, value] : reason.parameters)
        parameters[name] = value;
    return Json{{"code", reason.code}, {"parameters", std::move(parameters)}};
}

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

std::string reasons_to_json(const std::vector<Reason>& reasons) {
    Json list = Json::array();
    for (const auto& reason : reasons)
        list.push_back(to_json(reason));
    return dump(list);
}

std::string failure_to_json(const Reason& reason) {
    Json entry = to_json(reason);
    entry["failure"] = true;
    return dump(Json::array({std::move(entry)}));
}

std::vector<Reason> reasons_from_json(const std::string& text) {
    std::vector<Reason> reasons;
    for (const auto& entry : Json::parse(text)) {
        Reason& reason = reasons.emplace_back(entry.at("code").get<std::string>());
        for (const auto& [name, value] : entry.at("parameters").items())
            reason.parameters.emplace_back(name, value.get<std::string>());
    }
    return reasons;
}

std::string strings_to_json(const std::vector<std::string>& strings) {
    return dump(Json(strings));
}

std::vector<std::string> strings_from_json(const std::string& text) {
    return Json::parse(text).get<std::vector<std::string>>();
}

std::string groups_to_json(const std::vector<ExportGroup>& groups) {
    Json list = Json::array();
    for (const auto& group : groups) {
        Json members = Json::array();
        for (const auto& member : group.members)
            members.push_back({{"group", member.is_group}, {"email", member.email}});
        list.push_back({{"name", group.name}, {"email", group.email}, {"members", std::move(members)}});
    }
    return dump(list);
}

std::vector<ExportGroup> groups_from_json(const std::string& text) {
    std::vector<ExportGroup> groups;
    for (const auto& entry : Json::parse(text)) {
        auto& group = groups.emplace_back(ExportGroup{entry.at("name"), entry.at("email")});
        for (const auto& member : entry.at("members"))
            group.members.push_back({member.at("group"), member.at("email")});
    }
    return groups;
}

std::string replaces_to_json(const std::map<std::string, std::string>& replaces) {
    return replaces.empty() ? std::string() : dump(Json(replaces));
}

std::map<std::string, std::string> replaces_from_json(const std::string& text) {
    if (text.empty()) return {};
    return Json::parse(text).get<std::map<std::string, std::string>>();
}

std::string moves_to_json(const std::vector<PlannedMove>& moves) {
    if (moves.empty()) return {};
    Json list = Json::array();
    for (const auto& move : moves)
        list.push_back({{"role", to_string(move.role)},
                        {"from", move.from},
                        {"to", move.to},
                        {"etag", move.etag},
                        {"size", move.size},
                        {"sha256", move.sha256}});
    return dump(list);
}

std::vector<PlannedMove> moves_from_json(const std::string& text) {
    std::vector<PlannedMove> moves;
    if (text.empty()) return moves;
    for (const auto& entry : Json::parse(text))
        moves.push_back({role_of(entry.at("role").get<std::string>()), entry.at("from"), entry.at("to"),
                         entry.at("etag"), entry.at("size"), entry.at("sha256")});
    return moves;
}

} // namespace passerelle::journal
