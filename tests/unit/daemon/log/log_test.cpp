// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "tests/unit/daemon/log/log_kit.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <thread>

namespace passerelle::log {

using testing::ElementsAre;

TEST_F(LogFile, LevelsApplyByRoomAndAlsoToLoggersThatExist) {
    const auto before = logger("existing");
    auto options = to_file();
    options.rooms = {{"http", Level::debug}, {"quiet", Level::error}};
    ASSERT_TRUE(set_up(options));
    before.debug("no");
    before.info("one");
    logger("http").debug("two {}", 2);
    logger("quiet").warning("no");
    logger("quiet").error("three");
    EXPECT_THAT(messages(), ElementsAre("one", "two 2", "three"));
}

TEST_F(LogFile, FieldsAndTimeStandInTheLine) {
    ASSERT_TRUE(set_up(to_file()));
    logger("jobs").with(JobId{3}).with(ItemId{17}).warning("late");
    Reader reader(file_);
    std::vector<Line> lines;
    ASSERT_TRUE(reader.read_new({}, [&](const Line& line) { lines.push_back(line); }));
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].job, JobId{3});
    EXPECT_EQ(lines[0].item, ItemId{17});
    EXPECT_EQ(lines[0].room, "jobs");
    EXPECT_EQ(lines[0].level, Level::warning);
    EXPECT_THAT(lines[0].time, testing::MatchesRegex("20..-..-..T..:..:..\\....Z"));
}

TEST_F(LogFile, ASecretDoesNotReachTheFile) {
    ASSERT_TRUE(set_up(to_file()));
    logger("http").error("PUT {} failed", "https://jeanne:s3cret@cloud.example.org/a");
    EXPECT_THAT(messages(), ElementsAre("PUT https://cloud.example.org/a failed"));
}

TEST_F(LogFile, StandardErrorSpeaksTextOrJson) {
    Options options;
    ASSERT_TRUE(set_up(options));
    testing::internal::CaptureStderr();
    logger("jobs").info("begun");
    EXPECT_THAT(testing::internal::GetCapturedStderr(), testing::EndsWith("Z info    jobs: begun\n"));
    options.stderr_format = Format::json;
    ASSERT_TRUE(set_up(options));
    testing::internal::CaptureStderr();
    logger("jobs").info("begun");
    auto captured = testing::internal::GetCapturedStderr();
    captured.pop_back();
    EXPECT_EQ(from_json(captured)->message, "begun");
}

TEST_F(LogFile, AFullFileIsPutAsideAndReadAllTheSame) {
    auto options = to_file();
    options.file_bytes = 1000;
    options.kept_files = 100;
    ASSERT_TRUE(set_up(options));
    std::vector<std::string> expected;
    for (int number = 0; number < 50; ++number) {
        expected.push_back(fmt::format("message {}", number));
        logger("jobs").info("message {}", number);
    }
    EXPECT_TRUE(std::filesystem::exists(folder_ / "log/passerelle.1.jsonl"));
    EXPECT_EQ(messages(), expected);
}

TEST_F(LogFile, AFileThatCannotBeWrittenIsAnErrorAndChangesNothing) {
    ASSERT_TRUE(set_up(to_file()));
    std::ofstream(folder_ / "file") << "x";
    auto options = to_file();
    options.file = folder_ / "file/passerelle.jsonl";
    const auto failed = set_up(options);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, codes::log_unavailable);
    logger("jobs").info("still here");
    EXPECT_THAT(messages(), ElementsAre("still here"));
}

TEST_F(LogFile, TheFolderIsForThisUserAlone) {
    ASSERT_TRUE(set_up(to_file()));
    EXPECT_EQ(std::filesystem::status(file_.parent_path()).permissions(), std::filesystem::perms::owner_all);
}

TEST_F(LogFile, ManyThreadsWriteWholeLines) {
    ASSERT_TRUE(set_up(to_file()));
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back([] {
                for (int number = 0; number < 100; ++number)
                    logger("jobs").info("{}", std::string(200, 'x'));
            });
    }
    EXPECT_EQ(messages(), std::vector<std::string>(400, std::string(200, 'x')));
}

TEST(LogRooms, AreReadFromOneText) {
    const std::map<std::string, Level> expected{{"http", Level::debug}, {"jobs", Level::warning}};
    EXPECT_EQ(parse_rooms(" http = debug, jobs=warning ").value(), expected);
    EXPECT_TRUE(parse_rooms("")->empty());
    for (const auto* text : {"http", "http=loud", "=debug", "http=debug,,jobs=info"}) {
        const auto parsed = parse_rooms(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().code, codes::log_rooms);
    }
}

} // namespace passerelle::log
