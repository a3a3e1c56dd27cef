// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "tests/unit/daemon/log/log_kit.hpp"

#include <fstream>
#include <gmock/gmock.h>

namespace passerelle::log {

using testing::ElementsAre;

TEST_F(LogFile, CanBeReadByJobAndLevel) {
    ASSERT_TRUE(set_up(to_file()));
    logger("jobs").with(JobId{1}).info("one");
    logger("jobs").with(JobId{2}).info("two");
    logger("jobs").with(JobId{1}).error("three");
    logger("http").info("four");
    EXPECT_THAT(messages({.job = JobId{1}}), ElementsAre("one", "three"));
    EXPECT_THAT(messages({.job = {}, .least = Level::warning}), ElementsAre("three"));
}

TEST_F(LogFile, ThatDoesNotExistYetHoldsNothing) {
    Reader reader(file_);
    EXPECT_TRUE(messages(reader).empty());
    ASSERT_TRUE(set_up(to_file()));
    logger("jobs").info("first");
    EXPECT_THAT(messages(reader), ElementsAre("first"));
}

TEST_F(LogFile, CanBeFollowedAcrossARotation) {
    auto options = to_file();
    options.file_bytes = 400;
    ASSERT_TRUE(set_up(options));
    Reader reader(file_);
    std::vector<std::string> expected;
    std::vector<std::string> found;
    for (int number = 0; number < 40; ++number) {
        expected.push_back(fmt::format("message {}", number));
        logger("jobs").info("message {}", number);
        for (auto& message : messages(reader))
            found.push_back(std::move(message));
    }
    EXPECT_EQ(found, expected);
}

TEST_F(LogFile, ALineIsHandedOverOnceItIsWhole) {
    std::filesystem::create_directories(file_.parent_path());
    std::ofstream file(file_);
    Reader reader(file_);
    file << R"({"level":"info","mess)" << std::flush;
    EXPECT_TRUE(messages(reader).empty());
    file << "age\":\"whole\"}\nnoise\n" << std::flush;
    EXPECT_THAT(messages(reader), ElementsAre("whole"));
    EXPECT_TRUE(messages(reader).empty());
}

TEST_F(LogFile, WhatCannotBeReadIsAnError) {
    std::filesystem::create_directories(file_);
    Reader reader(file_);
    const auto failed = reader.read_new({}, [](const Line&) {});
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, codes::log_unavailable);
}

} // namespace passerelle::log
