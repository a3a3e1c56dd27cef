// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/transport.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace passerelle::http {

[[nodiscard]] inline bool is_success(int status) {
    return status >= 200 && status < 300;
}

/// What an answer that is no success means to whoever asked, by its status alone: 401 `server.unauthorized` and 507
/// `server.quota_exceeded` (job), 3xx `server.redirected` (job), 423 `server.locked`, 429, 502, 503 and 504
/// `server.overloaded`, 500 `server.internal_error` (retryable), 413 `server.upload_too_large` and every other 4xx and
/// 5xx `server.refused` (item), everything else `server.bad_answer` (permanent). retry_after is filled from the header.
/// `sent_bytes`: the length of the request's body, from which the missing space is told where the answer does not.
[[nodiscard]] Error error_of(const Response& response, std::uint64_t sent_bytes = 0);

/// How long the server asks to wait (RFC 9110, 10.2.3): seconds, or a date, which is held against the answer's own
/// `Date` so that the two clocks need not agree. Nothing without the header, or where it is unreadable.
[[nodiscard]] std::optional<std::chrono::seconds> retry_after(const Headers& headers);

/// A date of HTTP, "Sun, 06 Nov 1994 08:49:37 GMT", the one format that servers may send.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

} // namespace passerelle::http
