// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/php_json.hpp"
#include "tests/fakes/site.hpp"

#include <map>
#include <stdexcept>

namespace passerelle::fakes {
namespace {

using Json = nlohmann::ordered_json;

Fault::Kind kind_of(const std::string& word) {
    static const std::map<std::string, Fault::Kind> kinds = {
        {"answer", Fault::Kind::answer},
        {"lose_answer", Fault::Kind::lose_answer},
        {"cut_request", Fault::Kind::cut_request},
        {"cut_answer", Fault::Kind::cut_answer},
        {"close_after_answer", Fault::Kind::close_after_answer},
        {"slow", Fault::Kind::slow},
        {"store_other_bytes", Fault::Kind::store_other_bytes},
        {"wrong_hash", Fault::Kind::wrong_hash},
        {"bulk_file_error", Fault::Kind::bulk_file_error},
    };
    return kinds.at(word);
}

Fault fault_of(const Json& json) {
    Fault fault;
    fault.kind = kind_of(json.value("kind", "answer"));
    fault.method = json.value("method", "");
    fault.path_suffix = json.value("path_suffix", "");
    fault.skip = json.value("skip", 0);
    fault.times = json.value("times", 1);
    fault.status = json.value("status", 503);
    fault.body = json.value("body", "");
    fault.after_bytes = json.value("after_bytes", std::uint64_t{0});
    fault.delay = std::chrono::milliseconds(json.value("delay_ms", 0));
    const Json headers = json.value("headers", Json::object());
    for (const auto& [name, value] : headers.items()) {
        fault.headers.emplace_back(name, value.get<std::string>());
    }
    return fault;
}

Json seen(const RequestLog& log) {
    Json requests = Json::array();
    for (const auto& request : log.all()) {
        requests.push_back({{"method", request.method},
                            {"path", request.path},
                            {"status", request.status},
                            {"bytes", request.body_bytes}});
    }
    return requests;
}

Json tree_of(const UserSpace& user) {
    Json tree = Json::object();
    for (const auto& [path, entry] : user.files.snapshot()) {
        tree[path] = {{"folder", entry.folder},
                      {"size", entry.size},
                      {"sha256", entry.sha256},
                      {"modified", entry.modified},
                      {"favorite", entry.favorite}};
    }
    return tree;
}

Json act(Site& site, const std::string& what, const HttpRequest& request) {
    if (what == "requests") return seen(site.log);
    if (what == "tree") return tree_of(site.user(request.query));
    const Json body = Json::parse(request.text());
    if (what == "fault") {
        site.faults.add(fault_of(body));
    } else if (what == "maintenance") {
        site.maintenance = body.get<bool>();
    } else if (what == "quota") {
        site.user(body.at("user")).quota = body.at("bytes").is_null() ? -3 : body.at("bytes").get<std::int64_t>();
    } else if (what == "grant") {
        const std::string user = body.at("user");
        return site.logins.grant(site.origin(), user, site.accounts.mint(user));
    } else {
        throw std::out_of_range("no such thing: " + what);
    }
    return true;
}

} // namespace

HttpResponse handle_control(Site& site, const HttpRequest& request) {
    HttpResponse response;
    response.set("Content-Type", "application/json");
    try {
        response.body = act(site, request.path.substr(std::string("/_double/").size()), request).dump(2) + "\n";
    } catch (const std::exception& error) { // a typing error of whoever drives the program
        response.status = 400;
        response.body = Json{{"error", error.what()}}.dump() + "\n";
    }
    return response;
}

} // namespace passerelle::fakes
