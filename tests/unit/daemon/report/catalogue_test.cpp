// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/catalogue.hpp"

#include "core/reason_codes.hpp"

#include "report/reasons_text.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

namespace passerelle::report {
namespace {

std::set<std::string> parameters_of(const std::string& text) {
    return Message::parse(text).parameters();
}

} // namespace

TEST(Catalogue, FillsTheParametersIn) {
    const Reason reason(codes::target_exists_beside, {{"after", "budget (2).ods"}});
    EXPECT_NE(Catalogue::instance().text(reason, Language::french).find("« budget (2).ods »"), std::string::npos);
    EXPECT_NE(Catalogue::instance().text(reason, Language::english).find("“budget (2).ods”"), std::string::npos);
}

TEST(Catalogue, AParameterThatIsMissingLeavesNoBraces) {
    const auto text = Catalogue::instance().text(Reason(codes::target_exists_beside), Language::english);
    EXPECT_EQ(text.find('{'), std::string::npos);
}

TEST(Catalogue, EveryReasonSaysTheSameInBothLanguages) {
    const auto entries = nlohmann::json::parse(kReasonsText);
    ASSERT_GT(entries.size(), 50u);
    for (const auto& [code, entry] : entries.items()) {
        for (const auto* field : {"fr", "en", "advice_fr", "advice_en"})
            EXPECT_FALSE(entry.at(field).get<std::string>().empty()) << code << ' ' << field;
        EXPECT_EQ(parameters_of(entry.at("fr")), parameters_of(entry.at("en"))) << code;
        EXPECT_EQ(parameters_of(entry.at("advice_fr")), parameters_of(entry.at("advice_en"))) << code;
    }
}

TEST(Catalogue, AReasonWithoutAllItsTextsIsRefused) {
    const auto broken = R"({"a.b": {"severity": "info", "fr": "x", "en": "y", "advice_fr": "z"}})";
    EXPECT_ANY_THROW((void)Catalogue::parse(broken));
}

TEST(Catalogue, SpeaksOfSeveralItemsWithoutTheirDetails) {
    const auto& catalogue = Catalogue::instance();
    EXPECT_EQ(catalogue.general_text(codes::file_unreadable, Language::english), "The file could not be read.");
    EXPECT_EQ(catalogue.general_text(codes::export_not_found, Language::french),
              "Le fichier ou dossier … n'existe pas.");
    EXPECT_EQ(catalogue.general_text("later.code", Language::french), "later.code");
}

TEST(Catalogue, AnUnknownSeverityIsRefused) {
    const auto broken = R"({"a.b": {"severity": "panic", "fr": "x", "en": "y", "advice_fr": "z", "advice_en": "z"}})";
    EXPECT_THROW((void)Catalogue::parse(broken), std::runtime_error);
}

TEST(Catalogue, ACodeOfAnotherVersionIsShownAsItIs) {
    EXPECT_EQ(Catalogue::instance().text(Reason("later.code"), Language::french), "later.code");
    EXPECT_FALSE(Catalogue::instance().knows("later.code"));
}

} // namespace passerelle::report
