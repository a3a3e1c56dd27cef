// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/call.hpp"

#include "client/http/status.hpp"
#include "client/ocs/json.hpp"
#include "core/reason_codes.hpp"
#include "core/units.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace passerelle::ocs {

namespace {

http::Request request_to(std::string method, std::string target, std::string form) {
    http::Request request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.headers.set("OCS-APIRequest", "true");
    request.headers.set("Accept", "application/json");
    request.max_response_bytes = 4 * kMiB;
    if (form.empty()) return request;
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.body = std::make_shared<MemoryContent>(std::move(form));
    return request;
}

} // namespace

http::Request call(std::string method, const http::Url& server, std::string_view path, std::string_view query,
                   std::string form) {
    return request_to(std::move(method),
                      fmt::format("{}/ocs/v2.php{}?format=json&forceLanguage=en{}", server.path, path, query),
                      std::move(form));
}

http::Request call_app(std::string method, const http::Url& server, std::string_view app, std::string_view path,
                       std::string form) {
    return request_to(std::move(method), fmt::format("{}{}{}?format=json&forceLanguage=en", server.path, app, path),
                      std::move(form));
}

Meta meta_of(const http::Response& answer) {
    const auto root = parse_json(answer.body);
    if (!root) return {};
    const auto statuscode = number_of(at(*root, {"ocs", "meta", "statuscode"})).value_or(0);
    return {statuscode > 0 && statuscode < 10'000 ? static_cast<int>(statuscode) : 0,
            text_of(at(*root, {"ocs", "meta", "message"}))};
}

Error refusal(const http::Response& answer) {
    Error error = http::error_of(answer);
    if (error.code != codes::server_refused) return error;
    const Meta meta = meta_of(answer);
    const std::string detail = fmt::format("HTTP {}: {}", answer.status, meta.message);
    // On 34 no app password passes this door; the words are never translated.
    if (answer.status == 403 && meta.message == "Password confirmation is required")
        return Error(ErrorKind::permanent, codes::share_password_confirmation, detail);
    if (meta.message.empty()) return error;
    return Error(ErrorKind::item, codes::share_refused, detail, {{"message", meta.message}});
}

} // namespace passerelle::ocs
