// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/log/redact.hpp"

#include "core/secret.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace passerelle::log {

static_assert(!fmt::is_formattable<Secret>::value, "a secret must not reach a log by accident");

TEST(Redaction, HidesWhatLooksLikeASecret) {
    const std::vector<std::pair<const char*, const char*>> cases{
        {"PUT https://jeanne:s3cret@cloud.example.org/remote.php", "PUT https://cloud.example.org/remote.php"},
        {"https://a:b@c@host:8080", "https://host:8080"},
        {"from http://x@one/ to http://y:z@two", "from http://one/ to http://two"},
        {"Authorization: Basic amVhbm5lOnMzY3JldA==", "Authorization: (hidden)"},
        {"authorization: Bearer abc def\nHost: x", "authorization: (hidden)\nHost: x"},
        {"Set-Cookie: oc_sessionPassphrase=x; path=/", "Set-Cookie: (hidden)"},
        {"poll?token=abc123&x=1", "poll?token=(hidden)&x=1"},
        {R"x({"appPassword":"abc-def","server":"s"})x", R"x({"appPassword":"(hidden)","server":"s"})x"},
        {"password = hunter2, user = jeanne", "password = (hidden), user = jeanne"},
        {"sent Bearer abc.def", "sent Bearer (hidden)"},
        {"token=a token=b", "token=(hidden) token=(hidden)"},
    };
    for (const auto& [text, expected] : cases)
        EXPECT_EQ(redacted(text), expected);
}

TEST(Redaction, LeavesTheRestAlone) {
    for (const auto* text : {"mail jeanne@example.org", "https://cloud.example.org/a@b", "the password was refused", "",
                             "token", "bearer", "50 files in 3 s (17 MB/s)"})
        EXPECT_EQ(redacted(text), text);
}

} // namespace passerelle::log
