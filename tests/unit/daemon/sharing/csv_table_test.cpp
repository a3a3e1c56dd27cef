// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/csv_table.hpp"

#include "core/reason_codes.hpp"
#include "sharing_kit.hpp"

#include <gtest/gtest.h>

namespace passerelle::sharing {
namespace {

using Cells = std::vector<std::string>;

Cells only_row(std::string_view text) {
    const auto table = parse_csv(text);
    EXPECT_TRUE(table.problems.empty());
    EXPECT_EQ(table.rows.size(), 1u);
    return table.rows.empty() ? Cells{} : table.rows.front().cells;
}

} // namespace

TEST(CsvTable, FindsTheSeparator) {
    EXPECT_EQ(only_row("a;b,c;d"), (Cells{"a", "b,c", "d"}));
    EXPECT_EQ(only_row("a,b,\"c;d\""), (Cells{"a", "b", "c;d"}));
    EXPECT_EQ(only_row("a\tb\tc, d"), (Cells{"a", "b", "c, d"}));
    EXPECT_EQ(only_row("sep=,\na,b;c"), (Cells{"a", "b;c"}));
}

TEST(CsvTable, ReadsEveryLineEndAndSaysWhereARowStands) {
    const auto table = parse_csv("\xef\xbb\xbf"
                                 "a;b\r\n\n;;\n\"c\r\nd\";e\rf;g");
    ASSERT_EQ(table.rows.size(), 3u);
    EXPECT_EQ(table.rows[0].cells, (Cells{"a", "b"}));
    EXPECT_EQ(table.rows[1].cells, (Cells{"c\r\nd", "e"}));
    EXPECT_EQ(table.rows[1].line, 4u);
    EXPECT_EQ(table.rows[2].line, 6u);
}

TEST(CsvTable, ReadsWhatWindowsWrote) {
    EXPECT_EQ(only_row("H\xe9l\xe8ne;\x80 5"), (Cells{"Hélène", "€ 5"}));
    EXPECT_EQ(only_row("Hélène;b"), (Cells{"Hélène", "b"}));
}

TEST(CsvTable, ABadLineIsAProblemAndTheOthersAreRead) {
    const auto table = parse_csv("a;b\n" + std::string(70'000, 'x') + ";c\nd;e\n\"f;g\nh;i");
    EXPECT_EQ(table.rows.size(), 2u);
    ASSERT_EQ(codes_of(table.problems), (Cells{"share.line_unreadable", "share.line_unreadable"}));
    EXPECT_EQ(parameter_of(table.problems[0], "line"), "2");
    EXPECT_EQ(parameter_of(table.problems[1], "line"), "4");
}

TEST(CsvTable, RefusesWhatIsNoTable) {
    EXPECT_EQ(codes_of(parse_csv(std::string("PK\x03\x04\0\0", 6)).problems), Cells{"share.table_unreadable"});
    EXPECT_EQ(codes_of(parse_csv(std::string(17 << 20, 'x')).problems), Cells{"share.table_unreadable"});
    EXPECT_TRUE(parse_csv("").rows.empty());
}

TEST(CsvTable, StopsAtItsBoundAndSaysSo) {
    std::string text;
    for (int i = 0; i < 200'001; ++i)
        text += "a;b\n";
    const auto table = parse_csv(text);
    EXPECT_EQ(table.rows.size(), 200'000u);
    EXPECT_EQ(codes_of(table.problems), Cells{"share.list_cut"});
}

TEST(CsvTable, AFormulaIsDisarmedAndComesBack) {
    EXPECT_EQ(csv_cell("=1+1", ';'), "'=1+1");
    EXPECT_EQ(csv_cell("\t=1", ';'), "'\t=1");
    EXPECT_EQ(csv_cell("'=1", ';'), "''=1");
    EXPECT_EQ(csv_cell("l'été", ';'), "l'été");
    EXPECT_EQ(only_row("'=1+1;x"), (Cells{"=1+1", "x"}));
    EXPECT_EQ(only_row("'quoted;x"), (Cells{"'quoted", "x"}));
}

TEST(CsvTable, WhatIsWrittenIsReadBack) {
    Dice dice(4);
    for (int round = 0; round < 2000; ++round) {
        Cells cells;
        for (auto count = 2 + dice.below(4); count > 0; --count)
            cells.push_back(dice.text(5));
        const char separator = dice.one_in(2) ? ';' : ',';
        // The header tells the separator, as in every table of ours.
        const auto table = parse_csv(csv_line({"a", "b", "c"}, separator) + csv_line(cells, separator));
        ASSERT_EQ(table.rows.size(), 2u);
        ASSERT_EQ(table.rows.back().cells, cells);
    }
}

} // namespace passerelle::sharing
