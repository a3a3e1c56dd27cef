// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/catalogue.hpp"

#include "core/reason_codes.hpp"

#include <gtest/gtest.h>
#include <stdexcept>

namespace passerelle::report {

TEST(Catalogue, FillsTheParametersIn) {
    const Reason reason(codes::target_exists_beside, {{"after", "budget (2).ods"}});
    EXPECT_NE(Catalogue::instance().text(reason, Language::french).find("« budget (2).ods »"), std::string::npos);
    EXPECT_NE(Catalogue::instance().text(reason, Language::english).find("“budget (2).ods”"), std::string::npos);
}

TEST(Catalogue, AParameterThatIsMissingLeavesNoBraces) {
    const auto text = Catalogue::instance().text(Reason(codes::target_exists_beside), Language::english);
    EXPECT_EQ(text.find('{'), std::string::npos);
}

TEST(Catalogue, EveryReasonHasItsTextsInBothLanguages) {
    // Parsing alone demands all five fields; a text must also say something, and name only parameters that close.
    const auto broken = R"({"a.b": {"severity": "info", "fr": "x", "en": "y", "advice_fr": "z"}})";
    EXPECT_ANY_THROW((void)Catalogue::parse(broken));
    EXPECT_NO_THROW((void)Catalogue::instance());
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
