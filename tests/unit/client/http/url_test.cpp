// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/http/url.hpp"

#include "core/reason_codes.hpp"

#include <gtest/gtest.h>

namespace passerelle::http {
namespace {

std::string read(std::string_view text) {
    const auto url = parse_url(text);
    return url ? url->text() : url.error().code;
}

TEST(Url, IsReadAsAPersonTypesIt) {
    EXPECT_EQ(read("https://cloud.example.org"), "https://cloud.example.org");
    EXPECT_EQ(read("  HTTPS://Cloud.Example.ORG/ \n"), "https://cloud.example.org");
    EXPECT_EQ(read("cloud.example.org/nextcloud/"), "https://cloud.example.org/nextcloud");
    EXPECT_EQ(read("http://localhost:8080"), "http://localhost:8080");
    EXPECT_EQ(read("http://cloud.example.org:80"), "http://cloud.example.org");
    EXPECT_EQ(read("https://[::1]:8443/nc"), "https://[::1]:8443/nc");
    EXPECT_EQ(read("https://example.org/mes fichiers"), "https://example.org/mes%20fichiers");
    EXPECT_EQ(read("https://example.org/mes%20fichiers"), "https://example.org/mes%20fichiers");
}

TEST(Url, OfOneOfNextcloudsPagesIsItsRoot) {
    EXPECT_EQ(read("https://example.org/index.php/apps/files/?dir=/"), "https://example.org");
    EXPECT_EQ(read("https://example.org/nc/login?redirect_url=x"), "https://example.org/nc");
    EXPECT_EQ(read("https://example.org/apps/files/files?dir=/"), "https://example.org");
    EXPECT_EQ(read("https://example.org/remote.php/dav/files/alice/"), "https://example.org");
    EXPECT_EQ(read("https://example.org/apps/nextcloud"), "https://example.org/apps/nextcloud");
}

TEST(Url, ThatNamesNoServerIsRefused) {
    for (const auto* text :
         {"", "   ", "ftp://example.org", "https://", "https:///path", "https://exa mple.org", "https://example.org:0",
          "https://example.org:70000", "https://example.org:80x", "https://[::1", "file:///etc/passwd", "-example.org"})
        EXPECT_EQ(read(text), codes::usage_bad_url) << text;
}

TEST(Url, WithAPasswordInsideIsRefusedWithoutRepeatingIt) {
    const auto url = parse_url("https://alice:s3cret@example.org/");
    ASSERT_FALSE(url);
    EXPECT_EQ(url.error().code, codes::usage_bad_url);
    for (const auto& [name, value] : url.error().parameters)
        EXPECT_EQ(value.find("s3cret"), std::string::npos);
    EXPECT_EQ(url.error().message.find("s3cret"), std::string::npos);
}

TEST(Url, OverPlainHttpIsForThisMachineAlone) {
    for (const auto* text :
         {"http://localhost", "http://127.0.0.1:8080", "http://127.1.2.3", "http://[::1]", "https://example.org"})
        EXPECT_TRUE(require_protected(parse_url(text).value(), false)) << text;
    for (const auto* text :
         {"http://example.org", "http://127.0.0.1.example.org", "http://192.168.1.2", "http://localhost.example.org"}) {
        const auto url = parse_url(text).value();
        EXPECT_EQ(require_protected(url, false).error().code, codes::server_insecure_http) << text;
        EXPECT_TRUE(require_protected(url, true)) << text;
    }
}

TEST(PercentEncoding, KeepsUnreservedCharactersAndReadsBackEveryByte) {
    EXPECT_EQ(percent_encode("Procès-verbal 3+4 (été) 100%.odt"),
              "Proc%C3%A8s-verbal%203%2B4%20%28%C3%A9t%C3%A9%29%20100%25.odt");
    EXPECT_EQ(percent_encode_path("a b/c#d?e"), "a%20b/c%23d%3Fe");
    std::string all;
    for (int byte = 0; byte < 256; ++byte)
        all += static_cast<char>(byte);
    EXPECT_EQ(percent_decode(percent_encode(all)), all);
    EXPECT_EQ(percent_decode("100%"), "100%");
    EXPECT_EQ(percent_decode("%4"), "%4");
    EXPECT_EQ(percent_decode("%zz%41"), "%zzA");
}

} // namespace
} // namespace passerelle::http
