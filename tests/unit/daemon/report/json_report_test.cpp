// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "sample_job.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace passerelle::report {
namespace {

using Json = nlohmann::json;
using Sum = journal::Statement::Sum;

Json read(const SampleJob& sample, Language language = Language::english) {
    return Json::parse(sample.report(Format::json, language));
}

Json item_of(const Json& report, const std::string& source) {
    for (const auto& item : report.at("items"))
        if (item.at("source") == source) return item;
    throw std::runtime_error("no item " + source);
}

Sum sum_of(const Json& tally) {
    return {tally.at("items"), tally.at("bytes")};
}

std::string outcome_of(const std::string& state) {
    return state == "done" || state == "skipped" || state == "failed" ? state : "pending";
}

std::map<std::string, Sum> sums_of_items(const Json& report) {
    std::map<std::string, Sum> sums;
    for (const auto& item : report.at("items"))
        for (const auto& name : {std::string("seen"), outcome_of(item.at("state"))}) {
            ++sums[name].items;
            sums[name].bytes += item.at("bytes").get<std::uint64_t>();
        }
    return sums;
}

/// Each once: a workbook may say the same of two sheets.
std::set<std::string> codes_of(const Json& item) {
    std::set<std::string> codes;
    for (const auto& reason : item.at("reasons"))
        codes.insert(reason.at("code"));
    return codes;
}

} // namespace

TEST(JsonReport, TheStatementIsTheSumOfTheItemsAndTheJournals) {
    const auto sample = make_sample(Ending::stopped);
    const auto report = read(sample);
    const auto& told = report.at("statement");
    const auto journal = sample.journal->statement(sample.id).value();
    ASSERT_TRUE(journal.adds_up());
    auto items = sums_of_items(report);
    const std::map<std::string, Sum> expected{{"seen", journal.seen},
                                              {"done", journal.done},
                                              {"skipped", journal.skipped},
                                              {"failed", journal.failed},
                                              {"pending", journal.pending}};
    for (const auto& [name, sum] : expected) {
        EXPECT_GT(sum.items, 0u) << name;
        EXPECT_EQ(sum_of(told.at(name)), sum) << name;
        EXPECT_EQ(items[name], sum) << name;
    }
    EXPECT_EQ(told.at("arrived_bytes"), journal.arrived_bytes);
    EXPECT_EQ(told.at("retryable"), journal.retryable);
    EXPECT_EQ(report.at("documents").at("faithful").get<std::uint64_t>() +
                  report.at("documents").at("check").get<std::uint64_t>(),
              journal.converted);
}

TEST(JsonReport, TheFoldersAddUp) {
    const auto report = read(make_sample(Ending::stopped));
    for (const auto* name : {"seen", "done", "skipped", "failed", "pending"}) {
        Sum sum;
        for (const auto& folder : report.at("folders")) {
            sum.items += folder.at(name).at("items").get<std::uint64_t>();
            sum.bytes += folder.at(name).at("bytes").get<std::uint64_t>();
        }
        EXPECT_EQ(sum, sum_of(report.at("statement").at(name))) << name;
    }
}

TEST(JsonReport, AFolderOfTheTopLevelsHoldsWhatLiesBelowIt) {
    const auto report = read(make_sample(Ending::finished));
    for (const auto& folder : report.at("folders")) {
        if (folder.at("path") != "Comptabilité/2025") continue;
        EXPECT_EQ(folder.at("seen").at("files"), 3);   // the receipt one level deeper included
        EXPECT_EQ(folder.at("seen").at("folders"), 2); // itself and Reçus
        return;
    }
    FAIL() << "the folder is missing";
}

TEST(JsonReport, ReasonsAreCountedByItemsAndExplained) {
    const auto report = read(make_sample(Ending::finished), Language::french);
    std::map<std::string, std::uint64_t> counts;
    for (const auto& item : report.at("items"))
        for (const auto& code : codes_of(item))
            ++counts[code];
    ASSERT_EQ(report.at("reasons").size(), counts.size());
    for (const auto& reason : report.at("reasons")) {
        EXPECT_EQ(reason.at("items"), counts[reason.at("code")]);
        EXPECT_FALSE(reason.at("text").get<std::string>().empty());
        EXPECT_FALSE(reason.at("advice").get<std::string>().empty());
    }
    EXPECT_EQ(report.at("reasons")[0].at("code"), codes::source_no_content);
}

TEST(JsonReport, AnItemTellsItsWholeStory) {
    const auto report = read(make_sample(Ending::finished));
    const auto item = item_of(report, "Comptabilité/2025/Budget prévisionnel.xlsx");
    EXPECT_EQ(item.at("action"), "convert");
    EXPECT_EQ(item.at("state"), "done");
    EXPECT_EQ(item.at("verdict"), "check");
    EXPECT_EQ(item.at("attention"), true);
    EXPECT_EQ(item.at("target"), "Association/Comptabilité/2025/Budget prévisionnel.ods");
    ASSERT_EQ(item.at("arrived").size(), 2u);
    const auto& main = item.at("arrived")[0].at("role") == "main" ? item.at("arrived")[0] : item.at("arrived")[1];
    EXPECT_EQ(main.at("bytes"), 39'000);
    EXPECT_EQ(main.at("sha256").get<std::string>().size(), 64u);
    EXPECT_EQ(main.at("verified_by"), "sha256");
    EXPECT_EQ(item_of(report, "Affiche de la fête.png").at("modified"), "2023-11-14T22:13:20Z");
}

TEST(JsonReport, WhatFailedSaysWhetherToTryAgain) {
    const auto report = read(make_sample(Ending::finished));
    const auto locked = item_of(report, "Assemblées/Film de 2019.mp4");
    EXPECT_EQ(locked.at("retryable"), true);
    EXPECT_EQ(locked.at("reasons")[0].at("code"), codes::server_locked);
    EXPECT_TRUE(locked.at("arrived").empty());
    EXPECT_EQ(item_of(report, "Comptabilité/Archives.zip").at("retryable"), false);
}

TEST(JsonReport, ADocumentThatCannotBeComparedIsNoCallForAttention) {
    const auto item = item_of(read(make_sample(Ending::finished)), "Divers/Ancien courrier.doc");
    EXPECT_EQ(item.at("verdict"), "check");
    EXPECT_EQ(item.at("attention"), false);
}

TEST(JsonReport, WhatWasLeftOutHasNoPlaceOnTheServer) {
    const auto item = item_of(read(make_sample(Ending::finished)), "Divers/raccourci");
    EXPECT_EQ(item.at("state"), "skipped");
    EXPECT_EQ(item.at("target"), "");
}

TEST(JsonReport, TellsTheJob) {
    const auto job = read(make_sample(Ending::stopped), Language::french).at("job");
    EXPECT_EQ(job.at("export").at("kind"), "takeout");
    EXPECT_EQ(job.at("export").at("paths").size(), 2u);
    EXPECT_EQ(job.at("destination"), "Association");
    EXPECT_EQ(job.at("choices")[0], "Convertis en OpenDocument : textes, tableurs.");
    EXPECT_EQ(job.at("phase"), "stopped");
    EXPECT_EQ(job.at("stopped_by").at("code"), codes::server_quota_exceeded);
}

TEST(JsonReport, KeepsTheNamesThatAreUtf8AndRepairsTheOthers) {
    const auto report = read(make_sample(Ending::finished)); // parsing alone refuses bytes that are no UTF-8
    EXPECT_NO_THROW((void)item_of(report, "Divers/" + std::string(kTurningName)));
    EXPECT_NO_THROW((void)item_of(report, "Divers/" + std::string(kControlName)));
    EXPECT_NO_THROW((void)item_of(report, "Divers/caf\ufffd.txt"));
}

TEST(JsonReport, TellsWhoSeesWhat) {
    const auto sample = make_sample(Ending::finished);
    EXPECT_TRUE(read(sample).at("shares").empty());
    const journal::ShareLine line{.path = "Asso/Bureau",
                                  .with = journal::SharedWith::group,
                                  .recipient = "bureau",
                                  .permissions = 15,
                                  .expires = std::chrono::sys_days(std::chrono::year(2027) / 1 / 31),
                                  .state = journal::ShareState::gone,
                                  .share_id = "17",
                                  .reasons = {Reason(codes::share_removed_since)}};
    ASSERT_TRUE(sample.journal->record_share(sample.id, line));
    const auto told = read(sample).at("shares").at(0);
    EXPECT_EQ(told.at("path"), "Asso/Bureau");
    EXPECT_EQ(told.at("with"), "group");
    EXPECT_EQ(told.at("recipient"), "bureau");
    EXPECT_EQ(told.at("permissions"), 15);
    EXPECT_EQ(told.at("expires"), "2027-01-31");
    EXPECT_EQ(told.at("state"), "gone");
    EXPECT_EQ(told.at("share_id"), "17");
    EXPECT_EQ(told.at("reasons").at(0).at("code"), codes::share_removed_since);
}

} // namespace passerelle::report
