// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/safe_text.hpp"

#include <gtest/gtest.h>

namespace passerelle::report {

TEST(SafeText, OrdinaryNamesStayAsTheyAre) {
    for (const auto* name : {"Été 2025/Reçus.pdf", "日本語.txt", "👩‍👧.png", ""})
        EXPECT_EQ(visible(name), name);
}

TEST(SafeText, WhatCannotBeSeenIsShown) {
    EXPECT_EQ(visible("a\x1b[2J\n\x7f"), "a␛[2J␊␡");
    EXPECT_EQ(visible("a\u202Eb"), "a‹U+202E›b");
    EXPECT_EQ(visible("a\u0085b"), "a‹U+0085›b");
    EXPECT_EQ(visible(std::string_view("a\0b", 3)), "a␀b");
    EXPECT_EQ(visible("a\xef\xbf\xbf"
                      "b"),
              "a‹U+FFFF›b"); // which XML forbids
}

TEST(SafeText, WhatIsNoUtf8IsReplaced) {
    EXPECT_EQ(visible("caf\xe9.txt"), "caf\ufffd.txt");
    EXPECT_EQ(visible("\xc3"), "\ufffd");
    EXPECT_EQ(visible("\xed\xa0\x80").find('\xed'), std::string::npos); // a lone surrogate
}

TEST(SafeText, MarkupIsText) {
    EXPECT_EQ(html_text("<a href=\"x\" title='y'>&"), "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;");
}

TEST(SafeText, CsvQuotesWhatItMust) {
    EXPECT_EQ(csv_text("plain", ';'), "plain");
    EXPECT_EQ(csv_text("a;b", ';'), "\"a;b\"");
    EXPECT_EQ(csv_text("a;b", ','), "a;b");
    EXPECT_EQ(csv_text("say \"a\"", ','), "\"say \"\"a\"\"\"");
}

TEST(SafeText, CsvTextsAreNoFormulas) {
    for (const auto* text : {"=1+1", "+1", "-1", "@SUM(A1)"})
        EXPECT_EQ(csv_text(text, ';'), "'" + std::string(text));
}

TEST(SafeText, CsvPathsAreTrue) {
    EXPECT_EQ(csv_path("=1+1.ods", ';'), "/=1+1.ods");
    EXPECT_EQ(csv_path("", ';'), "");
}

} // namespace passerelle::report
