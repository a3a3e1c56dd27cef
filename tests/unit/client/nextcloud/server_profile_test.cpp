// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/nextcloud/server_profile.hpp"

#include "client/ocs/server_info.hpp"
#include "core/content.hpp"
#include "core/reason_codes.hpp"
#include "core/units.hpp"

#include <filesystem>
#include <gmock/gmock.h>

namespace passerelle::nextcloud {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string sample(const std::string& version, const std::string& name) {
    const auto file = std::filesystem::path(PASSERELLE_SAMPLES) / version / (name + ".json");
    return read_all(FileContent(file, std::filesystem::file_size(file)), 1'000'000).value();
}

ServerProfile of_sample(const std::string& version) {
    return profile_of(ocs::parse_status(sample(version, "status")).value(),
                      ocs::parse_capabilities(sample(version, "capabilities")).value())
        .value();
}

TEST(ServerProfile, OfTwentyEight) {
    const auto profile = of_sample("28.0.2");
    EXPECT_EQ(profile.version, (Version{28, 0, 2}));
    EXPECT_EQ(profile.bulk, BulkChecksum::md5);
    EXPECT_EQ(profile.names.max_name_bytes, 248u);
    EXPECT_THAT(profile.names.forbidden_names, ElementsAre(".htaccess"));
    EXPECT_THAT(profile.names.forbidden_characters, ElementsAre("\\", "/"));
    EXPECT_THAT(profile.names.forbidden_extensions, ElementsAre(".filepart", ".part"));
    EXPECT_FALSE(profile.auto_mkcol);
    EXPECT_EQ(profile.min_mtime, 86401);
    EXPECT_EQ(profile.max_chunk_bytes, 104'857'600u);
}

TEST(ServerProfile, OfThirtyTwoAndThirtyFour) {
    for (const auto* version : {"32.0.2", "34.0.1"}) {
        const auto profile = of_sample(version);
        EXPECT_EQ(profile.product_name, "Nextcloud");
        EXPECT_FALSE(profile.maintenance);
        EXPECT_EQ(profile.bulk, BulkChecksum::sha256);
        EXPECT_EQ(profile.names.max_name_bytes, 250u);
        EXPECT_THAT(profile.names.forbidden_basenames, IsEmpty());
        EXPECT_FALSE(profile.names.windows_compatible);
        EXPECT_TRUE(profile.auto_mkcol);
        EXPECT_EQ(profile.min_mtime, 86401);
        EXPECT_EQ(profile.max_chunk_bytes, 104'857'600u);
        EXPECT_EQ(profile.max_parallel_chunks, 5);
    }
}

TEST(ServerProfile, ComparesNamesWithoutCase) {
    ocs::Capabilities told;
    told.major = 34;
    told.forbidden_filenames = {".HTAccess", "Thumbs.db"};
    told.forbidden_basenames = {"CON"};
    told.forbidden_extensions = {".", " ", ".PART"};
    told.windows_compatible_filenames = true;
    const auto names = profile_of({}, told).value().names;
    EXPECT_THAT(names.forbidden_names, ElementsAre(".htaccess", "thumbs.db"));
    EXPECT_THAT(names.forbidden_basenames, ElementsAre("con"));
    EXPECT_THAT(names.forbidden_extensions, ElementsAre(".", " ", ".part"));
    EXPECT_TRUE(names.windows_compatible);
}

TEST(ServerProfile, ChunkLimitsThatMakeNoSenseAreLeftAside) {
    ocs::Capabilities told;
    told.major = 34;
    const auto bytes = [&](std::int64_t limit) {
        told.chunk_max_bytes = limit;
        told.chunk_max_parallel = limit;
        return profile_of({}, told).value();
    };
    EXPECT_EQ(bytes(0).max_chunk_bytes, 104'857'600u);
    EXPECT_EQ(bytes(-1).max_parallel_chunks, 1);
    EXPECT_EQ(bytes(5).max_chunk_bytes, 1'048'576u);
    EXPECT_EQ(bytes(9'223'372'036'854'775'807).max_chunk_bytes, 1'073'741'824u);
    EXPECT_EQ(bytes(9'223'372'036'854'775'807).max_parallel_chunks, 20);
    EXPECT_FALSE(bytes(5).bulk);
}

TEST(ServerProfile, OfAnOldServerIsRefused) {
    ocs::Capabilities told;
    told.major = 27;
    told.minor = 1;
    const auto refused = profile_of({}, told);
    EXPECT_EQ(refused.error().code, codes::server_too_old);
    EXPECT_EQ(refused.error().kind, ErrorKind::job);
    EXPECT_EQ(refused.error().parameters.at(0).second, "27.1.0");
}

TEST(ServerProfile, TheCompanionAppCountsWithLimitsThatMakeSense) {
    const auto ingest_of = [](const std::string& companion) {
        const std::string text = R"({"ocs":{"data":{"version":{"major":34,"minor":0,"micro":1},"capabilities":{)" +
                                 companion + R"("dav":{"bulkupload":"1.0"}}}}})";
        return profile_of({}, ocs::parse_capabilities(text).value()).value().ingest;
    };
    const auto ingest = ingest_of(R"("passerelle":{"ingest":"1.0","max_batch_bytes":33554432,"max_batch_parts":500},)");
    ASSERT_TRUE(ingest);
    EXPECT_EQ(ingest->max_batch_bytes, 32 * kMiB);
    EXPECT_EQ(ingest->max_batch_parts, 500u);
    EXPECT_TRUE(ingest_of(R"("passerelle":{"ingest":"1.3","max_batch_bytes":1048576,"max_batch_parts":1},)"));
    for (const char* other : {"", R"("passerelle":[],)", R"("passerelle":{"version":"0.1.0"},)",
                              R"("passerelle":{"ingest":"2.0","max_batch_bytes":33554432,"max_batch_parts":500},)",
                              R"("passerelle":{"ingest":"1.0","max_batch_bytes":-1,"max_batch_parts":500},)",
                              R"("passerelle":{"ingest":"1.0","max_batch_bytes":33554432,"max_batch_parts":0},)"})
        EXPECT_FALSE(ingest_of(other)) << other;
}

} // namespace
} // namespace passerelle::nextcloud
