// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/server_info.hpp"

#include "core/content.hpp"
#include "core/reason_codes.hpp"

#include <filesystem>
#include <gmock/gmock.h>

namespace passerelle::ocs {
namespace {

using testing::ElementsAre;
using testing::Optional;

/// What a real server answered.
std::string sample(const std::string& version, const std::string& name) {
    const auto file = std::filesystem::path(PASSERELLE_SAMPLES) / version / (name + ".json");
    return read_all(FileContent(file, std::filesystem::file_size(file)), 1'000'000).value();
}

class EveryVersion : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Samples, EveryVersion, testing::Values("28.0.2", "32.0.2", "34.0.1"),
                         [](const auto& version) { return "Nextcloud" + version.param.substr(0, 2); });

TEST_P(EveryVersion, TellsItsStatus) {
    const auto open = parse_status(sample(GetParam(), "status")).value();
    EXPECT_TRUE(open.installed);
    EXPECT_FALSE(open.closed());
    EXPECT_EQ(open.version, GetParam());
    EXPECT_EQ(open.product_name, "Nextcloud");
    EXPECT_TRUE(parse_status(sample(GetParam(), "maintenance-status")).value().closed());
}

TEST_P(EveryVersion, TellsItsUser) {
    const auto limited = parse_user(sample(GetParam(), "user-with-quota")).value();
    EXPECT_EQ(limited.id, "alice");
    EXPECT_EQ(limited.display_name, "Alice");
    EXPECT_THAT(limited.free_bytes, Optional(testing::Lt(6'291'456u)));
    EXPECT_GT(limited.used_bytes, 0u);
    EXPECT_EQ(parse_user(sample(GetParam(), "user")).value().free_bytes, std::nullopt);
}

TEST_P(EveryVersion, TellsItsCapabilities) {
    const auto told = parse_capabilities(sample(GetParam(), "capabilities")).value();
    EXPECT_EQ(std::to_string(told.major), GetParam().substr(0, 2));
    EXPECT_TRUE(told.bulk_upload);
    EXPECT_FALSE(told.windows_compatible_filenames);
    EXPECT_THAT(told.blacklisted_files, Optional(ElementsAre(".htaccess")));
    EXPECT_EQ(told.product_name, "Nextcloud");
    if (told.major < 30) {
        EXPECT_EQ(told.forbidden_characters, std::nullopt);
        return;
    }
    EXPECT_THAT(told.forbidden_characters, Optional(ElementsAre("\\", "/")));
    EXPECT_THAT(told.forbidden_extensions, Optional(ElementsAre(".filepart", ".part")));
    EXPECT_THAT(told.chunk_max_bytes, Optional(104'857'600));
    EXPECT_THAT(told.chunk_max_parallel, Optional(5));
}

TEST_P(EveryVersion, TellsAStrangerItsVersionAlone) {
    const auto told = parse_capabilities(sample(GetParam(), "capabilities-anonymous")).value();
    EXPECT_EQ(std::to_string(told.major), GetParam().substr(0, 2));
    EXPECT_FALSE(told.bulk_upload);
}

TEST(ServerInfo, AnythingElseIsABadAnswer) {
    const std::string deep = R"({"ocs":{"data":)" + std::string(1000, '[') + std::string(1000, ']') + "}}";
    const std::string long_text = R"({"ocs":{"data":")" + std::string(5'000'000, 'x') + R"("}})";
    for (const std::string& text :
         {std::string(), std::string("<html>"), std::string("{"), std::string("[]"), std::string("null"),
          std::string(R"({"ocs":{"data":[]}})"), std::string(R"({"installed":"yes"})"), deep, long_text}) {
        EXPECT_EQ(parse_status(text).error().code, codes::server_bad_answer);
        EXPECT_EQ(parse_capabilities(text).error().code, codes::server_bad_answer);
        EXPECT_EQ(parse_user(text).error().code, codes::server_bad_answer);
    }
}

TEST(ServerInfo, ABracketInsideATextIsNoDepth) {
    const std::string brackets(1000, '[');
    EXPECT_EQ(parse_user(R"({"ocs":{"data":{"id":"a\"b","displayname":")" + brackets + R"("}}})").value().display_name,
              brackets);
}

TEST(ServerInfo, OddNumbersDoNotHurt) {
    const auto user = [](const std::string& quota) {
        return parse_user(R"({"ocs":{"data":{"id":"a","quota":)" + quota + "}}}").value();
    };
    EXPECT_EQ(user(R"({"free":-3,"used":-1})").used_bytes, 0u);
    EXPECT_EQ(user(R"({"free":-2})").free_bytes, std::nullopt);
    EXPECT_EQ(user(R"({"free":1e300})").free_bytes, 9'223'372'036'854'775'807u);
    EXPECT_EQ(user(R"({"free":18446744073709551615})").free_bytes, 9'223'372'036'854'775'807u);
    EXPECT_EQ(user(R"({"free":1.9})").free_bytes, 1u);
    EXPECT_EQ(user(R"({"free":"lots"})").free_bytes, std::nullopt);
}

} // namespace
} // namespace passerelle::ocs
