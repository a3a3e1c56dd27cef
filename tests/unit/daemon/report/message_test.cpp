// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/message.hpp"

#include <gtest/gtest.h>
#include <stdexcept>

namespace passerelle::report {
namespace {

const std::string kComments = "{gone, plural, one{# commentaire sur {before} a disparu} other{# commentaires sur "
                              "{before} ont disparu}}.";

std::string filled(const std::string& pattern, std::vector<Reason::Parameter> parameters,
                   Language language = Language::french) {
    return Message::parse(pattern).fill(Reason("a.b", std::move(parameters)), language);
}

TEST(Message, SaysOneAndManyAsTheLanguageDoes) {
    EXPECT_EQ(filled(kComments, {{"gone", "1"}, {"before", "14"}}), "1 commentaire sur 14 a disparu.");
    EXPECT_EQ(filled(kComments, {{"gone", "2"}, {"before", "14"}}), "2 commentaires sur 14 ont disparu.");
    const std::string words = "{n, plural, one{# word} other{# words}}";
    EXPECT_EQ(filled(words, {{"n", "0"}}, Language::french), "0 word");
    EXPECT_EQ(filled(words, {{"n", "0"}}, Language::english), "0 words");
    EXPECT_EQ(filled(words, {{"n", "1234"}}, Language::english), "1,234 words");
}

TEST(Message, WhatIsNoNumberIsSaidAsItIs) {
    for (const std::string value : {"", "x", "-1", "1x", "99999999999999999999"})
        EXPECT_EQ(filled("{n, plural, one{# mot} other{# mots}}", {{"n", value}}), value + " mots");
    EXPECT_EQ(filled("L'export {path}", {}), "L'export ");
}

TEST(Message, ANumberSignOutsideOfAPluralIsOne) {
    EXPECT_EQ(filled("#{n}", {{"n", "7"}}), "#7");
    EXPECT_EQ(filled("{n}", {{"n", "{n}#"}}), "{n}#") << "what is filled in is not read again";
}

TEST(Message, InGeneralHasNoDetails) {
    EXPECT_EQ(Message::parse(kComments).general(), "… commentaires sur … ont disparu.");
    EXPECT_EQ(Message::parse("Illisible ({detail}), {n, plural, one{# octet} other{# octets}} ({detail}).").general(),
              "Illisible, … octets.");
    EXPECT_EQ(Message::parse("Le fichier ({a} et {b})").general(), "Le fichier (… et …)");
}

TEST(Message, NamesItsParameters) {
    EXPECT_EQ(Message::parse(kComments).parameters(), (std::set<std::string>{"gone", "before"}));
}

TEST(Message, WhatIsNotWellFormedIsRefused) {
    for (const std::string pattern :
         {"{", "}", "{}", "{a", "{a b}", "{A}", "a}b", "{n, plural}", "{n, plural, one{a}}", "{n, plural, other{a}}",
          "{n, plural, one{a} other{b}", "{n, plural, one{a other{b}}", "{n, plural, few{a} other{b}}",
          "{n, select, one{a} other{b}}", "{n, plural, one{{m, plural, one{a} other{b}}} other{b}}"})
        EXPECT_THROW((void)Message::parse(pattern), std::runtime_error) << pattern;
}

} // namespace
} // namespace passerelle::report
