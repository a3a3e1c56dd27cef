// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/login_flow.hpp"

#include "core/hash.hpp"
#include "tests/fakes/php_json.hpp"

namespace passerelle::fakes {
namespace {

HttpResponse json_answer(int status, std::string body) {
    HttpResponse response;
    response.status = status;
    response.body = std::move(body);
    return response.set("Content-Type", "application/json; charset=utf-8");
}

} // namespace

HttpResponse LoginFlow::begin(const std::string& origin) {
    std::lock_guard lock(mutex_);
    const std::string number = std::to_string(next_token_++);
    const std::string poll_token = sha256_hex("poll " + number) + sha256_hex("poll again " + number);
    const std::string login_token = sha256_hex("login " + number) + sha256_hex("login again " + number);
    waiting_[poll_token] = std::nullopt;
    return json_answer(200, php_json({{"poll", {{"token", poll_token}, {"endpoint", origin + "/login/v2/poll"}}},
                                      {"login", origin + "/login/v2/flow/" + login_token}}));
}

HttpResponse LoginFlow::poll(const std::string& form) {
    std::lock_guard lock(mutex_);
    const std::string token = form.starts_with("token=") ? percent_decode(form.substr(6)) : "";
    const auto flow = waiting_.find(token);
    if (flow == waiting_.end() || !flow->second) return json_answer(404, "[]");
    std::string credentials = *flow->second;
    waiting_.erase(flow);
    return json_answer(200, std::move(credentials));
}

int LoginFlow::grant(const std::string& origin, const std::string& user, const std::string& app_password) {
    std::lock_guard lock(mutex_);
    int granted = 0;
    for (auto& [token, answer] : waiting_) {
        if (answer) continue;
        answer = php_json({{"server", origin}, {"loginName", user}, {"appPassword", app_password}});
        ++granted;
    }
    return granted;
}

} // namespace passerelle::fakes
