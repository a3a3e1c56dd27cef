// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/api.hpp"

#include "client/http/status.hpp"
#include "core/reason_codes.hpp"
#include "core/units.hpp"

#include <fmt/format.h>

namespace passerelle::ocs {

Result<Status> Api::status(std::stop_token stop) const {
    auto answer = send("GET", "/status.php", std::move(stop));
    if (!answer) return failure(answer);
    const int code = answer->status;
    if (code >= 500 || code == 429 || (code >= 300 && code < 400)) return http::error_of(*answer);
    auto status = http::is_success(code) ? parse_status(answer->body) : Result<Status>(http::error_of(*answer));
    if (status && status->installed) return status;
    const std::string detail = status ? "not installed yet" : fmt::format("HTTP {}: {}", code, status.error().message);
    return Error(ErrorKind::job, codes::server_not_nextcloud, detail, {{"url", server_.text()}});
}

Result<Capabilities> Api::capabilities(std::stop_token stop) const {
    auto answer = send("GET", "/ocs/v2.php/cloud/capabilities?format=json", std::move(stop));
    if (!answer) return failure(answer);
    if (answer->status != 200) return http::error_of(*answer);
    return parse_capabilities(answer->body);
}

Result<User> Api::user(std::stop_token stop) const {
    auto answer = send("GET", "/ocs/v2.php/cloud/user?format=json", std::move(stop));
    if (!answer) return failure(answer);
    if (answer->status != 200) return http::error_of(*answer);
    return parse_user(answer->body);
}

Result<void> Api::revoke_app_password(std::stop_token stop) const {
    auto answer = send("DELETE", "/ocs/v2.php/core/apppassword?format=json", std::move(stop));
    if (!answer) return failure(answer);
    if (answer->status != 200) return http::error_of(*answer);
    return {};
}

Result<http::Response> Api::send(const char* method, const char* path, std::stop_token stop) const {
    http::Request request;
    request.method = method;
    request.target = server_.path + path;
    request.headers.set("OCS-APIRequest", "true");
    request.headers.set("Accept", "application/json");
    request.max_response_bytes = 4 * kMiB;
    return transport_->send(request, std::move(stop));
}

} // namespace passerelle::ocs
