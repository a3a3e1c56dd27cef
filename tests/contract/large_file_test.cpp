// SPDX-License-Identifier: AGPL-3.0-or-later
// Three gigabytes against a real server, in bounded memory. Minutes long, so it runs only where PASSERELLE_LARGE_FILES
// is set too.
#include "tests/contract/client_subject.hpp"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <string>

namespace passerelle::contract {
namespace {

/// The most memory that this process has ever had, in bytes (proc(5), VmHWM).
std::uint64_t peak_memory() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word != "VmHWM:") continue;
        std::uint64_t kibibytes = 0;
        status >> kibibytes;
        return kibibytes * kKiB;
    }
    return 0;
}

class LargeFile : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!real_server_named()) GTEST_SKIP() << "NEXTCLOUD_URL names no server";
        if (std::getenv("PASSERELLE_LARGE_FILES") == nullptr) GTEST_SKIP() << "PASSERELLE_LARGE_FILES is not set";
        subject = Subject::make(kRealServer);
    }

    std::unique_ptr<Subject> subject;
    const std::uint64_t before = peak_memory();
};

constexpr std::uint64_t kBytes = 3 * kGiB;
constexpr std::uint64_t kMayGrow = 24 * kMiB;

} // namespace

TEST_F(LargeFile, APutDoesNotGrowMemory) {
    const auto file = upload_of(subject->at("film.mp4"), std::make_shared<PatternContent>(kBytes));
    const auto uploaded = subject->client().put(file, {});
    ASSERT_TRUE(uploaded) << uploaded.error().code << " " << uploaded.error().message;
    EXPECT_LT(peak_memory() - before, kMayGrow);
}

TEST_F(LargeFile, AChunkedUploadDoesNotGrowMemory) {
    const auto file = upload_of(subject->at("film.mp4"), std::make_shared<PatternContent>(kBytes, 3));
    const auto uploaded = subject->client().put_chunked(file, "grand-" + file.sha256.substr(0, 12), {}, {});
    ASSERT_TRUE(uploaded) << uploaded.error().code << " " << uploaded.error().message;
    EXPECT_LT(peak_memory() - before, kMayGrow);
}

} // namespace passerelle::contract
