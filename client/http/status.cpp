// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/http/status.hpp"

#include "core/reason_codes.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

namespace passerelle::http {
namespace {

template <class Number> std::optional<Number> number(std::string_view text) {
    Number value{};
    const auto [stopped_at, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || stopped_at != text.data() + text.size()) return std::nullopt;
    return value;
}

/// The number that ends right before `word`: "… 1048576 required, …".
std::optional<std::uint64_t> number_before(std::string_view text, std::string_view word) {
    const auto end = text.find(word);
    if (end == std::string_view::npos) return std::nullopt;
    const auto before = text.substr(0, end);
    const auto other = before.find_last_not_of("0123456789");
    return number<std::uint64_t>(before.substr(other == std::string_view::npos ? 0 : other + 1));
}

/// Nextcloud says "Insufficient space in files/a.txt, 1048576 required, 1024 available" in the body of a 507.
std::uint64_t missing_megabytes(const Response& response, std::uint64_t sent_bytes) {
    const auto required = number_before(response.body, " required, ");
    const auto available = number_before(response.body, " available");
    const std::uint64_t missing = required && available && *available < *required ? *required - *available : sent_bytes;
    constexpr std::uint64_t kMegabyte = 1'000'000;
    return std::max<std::uint64_t>(1, missing / kMegabyte + (missing % kMegabyte != 0));
}

Error error_by_status(const Response& response, std::uint64_t sent_bytes) {
    const int status = response.status;
    const std::string detail = fmt::format("HTTP {}", status);
    const std::vector<Reason::Parameter> parameters = {{"status", std::to_string(status)}};
    switch (status) {
    case 401:
        return {ErrorKind::job, codes::server_unauthorized, detail};
    case 413:
        return {ErrorKind::item, codes::server_upload_too_large, detail};
    case 423:
        return {ErrorKind::retryable, codes::server_locked, detail};
    case 429:
    case 502:
    case 503:
    case 504:
        return {ErrorKind::retryable, codes::server_overloaded, detail, parameters};
    case 500:
        return {ErrorKind::retryable, codes::server_internal_error, detail, parameters};
    case 507:
        return {ErrorKind::job,
                codes::server_quota_exceeded,
                detail,
                {{"missing", std::to_string(missing_megabytes(response, sent_bytes))}}};
    default:
        break;
    }
    if (status >= 400 && status < 600) return {ErrorKind::item, codes::server_refused, detail, parameters};
    const auto location = response.headers.find("Location");
    if (status >= 300 && status < 400 && location)
        return {ErrorKind::job, codes::server_redirected, detail, {{"location", std::string(*location)}}};
    return {ErrorKind::permanent, codes::server_bad_answer, detail};
}

} // namespace

Error error_of(const Response& response, std::uint64_t sent_bytes) {
    Error error = error_by_status(response, sent_bytes);
    error.retry_after = retry_after(response.headers);
    return error;
}

std::optional<std::chrono::seconds> retry_after(const Headers& headers) {
    const auto text = headers.find("Retry-After");
    if (!text) return std::nullopt;
    if (const auto seconds = number<std::uint32_t>(*text)) return std::chrono::seconds(*seconds);
    const auto then = parse_http_date(*text);
    if (!then) return std::nullopt;
    const auto sent = headers.find("Date");
    const auto now = (sent ? parse_http_date(*sent) : std::nullopt)
                         .value_or(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    return std::max(std::chrono::seconds(0), *then - now);
}

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) {
    // strptime() would read the names in the language of the process.
    static constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    constexpr std::string_view kShape = "Sun, 06 Nov 1994 08:49:37 GMT";
    if (text.size() != kShape.size() || !text.ends_with(" GMT")) return std::nullopt;
    const auto month = std::find(kMonths.begin(), kMonths.end(), text.substr(8, 3));
    const auto day = number<unsigned>(text.substr(5, 2));
    const auto year = number<int>(text.substr(12, 4));
    const auto hour = number<int>(text.substr(17, 2));
    const auto minute = number<int>(text.substr(20, 2));
    const auto second = number<int>(text.substr(23, 2));
    if (month == kMonths.end() || !day || !year || !hour || !minute || !second) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(month - kMonths.begin()) + 1),
                                           std::chrono::day(*day)};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second);
}

} // namespace passerelle::http
