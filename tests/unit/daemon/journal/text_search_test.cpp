// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/journal/text_search.hpp"

#include <gtest/gtest.h>

namespace passerelle::journal {
namespace {

std::string utf8(unsigned codepoint) {
    if (codepoint < 0x80) return {static_cast<char>(codepoint)};
    return {static_cast<char>(0xC0 | (codepoint >> 6)), static_cast<char>(0x80 | (codepoint & 0x3F))};
}

} // namespace

TEST(TextSearch, KnowsNoCaseAndNoAccents) {
    EXPECT_EQ(searchable("Réunion du BUREAU"), "reunion du bureau");
    EXPECT_EQ(searchable("Re\u0301union"), "reunion") << "as macOS writes it";
    EXPECT_EQ(searchable("Fête d'œufs, Straße, ŁÓDŹ, Ĳssel"), "fete d'œufs, strasse, łodz, ijssel");
    EXPECT_EQ(searchable("Μάιος"), "μαιοσ");
    EXPECT_EQ(searchable("ﬁche"), "fiche");
    EXPECT_EQ(searchable("caf\xe9 NOIR"), "caf\xe9 noir") << "no UTF-8: byte by byte";
    EXPECT_EQ(searchable(""), "");
}

/// European names are folded by a quicker way than all others; a sign of another script in the text leads to the other
/// way, and both must say the same.
TEST(TextSearch, BothWaysOfFoldingAgree) {
    const std::string elsewhere = "中";
    ASSERT_EQ(searchable(elsewhere), elsewhere);
    for (unsigned codepoint = 1; codepoint < 0x800; ++codepoint) {
        const auto text = "E" + utf8(codepoint) + "z";
        EXPECT_EQ(searchable(text) + elsewhere, searchable(text + elsewhere)) << codepoint;
    }
}

} // namespace passerelle::journal
