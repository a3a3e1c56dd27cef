// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/problem.hpp"

#include "core/reason_codes.hpp"
#include "daemon/api/json_writers.hpp"
#include "daemon/report/catalogue.hpp"

#include <array>
#include <optional>
#include <utility>

namespace passerelle::api {
namespace {

constexpr std::chrono::seconds kWaitABit{2};

constexpr std::array kStatusOfCode{
    std::pair{codes::api_bad_body, 400u},          std::pair{codes::api_bad_field, 400u},
    std::pair{codes::api_unknown_field, 400u},     std::pair{codes::api_unauthorized, 401u},
    std::pair{codes::service_not_yours, 403u},     std::pair{codes::api_unknown_path, 404u},
    std::pair{codes::job_unknown, 404u},           std::pair{codes::bridge_unknown, 404u},
    std::pair{codes::api_wrong_method, 405u},      std::pair{codes::api_too_slow, 408u},
    std::pair{codes::job_wrong_state, 409u},       std::pair{codes::api_too_large, 413u},
    std::pair{codes::api_wrong_type, 415u},        std::pair{codes::api_wrong_host, 421u},
    std::pair{codes::api_too_many_attempts, 429u}, std::pair{codes::api_headers_too_large, 431u},
    std::pair{codes::api_internal, 500u},          std::pair{codes::api_busy, 503u},
    std::pair{codes::api_stopping, 503u}};

/// Codes by the room that they come from.
constexpr std::array kStatusOfRoom{
    std::pair{std::string_view("server."), 502u},  // what Nextcloud answered
    std::pair{std::string_view("disk."), 507u},    // of this machine
    std::pair{std::string_view("journal."), 500u}, // the daemon's own
};

unsigned status_of(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::retryable:
        return 503;
    case ErrorKind::conflict:
        return 409;
    case ErrorKind::permanent:
    case ErrorKind::item:
    case ErrorKind::job:
        return 422;
    }
    return 500;
}

std::optional<std::chrono::seconds> wait_of(const Error& error, unsigned status) {
    if (error.retry_after) return error.retry_after;
    if (status == 503 || status == 429) return kWaitABit;
    return std::nullopt;
}

} // namespace

unsigned status_of(const Error& error) {
    for (const auto& [code, status] : kStatusOfCode)
        if (error.code == code) return status;
    for (const auto& [room, status] : kStatusOfRoom)
        if (error.code.starts_with(room)) return status;
    return status_of(error.kind);
}

Answer problem(const Error& error, Language language) {
    const auto& catalogue = report::Catalogue::instance();
    const auto reason = reason_of(error);
    const auto status = status_of(error);
    Json json{{"type", "urn:passerelle:" + error.code},
              {"title", catalogue.general_text(error.code, language)},
              {"status", status},
              {"detail", error.message}};
    json.update(json_of(reason, language));
    json.erase("severity");
    Answer answer{.status = status, .type = "application/problem+json", .body = to_text(json)};
    if (const auto wait = wait_of(error, status))
        answer.headers.emplace_back("Retry-After", std::to_string(wait->count()));
    if (status == 401) answer.headers.emplace_back("WWW-Authenticate", "Bearer");
    return answer;
}

Error refusal(std::string_view code, std::vector<Reason::Parameter> parameters) {
    return {ErrorKind::permanent, code, "", std::move(parameters)};
}

Error bad_field(std::string_view field, std::string_view allowed) {
    return refusal(codes::api_bad_field, {{"field", std::string(field)}, {"allowed", std::string(allowed)}});
}

} // namespace passerelle::api
