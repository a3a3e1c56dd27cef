// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/safe_text.hpp"
#include "sample_job.hpp"

#include <gtest/gtest.h>
#include <libxml/HTMLparser.h>
#include <libxml/xpath.h>
#include <memory>

namespace passerelle::report {
namespace {

/// A page as libxml2 reads it.
class Document {
  public:
    explicit Document(const std::string& page)
        : context_(htmlNewParserCtxt()),
          document_(htmlCtxtReadMemory(context_.get(), page.data(), static_cast<int>(page.size()), nullptr, "UTF-8",
                                       HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET)),
          xpath_(xmlXPathNewContext(document_.get())) {}

    /// Whether the only things that the parser minded are elements that are younger than it.
    [[nodiscard]] bool well_formed() const {
        const auto* error = xmlCtxtGetLastError(context_.get());
        return error == nullptr || error->code == XML_HTML_UNKNOWN_TAG;
    }
    [[nodiscard]] std::string text(const std::string& expression) const {
        const Object object(xmlXPathEvalExpression(BAD_CAST("string(" + expression + ")").c_str(), xpath_.get()));
        return reinterpret_cast<const char*>(object->stringval);
    }
    [[nodiscard]] std::size_t count(const std::string& expression) const {
        const Object object(xmlXPathEvalExpression(BAD_CAST("count(" + expression + ")").c_str(), xpath_.get()));
        return static_cast<std::size_t>(object->floatval);
    }

  private:
    template <auto Free> struct Deleter {
        void operator()(auto* pointer) const { Free(pointer); }
    };
    using Object = std::unique_ptr<xmlXPathObject, Deleter<xmlXPathFreeObject>>;

    std::unique_ptr<htmlParserCtxt, Deleter<htmlFreeParserCtxt>> context_;
    std::unique_ptr<xmlDoc, Deleter<xmlFreeDoc>> document_;
    std::unique_ptr<xmlXPathContext, Deleter<xmlXPathFreeContext>> xpath_;
};

/// The number in a cell of the sum table, without the space between its groups of digits.
std::uint64_t cell(const Document& page, int row, int column) {
    const auto text =
        page.text("//table[@class='sum']/tbody/tr[" + std::to_string(row) + "]/td[" + std::to_string(column) + "]");
    return std::stoull(text);
}

} // namespace

TEST(HtmlReport, IsReadByAParserInBothLanguagesAndForEveryEnding) {
    for (const auto ending : {Ending::finished, Ending::all_well, Ending::stopped})
        for (const auto language : {Language::french, Language::english}) {
            const Document page(make_sample(ending).report(Format::html, language));
            EXPECT_TRUE(page.well_formed());
            EXPECT_EQ(page.text("/html/@lang"), language == Language::french ? "fr" : "en");
            EXPECT_EQ(page.count("//h1"), 1u);
            EXPECT_EQ(page.count("//thead//th[not(@scope)]"), 0u);
            EXPECT_GT(page.count("//h2"), 3u);
        }
}

TEST(HtmlReport, HostileNamesAreShownAndDoNothing) {
    const auto text = make_sample(Ending::finished).report(Format::html, Language::french);
    const Document page(text);
    EXPECT_EQ(page.count("//script"), 0u);
    EXPECT_EQ(text.find(kMarkupName), std::string::npos);
    EXPECT_GT(page.count("//bdi[contains(., \"<script>alert('x')</script>&.txt\")]"), 0u);
    EXPECT_EQ(text.find("\u202E"), std::string::npos);
    EXPECT_NE(text.find("photo‹U+202E›gpj.exe"), std::string::npos);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(text.find('\x07'), std::string::npos);
    EXPECT_NE(text.find("caf\ufffd.txt"), std::string::npos);
}

TEST(HtmlReport, NeedsNothingFromElsewhere) {
    const auto text = make_sample(Ending::finished).report(Format::html, Language::english);
    const Document page(text);
    EXPECT_EQ(page.count("//link | //img | //iframe | //script | //object | //@src | //@href"), 0u);
    EXPECT_EQ(text.find("url("), std::string::npos);
    EXPECT_EQ(text.find("@import"), std::string::npos);
}

TEST(HtmlReport, TheSumAddsUp) {
    const auto sample = make_sample(Ending::stopped);
    const Document page(sample.report(Format::html, Language::english));
    const auto statement = sample.journal->statement(sample.id).value();
    const std::uint64_t expected[] = {statement.done.items, statement.skipped.items, statement.failed.items,
                                      statement.pending.items};
    std::uint64_t seen = 0;
    for (int row = 1; row <= 4; ++row) {
        EXPECT_EQ(cell(page, row, 1) + cell(page, row, 2), expected[row - 1]);
        seen += expected[row - 1];
    }
    EXPECT_EQ(seen, statement.seen.items);
    EXPECT_EQ(page.count("//table[@class='ledger']/tbody/tr"), seen);
}

TEST(HtmlReport, TheFirstSentenceTellsTheOutcome) {
    const auto first = [](Ending ending, Language language) {
        return Document(make_sample(ending).report(Format::html, language)).text("//h1");
    };
    EXPECT_EQ(first(Ending::all_well, Language::french), "Tout est arrivé.");
    EXPECT_EQ(first(Ending::all_well, Language::english), "Everything has arrived.");
    EXPECT_EQ(first(Ending::finished, Language::french), "13 fichiers sont arrivés, 5 demandent votre attention.");
    EXPECT_EQ(first(Ending::stopped, Language::french), "La migration s'est arrêtée avant la fin. Rien n'est perdu.");
}

TEST(HtmlReport, WhatAsksForAttentionIsNamedOnce) {
    const Document page(make_sample(Ending::finished).report(Format::html, Language::french));
    EXPECT_EQ(page.count("//section[@class='attention']//ul/li"), 5u);
    EXPECT_EQ(page.count("//section[@class='attention']//bdi[contains(., 'Film de 2019.mp4')]"), 1u);
}

TEST(HtmlReport, SaysWhereTheLedgerIsWhenItIsTooLong) {
    const Document page(make_large_sample(2'001).report(Format::html, Language::english));
    EXPECT_EQ(page.count("//table[@class='ledger']"), 0u);
    EXPECT_EQ(page.count("//code[contains(., '--format ods')]"), 1u);
    EXPECT_EQ(page.count("//table[@class='folders']/tbody/tr"), 40u);
}

TEST(HtmlReport, TellsWhoSeesWhatWhereSharesWereApplied) {
    const auto sample = make_sample(Ending::finished);
    EXPECT_EQ(Document(sample.report(Format::html, Language::french)).count("//table[@class='shares']"), 0u);
    ASSERT_TRUE(sample.journal->record_share(sample.id, {.path = "Asso/<b>Bureau</b>",
                                                         .recipient = "bob<script>",
                                                         .permissions = 15,
                                                         .state = journal::ShareState::made,
                                                         .share_id = "1"}));
    const Document page(sample.report(Format::html, Language::french));
    EXPECT_TRUE(page.well_formed());
    EXPECT_EQ(page.text("//table[@class='shares']/tbody/tr/td[1]"), "Asso/<b>Bureau</b>");
    EXPECT_EQ(page.text("//table[@class='shares']/tbody/tr/td[2]"), "bob<script>");
    EXPECT_EQ(page.text("//table[@class='shares']/tbody/tr/td[3]"), "modifier");
    EXPECT_EQ(page.text("normalize-space(//table[@class='shares']/tbody/tr/td[4])"), "partagé");
}

TEST(HtmlReport, SaysWhatWasDoneToTeamFolders) {
    const auto sample = make_sample(Ending::finished);
    EXPECT_EQ(Document(sample.report(Format::html, Language::french)).count("//table[@class='teams']"), 0u);
    ASSERT_TRUE(sample.journal->record_team_change(sample.id, {.folder = "Bureau",
                                                               .act = journal::TeamAct::admission,
                                                               .subject = "bureau<b>",
                                                               .permissions = 15,
                                                               .state = journal::ShareState::made}));
    ASSERT_TRUE(sample.journal->record_team_change(sample.id, {.folder = "Bureau",
                                                               .act = journal::TeamAct::rules,
                                                               .path = "Bureau/Paie",
                                                               .state = journal::ShareState::refused,
                                                               .reasons = {Reason("target.changed")}}));
    const Document page(sample.report(Format::html, Language::english));
    EXPECT_EQ(page.count("//table[@class='teams']/tbody/tr"), 2u);
    EXPECT_EQ(page.text("normalize-space(//table[@class='teams']/tbody/tr[1]/td[2])"), "group let in: bureau<b>");
    EXPECT_EQ(page.text("normalize-space(//table[@class='teams']/tbody/tr[1]/td[3])"), "done");
    EXPECT_EQ(page.count("//table[@class='teams']/tbody/tr[2]/td[3]/p[@class='why']"), 1u);
}

} // namespace passerelle::report
