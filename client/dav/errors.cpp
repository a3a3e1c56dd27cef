// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/errors.hpp"

#include "client/dav/multistatus.hpp"
#include "client/http/status.hpp"
#include "core/reason_codes.hpp"

#include <fmt/format.h>
#include <string_view>

namespace passerelle::dav {
namespace {

/// "HTTP 400, InvalidPath: File name is a reserved word"
std::string told(const http::Response& response, const ErrorBody& body) {
    std::string text = fmt::format("HTTP {}", response.status);
    const std::string& why = body.reason.empty() ? body.message : body.reason;
    if (!body.exception.empty()) text += ", " + body.exception.substr(body.exception.rfind('\\') + 1);
    if (!why.empty()) text += ": " + why;
    return text;
}

} // namespace

Error refusal(const http::Response& response, std::uint64_t sent_bytes) {
    const ErrorBody body = parse_error_body(response.body);
    const std::string message = told(response, body);
    switch (response.status) {
    case 400:
        if (!body.exception.ends_with("\\InvalidPath")) break;
        return Error(ErrorKind::item, codes::target_name_refused, message);
    case 403:
        return Error(ErrorKind::item, codes::target_forbidden, message);
    case 404: // PUT into a folder that is not there
    case 409: // MKCOL and MOVE into one
        return Error(ErrorKind::item, codes::target_parent_missing, message);
    case 412:
        return Error(ErrorKind::conflict, codes::target_exists, message);
    default:
        break;
    }
    Error error = http::error_of(response, sent_bytes);
    error.message = message;
    return error;
}

Error changed(const std::string& path) {
    return Error(ErrorKind::conflict, codes::target_changed, path);
}

Error bad_answer(std::string detail) {
    return Error(ErrorKind::retryable, codes::server_bad_answer, std::move(detail));
}

} // namespace passerelle::dav
