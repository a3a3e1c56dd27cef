// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/log/old_lines.hpp"

#include "daemon/log/files.hpp"
#include "tests/unit/daemon/log/log_kit.hpp"

#include <fstream>
#include <gmock/gmock.h>

namespace passerelle::log {
namespace {

using std::chrono::days;
using std::chrono::system_clock;
using testing::ElementsAre;

struct OldLines : LogFile {
    /// One line, written so many days ago.
    void write(const std::filesystem::path& file, int days_ago) const {
        std::filesystem::create_directories(file.parent_path());
        const Line line{time_text(now - days(days_ago)), Level::info, "jobs", {}, {}, std::to_string(days_ago)};
        std::ofstream(file) << to_json(line) << '\n';
    }
    Options options() const {
        auto wanted = to_file();
        wanted.kept_files = 4;
        return wanted;
    }

    const system_clock::time_point now = system_clock::now();
};

} // namespace

TEST_F(OldLines, FilesThatBeginTooEarlyGo) {
    write(put_aside(file_, 3), 31);
    write(put_aside(file_, 2), 29);
    write(put_aside(file_, 1), 12);
    write(file_, 1);
    ASSERT_TRUE(set_up(options()));
    forget_old_lines(options(), days(30), now);
    EXPECT_THAT(messages(), ElementsAre("29", "12", "1"));
    logger("jobs").info("still here");
    EXPECT_THAT(messages(), ElementsAre("29", "12", "1", "still here"));
}

TEST_F(OldLines, TheFileInUseIsPutAsideInTimeAndKeepsItsLines) {
    write(file_, 7); // a fifth of 30 days is 6
    ASSERT_TRUE(set_up(options()));
    forget_old_lines(options(), days(30), now);
    EXPECT_TRUE(std::filesystem::exists(put_aside(file_, 1)));
    logger("jobs").info("new");
    EXPECT_THAT(messages(), ElementsAre("7", "new"));
    forget_old_lines(options(), days(30), now);
    EXPECT_FALSE(std::filesystem::exists(put_aside(file_, 2))) << "it is young";
    forget_old_lines(options(), days(30), now + days(24));
    EXPECT_THAT(messages(), ElementsAre("new")) << "the first line is 31 days old";
}

TEST_F(OldLines, ALogThatIsNotThereIsLeftAlone) {
    forget_old_lines(options(), days(1), now + days(100));
    EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(OldLines, LevelsStayAsTheyAreWhenAFileIsBegun) {
    auto wanted = options();
    wanted.rooms = {{"http", Level::debug}};
    ASSERT_TRUE(set_up(wanted));
    logger("http").debug("before");
    ASSERT_TRUE(begin_new_file());
    logger("http").debug("after");
    logger("http").info("end"); // which is not left in a buffer
    EXPECT_THAT(messages(), ElementsAre("before", "after", "end"));
}

} // namespace passerelle::log
