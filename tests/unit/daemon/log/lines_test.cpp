// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/log/lines.hpp"

#include <gtest/gtest.h>

namespace passerelle::log {

namespace {

const Line kLine{"2026-03-14T09:26:53.589Z", Level::warning, "jobs", JobId{3}, ItemId{17}, "le fichier « été » attend"};

} // namespace

TEST(LogLines, AreReadableAsText) {
    EXPECT_EQ(to_text(kLine), "2026-03-14T09:26:53.589Z warning jobs: le fichier « été » attend job=3 item=17");
    EXPECT_EQ(to_text({"t", Level::info, "http", {}, {}, "a\nb\x1B[31m"}), "t info    http: a\\nb\\x1b[31m");
}

TEST(LogLines, AreReadBackFromJson) {
    EXPECT_EQ(to_json(kLine), R"({"time":"2026-03-14T09:26:53.589Z","level":"warning","room":"jobs","job":3,"item":17,)"
                              R"("message":"le fichier « été » attend"})");
    EXPECT_EQ(from_json(to_json(kLine)), kLine);
    const Line bare{"t", Level::debug, "http", {}, {}, "two\nlines"};
    EXPECT_EQ(from_json(to_json(bare)), bare);
    EXPECT_EQ(to_json(bare).find('\n'), std::string::npos);
}

TEST(LogLines, ForeignTextIsNothing) {
    for (const auto* text : {"", "x", "[1]", "{}", R"({"level":"loud","message":"x"})", R"({"level":"info"})"})
        EXPECT_FALSE(from_json(text)) << text;
    EXPECT_TRUE(from_json(R"({"level":"info","message":1,"job":"x"})"));
}

TEST(LogLines, BytesThatAreNoTextAreReplaced) {
    EXPECT_TRUE(from_json(to_json({"t", Level::info, "r", {}, {}, "a\xFFz"})));
}

TEST(LogLevels, AreReadBackAsWritten) {
    for (const auto level : {Level::debug, Level::info, Level::warning, Level::error})
        EXPECT_EQ(level_from(to_string(level)), level);
    EXPECT_FALSE(level_from("loud"));
}

} // namespace passerelle::log
