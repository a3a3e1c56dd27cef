// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/plan/names.hpp"

#include "core/reason_codes.hpp"
#include "daemon/plan/unicode.hpp"
#include "tests/unit/daemon/plan/plan_kit.hpp"

#include <gmock/gmock.h>

namespace passerelle::plan {

using testing::ElementsAre;

namespace {

std::string repeated(const std::string& text, std::size_t times) {
    std::string result;
    for (std::size_t time = 0; time < times; ++time)
        result += text;
    return result;
}

} // namespace

struct NameCase {
    const char* wanted;
    const char* name;
    std::vector<std::string_view> codes;
};

void expect_names(const nextcloud::NameRules& rules, const std::vector<NameCase>& cases) {
    const NameCleaner names(rules);
    for (const auto& [wanted, name, codes] : cases) {
        const auto clean = names.clean(wanted);
        EXPECT_EQ(clean.name, name) << wanted;
        EXPECT_THAT(codes_of(clean.reasons), testing::ElementsAreArray(codes)) << wanted;
    }
}

TEST(Names, AnOrdinaryServerMindsLittle) {
    expect_names(rules_of_34(),
                 {
                     {"Procès-verbal de l'assemblée générale.odt", "Procès-verbal de l'assemblée générale.odt", {}},
                     {"Budget : prévisionnel ?.ods", "Budget : prévisionnel ?.ods", {}},
                     {"Réunion 12/03.odt", "Réunion 12_03.odt", {codes::name_forbidden_character}},
                     {"a\\b", "a_b", {codes::name_forbidden_character}},
                     {"../../etc/passwd", ".._.._etc_passwd", {codes::name_forbidden_character}},
                     {"ligne\nsuivante\x7F.txt", "ligne_suivante_.txt", {codes::name_forbidden_character}},
                     {"c1 \xC2\x85 et \xEF\xBF\xBF", "c1 _ et _", {codes::name_forbidden_character}},
                     {"latin1 \xE9t\xE9.txt", "latin1 _t_.txt", {codes::name_forbidden_character}},
                     {"Projets. ", "Projets. ", {}},
                     {" .", "_", {codes::name_empty}},
                     {"..", "_", {codes::name_empty}},
                     {"   ", "_", {codes::name_empty}},
                     {"", "_", {codes::name_empty}},
                     {".htaccess", ".htaccess_", {codes::name_reserved}},
                     {".HTAccess", ".HTAccess_", {codes::name_reserved}},
                     {"con.txt", "con.txt", {}},
                     {"Film.MP4.part", "Film.MP4.part_", {codes::name_forbidden_extension}},
                     {"archive.PART", "archive.PART_", {codes::name_forbidden_extension}},
                     {"départ", "départ", {}},
                 });
}

TEST(Names, AWindowsCompatibleServerMindsMore) {
    expect_names(rules_for_windows(),
                 {
                     {"Budget : prévisionnel ?.ods", "Budget _ prévisionnel _.ods", {codes::name_forbidden_character}},
                     {"Projets.", "Projets", {codes::name_trailing}},
                     {"Photos été  ", "Photos été", {codes::name_trailing}},
                     {"etc. . .", "etc", {codes::name_trailing}},
                     {"....", "_", {codes::name_trailing}},
                     {"CON", "CON_", {codes::name_reserved}},
                     {"con.fig.txt", "con_.fig.txt", {codes::name_reserved}},
                     {"Com¹.txt", "Com¹_.txt", {codes::name_reserved}},
                     {"console.txt", "console.txt", {}},
                     {"aux. ", "aux_", {codes::name_trailing, codes::name_reserved}},
                     {"film.part.", "film.part_", {codes::name_trailing, codes::name_forbidden_extension}},
                     {" en tête", " en tête", {}},
                 });
}

TEST(Names, AreWrittenInFormC) {
    const auto clean = NameCleaner(rules_of_34()).clean("Re\xCC\x81union.odt");
    EXPECT_EQ(clean.name, "R\xC3\xA9union.odt");
    EXPECT_THAT(codes_of(clean.reasons), ElementsAre(codes::name_normalized));
    EXPECT_EQ(parameter(clean.reasons.front(), "before"), "Re\xCC\x81union.odt");
    EXPECT_EQ(parameter(clean.reasons.front(), "after"), "R\xC3\xA9union.odt");
}

TEST(Names, AReplacementIsNeverForbiddenItself) {
    auto rules = rules_of_34();
    rules.forbidden_characters.insert(rules.forbidden_characters.end(), {"_", "(", ")", "é"});
    const NameCleaner names(rules);
    EXPECT_EQ(names.clean("été_1/2").name, "-t--1-2");
    EXPECT_EQ(names.numbered("note.txt", 2, false), "note -2-.txt");
}

TEST(Names, TooLongOnesAreCutBetweenCharactersAndKeepTheirExtension) {
    const NameCleaner names(rules_of_34());
    const auto clean = names.clean(repeated("é", 200) + ".tar.gz");
    EXPECT_EQ(clean.name, repeated("é", 121) + ".tar.gz"); // 242 bytes and 7: one more é would be 251
    EXPECT_THAT(codes_of(clean.reasons), ElementsAre(codes::name_too_long));

    EXPECT_EQ(names.clean(std::string(250, 'a')).reasons.size(), 0U);
    EXPECT_EQ(names.clean(std::string(251, 'a')).name, std::string(250, 'a'));
    EXPECT_EQ(NameCleaner(rules_of_28()).clean(std::string(250, 'a')).name.size(), 248U);
    EXPECT_EQ(names.clean(std::string(240, 'a') + repeated(" ", 12) + ".odt").name, std::string(240, 'a') + ".odt");
}

TEST(Names, AFamilyIsNotTornApartByACut) {
    const std::string family = "👨‍👩‍👧‍👦"; // four people and three joiners: 25 bytes, one character
    const auto name = NameCleaner(rules_of_34()).clean(repeated(family, 12)).name;
    EXPECT_EQ(name, repeated(family, 10));
}

TEST(Names, ACharacterLongerThanANameIsCutAllTheSame) {
    const auto name = NameCleaner(rules_of_34()).clean("e" + repeated("\xCC\x81", 300)).name;
    EXPECT_LE(name.size(), 250U);
    EXPECT_GE(name.size(), 248U);
}

TEST(Names, AForbiddenExtensionDoesNotComeBackByTheCut) {
    auto rules = rules_of_34();
    rules.forbidden_extensions.emplace_back(".my-part");
    const auto name = NameCleaner(rules).clean(std::string(242, 'a') + ".my-part").name;
    EXPECT_EQ(name, std::string(241, 'a') + ".my-part_");
}

TEST(Names, NumbersStandBeforeTheExtension) {
    const NameCleaner names(rules_of_34());
    EXPECT_EQ(names.numbered("Compte rendu.odt", 2, false), "Compte rendu (2).odt");
    EXPECT_EQ(names.numbered("v1.2", 3, true), "v1.2 (3)");
    EXPECT_EQ(names.numbered("sauvegarde.tar.gz", 2, false), "sauvegarde (2).tar.gz");
    EXPECT_EQ(names.numbered(".gitignore", 2, false), ".gitignore (2)");
    EXPECT_EQ(names.numbered(std::string(246, 'a') + ".odt", 12, false), std::string(241, 'a') + " (12).odt");
}

TEST(Names, AnExtensionIsShortAndPlain) {
    EXPECT_EQ(extension_start("a.odt"), 1U);
    EXPECT_EQ(extension_start("a.tar.gz"), 1U);
    EXPECT_EQ(extension_start("a.tar.docx"), 5U);
    EXPECT_EQ(extension_start("Mme. Durand"), 11U);
    EXPECT_EQ(extension_start("12.03.2024 réunion"), std::string("12.03.2024 réunion").size());
    EXPECT_EQ(extension_start(".htaccess"), 9U);
    EXPECT_EQ(extension_start("fin."), 4U);
}

TEST(Names, ATitleGetsTheExtensionThatTheExportGave) {
    EXPECT_EQ(name_from_title("Budget 2024", "Budget 2024.xlsx"), "Budget 2024.xlsx");
    EXPECT_EQ(name_from_title("Réunion 12/03", "Réunion 12_03.docx"), "Réunion 12/03.docx");
    EXPECT_EQ(name_from_title("Budget.xlsx", "Budget(1).xlsx"), "Budget.xlsx");
    EXPECT_EQ(name_from_title("Photo.JPG", "Photo.jpg"), "Photo.JPG");
    EXPECT_EQ(name_from_title("Statuts.doc", "Statuts.doc.docx"), "Statuts.doc.docx");
    EXPECT_EQ(name_from_title("Un titre très long.pdf", "Un titre très l.pd"), "Un titre très long.pdf");
    EXPECT_EQ(name_from_title("LISEZMOI", "LISEZMOI"), "LISEZMOI");
}

TEST(Unicode, CaseKeysAreEqualForTwinsOnly) {
    using unicode::case_key;
    EXPECT_EQ(case_key("Réunion"), case_key("re\xCC\x81UNION"));
    EXPECT_EQ(case_key("STRASSE"), case_key("Straße"));
    EXPECT_EQ(case_key("ΣΊΣΥΦΟΣ"), case_key("σίσυφος"));
    EXPECT_NE(case_key("Reunion"), case_key("Réunion"));
    EXPECT_NE(case_key("a_b"), case_key("a b"));
}

} // namespace passerelle::plan
