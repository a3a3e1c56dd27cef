// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/wording.hpp"

#include "daemon/report/names.hpp"

#include <gtest/gtest.h>
#include <limits>

namespace passerelle::report {

TEST(Wording, NumbersAreGroupedAsTheLanguageDoes) {
    EXPECT_EQ(grouped(999, Language::french), "999");
    EXPECT_EQ(grouped(1'234'567, Language::french), "1\u202f234\u202f567");
    EXPECT_EQ(grouped(12'345, Language::english), "12,345");
}

TEST(Wording, SizesAreInUnitsOfTheLanguage) {
    EXPECT_EQ(human_bytes(0, Language::french), "0\u00a0octets");
    EXPECT_EQ(human_bytes(1, Language::english), "1\u00a0byte");
    EXPECT_EQ(human_bytes(999, Language::english), "999\u00a0bytes");
    EXPECT_EQ(human_bytes(46'280'000, Language::french), "46,3\u00a0Mo");
    EXPECT_EQ(human_bytes(999'949, Language::english), "999.9\u00a0KB");
    EXPECT_EQ(human_bytes(999'999, Language::english), "1.0\u00a0MB");
    EXPECT_EQ(human_bytes(3'000'000'000, Language::french), "3,0\u00a0Go");
    EXPECT_EQ(human_bytes(18'000'000'000'000'000'000u, Language::english), "18000000.0\u00a0TB");
}

TEST(Wording, NoneIsSingularInFrenchAndPluralInEnglish) {
    constexpr CountedPhrase kFiles{{"{} fichier", "{} file"}, {"{} fichiers", "{} files"}};
    EXPECT_EQ(counted(0, kFiles, Language::french), "0 fichier");
    EXPECT_EQ(counted(0, kFiles, Language::english), "0 files");
    EXPECT_EQ(counted(1, kFiles, Language::english), "1 file");
    EXPECT_EQ(counted(2, kFiles, Language::french), "2 fichiers");
}

TEST(Wording, DatesNameTheMonth) {
    const auto moment = from_epoch(1'700'000'000);
    EXPECT_NE(human_time(moment, Language::french).find("novembre 2023 à "), std::string::npos);
    EXPECT_NE(human_time(moment, Language::english).find("November 2023 at "), std::string::npos);
    EXPECT_EQ(iso_time(moment), "2023-11-14T22:13:20Z");
}

TEST(Wording, TablesHaveDatesThatSpreadsheetsKnow) {
    const auto shown = table_time(from_epoch(1'700'000'000)).value_or("");
    EXPECT_TRUE(shown.starts_with("2023-11-1")) << shown;
    EXPECT_EQ(shown.size(), std::string_view("2023-11-14 22:13:20").size());
    EXPECT_FALSE(table_time(from_epoch(-3'000'000'000)));
    EXPECT_FALSE(table_time(from_epoch(400'000'000'000)));
    EXPECT_FALSE(table_time(from_epoch(std::numeric_limits<std::int64_t>::max())));
}

TEST(Wording, FrenchMarksStayWithTheirWords) {
    EXPECT_EQ(typeset("Oui : « non » ?", Language::french), "Oui\u00a0: «\u00a0non\u00a0»\u00a0?");
    EXPECT_EQ(typeset("Yes : no", Language::english), "Yes : no");
}

TEST(Names, ChoicesOfAnotherVersionAreLeftUnsaid) {
    EXPECT_TRUE(choices_in_words("convert=all", Language::french).empty());
    EXPECT_TRUE(choices_in_words("{}", Language::french).empty());
}

TEST(Names, ChoicesAreSentences) {
    const auto words =
        choices_in_words(R"({"convert":{"presentations":false,"spreadsheets":false,"text":false},"originals":"folder",)"
                         R"("include":["Compta/*"],"exclude":[]})",
                         Language::english);
    EXPECT_EQ(words, (std::vector<std::string>{"Documents keep their format.", "Only: Compta/*"}));
}

} // namespace passerelle::report
