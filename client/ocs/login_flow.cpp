// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/login_flow.hpp"

#include "client/http/status.hpp"
#include "client/ocs/json.hpp"
#include "core/reason_codes.hpp"
#include "core/units.hpp"

#include <chrono>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace passerelle::ocs {
namespace {

constexpr std::chrono::milliseconds kPollInterval = std::chrono::seconds(2);
constexpr std::chrono::milliseconds kLifetime = std::chrono::minutes(20); // the server forgets the token then

http::Request post(std::string target, std::string form) {
    http::Request request;
    request.method = "POST";
    request.target = std::move(target);
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.headers.set("Accept", "application/json");
    request.body = std::make_shared<MemoryContent>(std::move(form));
    request.max_response_bytes = kMiB;
    return request;
}

/// The path of the poll address, encoded anew. Its host is left aside: the token goes to the server that issued it, and
/// a server behind a proxy may name itself by an address that only the proxy can reach.
std::string path_of(std::string_view address) {
    const auto scheme = address.find("://");
    if (scheme == std::string_view::npos) return {};
    const auto path = address.find('/', scheme + 3);
    if (path == std::string_view::npos) return {};
    return http::percent_encode_path(http::percent_decode(address.substr(path)));
}

bool is_web_address(std::string_view text) {
    return text.starts_with("https://") || text.starts_with("http://");
}

Result<Grant> parse_grant(std::string_view text) {
    auto root = parse_json(text);
    if (!root) return failure(root);
    auto server = http::parse_url(text_of(at(*root, {"server"})));
    Grant grant;
    grant.login_name = text_of(at(*root, {"loginName"}));
    grant.app_password = Secret(text_of(at(*root, {"appPassword"})));
    if (!server || grant.login_name.empty() || grant.app_password.empty()) return bad_answer("no app password");
    grant.server = std::move(*server);
    return grant;
}

} // namespace

Result<LoginFlow> LoginFlow::start(http::Transport& transport, const http::Url& server, std::stop_token stop) {
    auto answer = transport.send(post(server.path + "/index.php/login/v2", ""), std::move(stop));
    if (!answer) return failure(answer);
    const int status = answer->status;
    if (status >= 500 || status == 429 || (status >= 300 && status < 400)) return http::error_of(*answer);
    auto root = parse_json(answer->body);
    if (status == 200 && root) {
        const std::string page = text_of(at(*root, {"login"}));
        const std::string token = text_of(at(*root, {"poll", "token"}));
        const std::string target = path_of(text_of(at(*root, {"poll", "endpoint"})));
        if (is_web_address(page) && !token.empty() && !target.empty())
            return LoginFlow(transport, page, target, Secret(token));
    }
    return Error(ErrorKind::job, codes::server_not_nextcloud, fmt::format("login flow: HTTP {}", status),
                 {{"url", server.text()}});
}

Result<Grant> LoginFlow::wait(const std::stop_token& stop, const http::Pause& pause) {
    for (std::chrono::milliseconds waited{0}; waited < kLifetime; waited += kPollInterval) {
        auto answer = poll(stop);
        if (answer && answer->status == 200) return parse_grant(answer->body);
        // 404: not granted yet.
        if (answer && answer->status != 404 && http::error_of(*answer).kind != ErrorKind::retryable)
            return http::error_of(*answer);
        if (!answer && answer.error().kind != ErrorKind::retryable) return failure(answer);
        if (!pause(kPollInterval, stop)) return Error(ErrorKind::job, codes::job_stopped, "");
    }
    return Error(ErrorKind::job, codes::login_expired, "");
}

Result<http::Response> LoginFlow::poll(const std::stop_token& stop) {
    return transport_->send(post(poll_target_, "token=" + http::percent_encode(token_.reveal())), stop);
}

} // namespace passerelle::ocs
