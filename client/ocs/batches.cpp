// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/batches.hpp"

#include "client/http/pairing.hpp"
#include "client/ocs/call.hpp"
#include "client/ocs/share_json.hpp"
#include "core/reason_codes.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace passerelle::ocs {
namespace {

constexpr std::string_view kApp = "/apps/passerelle/api/v1";

/// What comes from names of files need not be UTF-8.
std::string text_of_json(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json wish(const NewShare& share) {
    Json wish = {{"path", "/" + share.path},           {"type", static_cast<int>(share.type)},
                 {"share_with", share.share_with},     {"permissions", share.permissions},
                 {"download", share.download_allowed}, {"note", share.note}};
    if (share.expires) wish["expires"] = iso_date(*share.expires);
    return wish;
}

std::optional<Result<Share>> outcome(const Json& told, const NewShare& share) {
    if (text_of(at(told, {"error"})) == "outside") return std::nullopt;
    if (text_of(at(told, {"status"})) != "refused") {
        auto made = share_of(at(told, {"share"}));
        if (!made) return bad_answer("a share without id or permissions");
        return std::move(*made);
    }
    const auto status = static_cast<int>(number_of(at(told, {"code"})).value_or(0) % 1000);
    const auto message = text_of(at(told, {"message"}));
    if (auto known = known_refusal(status, message, share)) return std::move(*known);
    return Error(ErrorKind::item, codes::share_refused, fmt::format("HTTP {}: {}", status, message),
                 {{"message", message}});
}

/// The list of that name in an answer, of that length.
Result<Json> list_of(const http::Response& answer, const char* name, std::size_t length) {
    auto root = parse_json(answer.body);
    if (!root) return failure(root);
    const Json& list = at(*root, {"ocs", "data", name});
    if (!list.is_array() || list.size() != length) return bad_answer(fmt::format("not {} {}", length, name));
    return list;
}

/// No other 403 of the app's has this word.
bool is_not_allowed(const http::Response& answer) {
    if (answer.status != 403) return false;
    const auto root = parse_json(answer.body);
    return root && text_of(at(*root, {"ocs", "data", "error"})) == "not_allowed";
}

std::vector<Person> people_of(const Json& list) {
    std::vector<Person> people;
    if (!list.is_array()) return people;
    for (const Json& one : list) {
        Person person{text_of(at(one, {"id"})), text_of(at(one, {"display_name"})), text_of(at(one, {"email"}))};
        if (!person.id.empty()) people.push_back(std::move(person));
    }
    return people;
}

} // namespace

Result<std::optional<http::Response>> Batches::post(std::string_view endpoint, std::string body,
                                                    std::stop_token stop) const {
    http::Request request = call("POST", server_, fmt::format("{}{}", kApp, endpoint), {}, std::move(body));
    request.headers.set("Content-Type", "application/json");
    http::show_pairing(pairing_secret_, request);
    auto answer = transport_->send(request, std::move(stop));
    if (!answer) return failure(answer);
    if (is_not_allowed(*answer)) return std::nullopt;
    if (answer->status != 200) return refusal(*answer);
    return std::move(*answer);
}

Result<std::vector<std::optional<Result<Share>>>> Batches::shares(std::span<const NewShare> shares,
                                                                  std::stop_token stop) const {
    std::vector<std::optional<Result<Share>>> outcomes;
    if (shares.empty()) return outcomes;
    Json body = {{"notify", shares.front().notify}, {"shares", Json::array()}};
    for (const NewShare& share : shares)
        body["shares"].push_back(wish(share));
    auto answer = post("/shares", text_of_json(body), std::move(stop));
    if (!answer) return failure(answer);
    if (!*answer) {
        outcomes.resize(shares.size());
        return outcomes;
    }
    auto told = list_of(**answer, "shares", shares.size());
    if (!told) return failure(told);
    for (std::size_t i = 0; i < shares.size(); ++i)
        outcomes.push_back(outcome((*told)[i], shares[i]));
    return outcomes;
}

Result<std::optional<std::vector<FoundPeople>>> Batches::people(std::span<const std::string> addresses,
                                                                std::stop_token stop) const {
    std::vector<FoundPeople> found;
    if (addresses.empty()) return found;
    auto answer = post("/people", text_of_json({{"addresses", addresses}}), std::move(stop));
    if (!answer) return failure(answer);
    if (!*answer) return std::nullopt;
    auto told = list_of(**answer, "people", addresses.size());
    if (!told) return failure(told);
    for (const Json& one : *told)
        found.push_back({people_of(at(one, {"exact"})), people_of(at(one, {"suggested"}))});
    return found;
}

Result<void> Batches::group(const std::string& id, std::span<const std::string> members, std::stop_token stop) const {
    Json wanted = {{"id", id}, {"members", members}};
    auto answer = post("/groups", text_of_json({{"groups", Json::array({std::move(wanted)})}}), std::move(stop));
    if (!answer) return failure(answer);
    if (!*answer) return Error(ErrorKind::permanent, codes::share_password_confirmation, "not_allowed");
    auto told = list_of(**answer, "groups", 1);
    if (!told) return failure(told);
    const Json& group = told->front();
    if (text_of(at(group, {"status"})) == "refused") {
        const auto message = text_of(at(group, {"message"}));
        return Error(ErrorKind::item, codes::share_refused, message, {{"message", message}});
    }
    const auto unknown = texts_of(at(group, {"refused"})).value_or(std::vector<std::string>());
    if (!unknown.empty())
        return Error(ErrorKind::item, codes::share_unknown_account, "no such account", {{"who", unknown.front()}});
    return {};
}

} // namespace passerelle::ocs
