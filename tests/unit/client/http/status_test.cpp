// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/http/status.hpp"

#include "core/reason_codes.hpp"

#include <gtest/gtest.h>

namespace passerelle::http {
namespace {

using std::chrono::seconds;

Response answer(int status, std::string body = {}) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    return response;
}

std::string parameter(const Error& error, std::string_view name) {
    for (const auto& [key, value] : error.parameters)
        if (key == name) return value;
    return "none";
}

TEST(Headers, AreFoundWhateverTheirCase) {
    Headers headers;
    headers.set("Content-Type", "text/plain");
    headers.set("content-type", "text/xml");
    EXPECT_EQ(headers.all().size(), 1u);
    EXPECT_EQ(headers.find("CONTENT-TYPE"), "text/xml");
    EXPECT_FALSE(headers.find("Content"));
}

TEST(Status, SaysWhatTheCallerCanDo) {
    const std::pair<int, ErrorKind> kinds[] = {
        {401, ErrorKind::job},       {507, ErrorKind::job},       {301, ErrorKind::permanent},
        {423, ErrorKind::retryable}, {429, ErrorKind::retryable}, {500, ErrorKind::retryable},
        {502, ErrorKind::retryable}, {503, ErrorKind::retryable}, {504, ErrorKind::retryable},
        {403, ErrorKind::item},      {413, ErrorKind::item},      {501, ErrorKind::item},
    };
    for (const auto& [status, kind] : kinds)
        EXPECT_EQ(error_of(answer(status)).kind, kind) << status;
    EXPECT_EQ(error_of(answer(200)).code, codes::server_bad_answer);
}

TEST(Status, ARedirectionNamesItsTarget) {
    auto moved = answer(301);
    moved.headers.set("Location", "https://example.org/nc/");
    EXPECT_EQ(error_of(moved).code, codes::server_redirected);
    EXPECT_EQ(parameter(error_of(moved), "location"), "https://example.org/nc/");
}

TEST(Status, AFullAccountSaysHowMuchIsMissing) {
    const auto told =
        answer(507, "<s:message>Insufficient space in files/a.txt, 30000000 required, 10000001 available</s:message>");
    EXPECT_EQ(parameter(error_of(told, 5), "missing"), "20");
    EXPECT_EQ(parameter(error_of(answer(507), 2'000'001), "missing"), "3");
    EXPECT_EQ(parameter(error_of(answer(507)), "missing"), "1");
}

TEST(RetryAfter, IsSecondsOrADate) {
    Headers headers;
    EXPECT_FALSE(retry_after(headers));
    headers.set("Retry-After", "120");
    EXPECT_EQ(retry_after(headers), seconds(120));
    headers.set("Date", "Sun, 06 Nov 1994 08:49:37 GMT");
    headers.set("Retry-After", "Sun, 06 Nov 1994 08:50:00 GMT");
    EXPECT_EQ(retry_after(headers), seconds(23));
    headers.set("Retry-After", "Sun, 06 Nov 1994 08:00:00 GMT");
    EXPECT_EQ(retry_after(headers), seconds(0));
    headers.set("Retry-After", "soon");
    EXPECT_FALSE(retry_after(headers));
}

TEST(HttpDate, IsReadOrRefused) {
    EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT")->time_since_epoch(), seconds(784111777));
    for (const auto* text :
         {"", "Sun, 31 Feb 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Xxx 1994 08:49:37 GMT"})
        EXPECT_FALSE(parse_http_date(text)) << text;
}

} // namespace
} // namespace passerelle::http
