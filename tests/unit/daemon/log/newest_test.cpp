// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/log/newest.hpp"

#include "core/reason_codes.hpp"
#include "tests/unit/daemon/log/log_kit.hpp"

#include <fstream>
#include <gmock/gmock.h>

namespace passerelle::log {
namespace {

using testing::ElementsAre;

struct NewestLines : LogFile {
    /// Up to `most` messages, the newest first.
    [[nodiscard]] std::vector<std::string> newest(std::size_t most, const Filter& filter = {.least = Level::debug},
                                                  const std::string& since = "") const {
        std::vector<std::string> found;
        if (most == 0) return found;
        EXPECT_TRUE(read_newest(file_, filter, since, [&](const Line& line) {
            found.push_back(line.message);
            return found.size() < most;
        }));
        return found;
    }
    /// Writes lines as the program does, with times of its own choice.
    void write(const std::filesystem::path& file, int first, int last) const {
        std::filesystem::create_directories(file.parent_path());
        std::ofstream out(file, std::ios::app);
        for (int number = first; number <= last; ++number)
            out << to_json({.time = time(number),
                            .level = number % 10 == 0 ? Level::warning : Level::info,
                            .room = "jobs",
                            .job = JobId{number % 3},
                            .item = {},
                            .message = message(number)})
                << '\n';
    }
    static std::string time(int number) {
        return fmt::format("2026-03-14T09:{:02}:{:02}.000Z", number / 60, number % 60);
    }
    static std::string message(int number) { return fmt::format("message {}", number); }
    [[nodiscard]] std::filesystem::path aside(int number) const {
        return file_.parent_path() / fmt::format("passerelle.{}.jsonl", number);
    }
};

} // namespace

TEST_F(NewestLines, ComeBackwardsThroughTheFilesThatWerePutAside) {
    write(aside(2), 1, 3);
    write(aside(1), 4, 6);
    write(file_, 7, 8);
    EXPECT_THAT(newest(100), ElementsAre(message(8), message(7), message(6), message(5), message(4), message(3),
                                         message(2), message(1)));
    EXPECT_THAT(newest(3), ElementsAre(message(8), message(7), message(6)));
    EXPECT_THAT(newest(100, {.job = JobId{2}, .least = Level::debug}), ElementsAre(message(8), message(5), message(2)));
}

TEST_F(NewestLines, AreReadNoFurtherThanTheyAreWanted) {
    std::filesystem::create_directories(aside(1)); // whoever reads it gets an error
    write(file_, 1, 300);
    EXPECT_THAT(newest(2), ElementsAre(message(300), message(299)));
    EXPECT_THAT(newest(1000, {.least = Level::debug}, time(298)), ElementsAre(message(300), message(299)));
    EXPECT_FALSE(read_newest(file_, {}, "", [](const Line&) { return true; })) << "all of it was wanted";
}

TEST_F(NewestLines, SomeOutOfOrderAreFoundAllTheSame) {
    write(file_, 20, 20);
    write(file_, 1, 3);
    write(file_, 21, 21);
    EXPECT_THAT(newest(100, {.least = Level::debug}, time(10)), ElementsAre(message(21), message(20)));
    EXPECT_THAT(newest(100, {.least = Level::warning}, time(10)), ElementsAre(message(20)));
}

TEST_F(NewestLines, LongOnesAreWhole) {
    const std::string longest(200'000, 'x');
    std::filesystem::create_directories(file_.parent_path());
    std::ofstream out(file_);
    out << "noise\n";
    for (const auto& text : {std::string("first"), longest, std::string("last")})
        out << to_json({time(1), Level::info, "jobs", {}, {}, text}) << '\n';
    out << R"({"time":"2026-03-14T09:00:00.000Z","level":"info","mess)" << std::flush;
    EXPECT_THAT(newest(100), ElementsAre("last", longest, "first")) << "and what is not complete yet is passed over";
}

TEST_F(NewestLines, OfAFileThatDoesNotExistAreNone) {
    EXPECT_THAT(newest(100), ElementsAre());
    std::filesystem::create_directories(file_);
    const auto failed = read_newest(file_, {}, "", [](const Line&) { return true; });
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, codes::log_unavailable);
}

TEST_F(NewestLines, AreThoseThatAReaderFinds) {
    auto options = to_file();
    options.file_bytes = 2000;
    ASSERT_TRUE(set_up(options));
    for (int number = 0; number < 40; ++number)
        logger("jobs").info("{}", message(number));
    auto backwards = newest(100);
    std::reverse(backwards.begin(), backwards.end());
    EXPECT_EQ(backwards, messages());
}

} // namespace passerelle::log
