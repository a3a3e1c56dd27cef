// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/content.hpp"
#include "core/reason_codes.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace passerelle {
namespace {

std::filesystem::path write_temporary(const std::string& bytes) {
    const auto file =
        std::filesystem::path(::testing::TempDir()) /
        ("content-" + std::to_string(::getpid()) + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::ofstream(file, std::ios::binary) << bytes;
    return file;
}

} // namespace

TEST(Content, MemoryCanBeReadTwice) {
    const MemoryContent content("assemblée");
    EXPECT_EQ(read_all(content, 100).value(), "assemblée");
    EXPECT_EQ(read_all(content, 100).value(), "assemblée");
}

TEST(Content, AFileGivesTheRangeAskedFor) {
    const auto file = write_temporary("0123456789");
    EXPECT_EQ(read_all(FileContent(file, 4, 3), 100).value(), "3456");
}

TEST(Content, AFileThatEndsEarlyHasChanged) {
    const auto file = write_temporary("0123");
    const auto bytes = read_all(FileContent(file, 10), 100);
    ASSERT_FALSE(bytes);
    EXPECT_EQ(bytes.error().code, codes::file_changed);
}

TEST(Content, AFileThatIsNotThereIsUnreadable) {
    const auto bytes = read_all(FileContent("/nonexistent/file", 1), 100);
    ASSERT_FALSE(bytes);
    EXPECT_EQ(bytes.error().code, codes::file_unreadable);
}

TEST(Content, NoMoreIsReadThanTheLimit) {
    const auto bytes = read_all(MemoryContent("too long"), 3);
    ASSERT_FALSE(bytes);
    EXPECT_EQ(bytes.error().code, codes::file_too_large);
}

} // namespace passerelle
