// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/migration.hpp"

#include "core/reason_codes.hpp"
#include "tests/unit/daemon/jobs/workbench.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

namespace passerelle::jobs {
namespace {

bool has_reason(const journal::Item& item, std::string_view code) {
    return std::ranges::any_of(item.reasons, [&](const Reason& reason) { return reason.code == code; });
}

} // namespace

TEST(Migration, BringsTheTreeWithNamesDatesStarsAndConversions) {
    Workbench bench;
    bench.fill();
    const auto statement = bench.migrate();
    ASSERT_TRUE(statement) << statement.error().code << statement.error().message;
    EXPECT_TRUE(statement->adds_up());
    EXPECT_EQ(statement->done.items, statement->seen.items);
    EXPECT_EQ(statement->converted, 1u);

    const auto tree = bench.server.tree();
    EXPECT_EQ(tree.at("Drive/Comptes rendus/2024/janvier.odt").bytes, "ODF of ordre du jour");
    EXPECT_EQ(tree.at("Drive/Originaux/Comptes rendus/2024/janvier.docx").bytes, "ordre du jour");
    EXPECT_EQ(tree.at("Drive/Comptes rendus/2024/codes.docx").bytes, "secret");
    EXPECT_FALSE(tree.contains("Drive/Comptes rendus/2024/codes.odt"));
    EXPECT_TRUE(tree.at("Drive/Comptes rendus/2024/notes.txt").favorite);
    EXPECT_EQ(tree.at("Drive/Comptes rendus").modified, 1'500'000'000);
    EXPECT_EQ(tree.at("Drive/Comptes rendus/2024").modified, 1'500'000'001);
    EXPECT_EQ(tree.at("Drive/Photos/affiche.png").created, 1'550'000'000);
    EXPECT_TRUE(tree.at("Drive/Vide").folder);
    EXPECT_EQ(bench.line("Comptes rendus/2024/codes.docx").verdict, VerdictKind::kept);
}

/// A server with the companion app.
void install_companion(Workbench& bench) {
    bench.server.profile_to_change().ingest = nextcloud::Ingest{.max_batch_bytes = 32 * kMiB, .max_batch_parts = 500};
}

TEST(Migration, TheCompanionMakesTheSameTreeWithoutARequestAFolder) {
    Workbench plain;
    plain.fill();
    ASSERT_TRUE(plain.migrate());
    Workbench bench;
    install_companion(bench);
    bench.fill();
    const auto statement = bench.migrate();
    ASSERT_TRUE(statement) << statement.error().code << statement.error().message;
    EXPECT_TRUE(statement->adds_up());
    EXPECT_EQ(statement->done.items, statement->seen.items);
    EXPECT_EQ(bench.server.tree(), plain.server.tree());
    for (const std::string& verb : bench.server.verbs()) {
        EXPECT_FALSE(verb.starts_with("MKCOL")) << verb;
        EXPECT_FALSE(verb.starts_with("PUT")) << verb;
    }
}

TEST(Migration, TheCompanionNeverOverwritesEither) {
    Workbench bench;
    install_companion(bench);
    bench.fill();
    ASSERT_TRUE(bench.prepare());
    bench.server.put_directly("Drive/Photos/film.mov", "another film");
    ASSERT_TRUE(bench.migrate());
    EXPECT_EQ(bench.server.tree().at("Drive/Photos/film.mov").bytes, "another film");
    EXPECT_EQ(bench.server.tree().at("Drive/Photos/film (2).mov").bytes.size(), 2 * kMiB);
    EXPECT_TRUE(has_reason(bench.line("Photos/film.mov"), codes::target_exists_beside));
}

TEST(Migration, WhatTheCompanionTookWithoutOurHearingOfItIsNotSentAgain) {
    Workbench bench;
    install_companion(bench);
    bench.fill();
    bench.server.fault = [](std::size_t, const std::string& verb, const std::string&) -> std::optional<Fault> {
        if (verb != "BULK") return std::nullopt;
        return Fault{Fault::When::after, Error(ErrorKind::retryable, codes::server_connection_lost, "")};
    };
    const auto statement = bench.migrate();
    ASSERT_TRUE(statement) << statement.error().code << statement.error().message;
    EXPECT_EQ(statement->done.items, statement->seen.items);
    for (const auto& [path, times] : bench.server.writes())
        EXPECT_EQ(times, 1) << path;
    EXPECT_FALSE(bench.server.tree().contains("Drive/Photos/film (2).mov"));
}

TEST(Migration, ASecondTimeSendsNothing) {
    Workbench bench;
    bench.fill();
    ASSERT_TRUE(bench.migrate());
    const auto calls = bench.server.calls();
    const auto again = bench.prepare();
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->known);
    ASSERT_TRUE(run(again->job, bench.tools(), bench.progress, {}));
    EXPECT_EQ(bench.server.calls(), calls);
}

TEST(Migration, ALaterExportOfTheSameSendsOnlyWhatChanged) {
    Workbench bench;
    bench.fill();
    ASSERT_TRUE(bench.migrate());
    const auto before = bench.server.writes();
    bench.source.set_fingerprint("export-2");
    bench.source.add_file("Photos/nouvelle.jpg", "new");
    const auto statement = bench.migrate();
    ASSERT_TRUE(statement);
    EXPECT_TRUE(statement->adds_up());
    auto expected = before;
    expected["Drive/Photos/nouvelle.jpg"] = 1;
    EXPECT_EQ(bench.server.writes(), expected);
    EXPECT_TRUE(has_reason(bench.line("Comptes rendus/2024/janvier.docx"), codes::delta_unchanged));
}

TEST(Migration, NeverOverwritesWhatSomebodyPutThereMeanwhile) {
    Workbench bench;
    bench.fill();
    ASSERT_TRUE(bench.prepare());
    bench.server.put_directly("Drive/Photos/film.mov", "another film");
    ASSERT_TRUE(bench.migrate());
    EXPECT_EQ(bench.server.tree().at("Drive/Photos/film.mov").bytes, "another film");
    EXPECT_EQ(bench.server.tree().at("Drive/Photos/film (2).mov").bytes.size(), 2 * kMiB);
    EXPECT_TRUE(has_reason(bench.line("Photos/film.mov"), codes::target_exists_beside));
}

TEST(Migration, TheSameBytesNeedNoSecondCopy) {
    Workbench bench;
    bench.source.add_file("a.txt", "same");
    bench.server.put_directly("Drive/a.txt", "same");
    const auto statement = bench.migrate();
    ASSERT_TRUE(statement);
    EXPECT_EQ(statement->skipped.items, 1u);
    EXPECT_TRUE(has_reason(bench.line("a.txt"), codes::target_identical));
    EXPECT_TRUE(bench.server.writes().empty());
}

TEST(Migration, ADamagedEntryCostsItselfAlone) {
    Workbench bench;
    bench.fill();
    bench.source.damage("Photos/affiche.png");
    const auto statement = bench.migrate();
    ASSERT_TRUE(statement);
    EXPECT_EQ(statement->failed.items, 1u);
    EXPECT_EQ(statement->done.items + 1, statement->seen.items);
    EXPECT_TRUE(has_reason(bench.line("Photos/affiche.png"), codes::source_bytes_differ));
    EXPECT_FALSE(bench.server.tree().contains("Drive/Photos/affiche.png"));
}

TEST(Migration, AFileThatTheServerLocksFailsAndARetryBringsIt) {
    Workbench bench;
    bench.fill();
    bench.server.fault = [](std::size_t, const std::string& verb, const std::string& path) -> std::optional<Fault> {
        if (verb != "PUT" || !path.ends_with("film.mov")) return std::nullopt;
        return Fault{Fault::When::before, Error(ErrorKind::retryable, codes::server_locked, "")};
    };
    const auto statement = bench.migrate();
    ASSERT_TRUE(statement);
    EXPECT_EQ(statement->retryable, 1u);

    bench.server.fault = nullptr;
    const auto job = bench.prepare().value().job;
    EXPECT_EQ(bench.journal->reset_failed(job, true).value(), 1u);
    const auto after = run(job, bench.tools(), bench.progress, {});
    ASSERT_TRUE(after);
    EXPECT_EQ(after->done.items, after->seen.items);
}

TEST(Migration, AWrongPasswordStopsAtOnceAndTheJobCanGoOn) {
    Workbench bench;
    bench.fill();
    const auto job = bench.prepare().value().job;
    bench.server.fault = [](std::size_t, const std::string&, const std::string&) {
        return std::optional(Fault{Fault::When::before, Error(ErrorKind::job, codes::server_unauthorized, "")});
    };
    const auto calls = bench.server.calls();
    const auto statement = run(job, bench.tools(), bench.progress, {});
    ASSERT_FALSE(statement);
    EXPECT_EQ(statement.error().code, codes::server_unauthorized);
    EXPECT_LE(bench.server.calls() - calls, 2u); // one for each connection at most
    EXPECT_EQ(bench.journal->job(job).value()->stopped_by->code, codes::server_unauthorized);

    bench.server.fault = nullptr;
    EXPECT_TRUE(run(job, bench.tools(), bench.progress, {}));
}

TEST(Migration, OneFileThatBreaksEveryConnectionDoesNotStopTheOthers) {
    Workbench bench;
    bench.fill();
    bench.server.fault = [](std::size_t, const std::string& verb, const std::string& path) -> std::optional<Fault> {
        if (verb != "PUT" || !path.ends_with("film.mov")) return std::nullopt;
        return Fault{Fault::When::before, Error(ErrorKind::retryable, codes::server_connection_lost, "")};
    };
    const auto statement = bench.migrate();
    ASSERT_TRUE(statement);
    EXPECT_EQ(statement->failed.items, 1u);
    EXPECT_EQ(statement->done.items + 1, statement->seen.items);
}

TEST(Migration, TooLittleSpaceIsSaidBeforeAnythingMoves) {
    Workbench bench;
    bench.fill();
    bench.server.quota_answer.free_bytes = 1000;
    const auto preparation = bench.prepare();
    ASSERT_FALSE(preparation);
    EXPECT_EQ(preparation.error().code, codes::server_no_space);
    EXPECT_TRUE(bench.server.tree().empty());
}

TEST(Migration, AnExportThatChangedIsNotMistakenForTheOneThatWasPlanned) {
    Workbench bench;
    bench.fill();
    const auto job = bench.prepare().value().job;
    bench.source.set_fingerprint("export-2");
    const auto statement = run(job, bench.tools(), bench.progress, {});
    ASSERT_FALSE(statement);
    EXPECT_EQ(statement.error().code, codes::export_changed);
}

TEST(Migration, OriginalsAreDiscardedOnlyWhereTheVerdictIsFaithful) {
    Workbench bench;
    bench.fill();
    bench.order.choices.originals = Originals::discard;
    ASSERT_TRUE(bench.migrate());
    const auto tree = bench.server.tree();
    EXPECT_TRUE(tree.contains("Drive/Comptes rendus/2024/janvier.odt"));
    for (const auto& [path, entry] : tree)
        EXPECT_FALSE(path.ends_with("janvier.docx")) << path;
    EXPECT_TRUE(tree.contains("Drive/Comptes rendus/2024/codes.docx"));
}

TEST(Migration, AnArchiveThatIsReadInItsOrderIsCopiedToScratchAndScratchIsEmptiedAgain) {
    Workbench bench;
    bench.fill();
    bench.source.random_access_ = false;
    ASSERT_TRUE(bench.migrate());
    EXPECT_EQ(bench.server.tree().at("Drive/Photos/film.mov").bytes.size(), 2 * kMiB);
    EXPECT_TRUE(std::filesystem::is_empty(bench.state_folder / "jobs"));
}

TEST(Migration, TwoProcessesDoNotRunTheSameJob) {
    Workbench bench;
    bench.fill();
    const auto job = bench.prepare().value().job;
    std::optional<std::string> second;
    bench.server.fault = [&](std::size_t, const std::string&, const std::string&) -> std::optional<Fault> {
        if (!second) {
            ProgressBoard board;
            Tools tools = bench.tools();
            const auto other = run(job, tools, board, {});
            second = other ? "ran" : other.error().code;
        }
        return std::nullopt;
    };
    ASSERT_TRUE(run(job, bench.tools(), bench.progress, {}));
    EXPECT_EQ(second, codes::job_running);
}

TEST(Migration, OnlyWhatIsFaithfulIsConvertedWhereThatIsAsked) {
    Workbench bench;
    bench.order.choices.convert.only_faithful = true;
    bench.source.add_file("Bilan.docx", "plain");
    bench.source.add_file("Statuts.docx", "moved");
    const auto statement = bench.migrate();
    ASSERT_TRUE(statement);
    EXPECT_TRUE(statement->adds_up());
    const auto tree = bench.server.tree();
    EXPECT_EQ(tree.at("Drive/Bilan.odt").bytes, "ODF of plain");
    EXPECT_EQ(tree.at("Drive/Statuts.docx").bytes, "moved");
    EXPECT_FALSE(tree.contains("Drive/Statuts.odt"));
    const auto line = bench.line("Statuts.docx");
    EXPECT_EQ(line.verdict, VerdictKind::kept);
    EXPECT_TRUE(has_reason(line, codes::convert_only_faithful));
    EXPECT_TRUE(has_reason(line, codes::convert_order_differs));
}

TEST(Migration, AFileThatLiesAboutItsKindIsNamedByWhatItIs) {
    Workbench bench;
    bench.source.add_file("Budget.docx", "a table");
    bench.source.add_file("Budget.doc", "another table");
    bench.source.add_file("Comptes.docx", "the table of 2023");
    bench.source.add_file("Comptes.ods", "somebody else's");
    const auto statement = bench.migrate();
    ASSERT_TRUE(statement);
    EXPECT_TRUE(statement->adds_up());
    const auto tree = bench.server.tree();
    EXPECT_EQ(tree.at("Drive/Comptes.ods").bytes, "somebody else's");
    EXPECT_EQ(tree.at("Drive/Comptes (2).ods").bytes, "ODF of the table of 2023");
    EXPECT_FALSE(tree.contains("Drive/Comptes.odt"));
    EXPECT_EQ(bench.line("Comptes.docx").upload(journal::Role::main)->target, "Drive/Comptes (2).ods");
    const Reason named(codes::convert_by_content, {{"after", "Comptes (2).ods"}});
    const auto reasons = bench.line("Comptes.docx").reasons;
    EXPECT_EQ(std::count(reasons.begin(), reasons.end(), named), 1);
    const std::set<std::string> both{tree.at("Drive/Budget.ods").bytes, tree.at("Drive/Budget (2).ods").bytes};
    EXPECT_EQ(both, (std::set<std::string>{"ODF of a table", "ODF of another table"}));
}

TEST(Migration, AKindThatIsNotChosenIsKeptWhateverTheName) {
    Workbench bench;
    bench.order.choices.convert.spreadsheets = false;
    bench.source.add_file("Budget.docx", "a table");
    ASSERT_TRUE(bench.migrate());
    EXPECT_EQ(bench.server.tree().at("Drive/Budget.docx").bytes, "a table");
    EXPECT_TRUE(has_reason(bench.line("Budget.docx"), codes::convert_not_chosen));
}

TEST(Migration, AnOriginalIsDiscardedOnlyAfterACompleteComparison) {
    Workbench bench;
    bench.order.choices.originals = Originals::discard;
    bench.source.add_file("Bilan.docx", "plain");
    bench.source.add_file("Statuts.doc", "old");
    ASSERT_TRUE(bench.migrate());
    const auto tree = bench.server.tree();
    std::size_t originals = 0;
    for (const auto& [path, file] : tree) {
        EXPECT_NE(file.bytes, "plain") << path;
        if (file.bytes == "old") ++originals;
    }
    EXPECT_EQ(originals, 1u);
}

TEST(Choices, OfAJobFromBeforeOnlyFaithfulCouldBeAskedStayTheSame) {
    const plan::Choices choices;
    EXPECT_EQ(choices_to_text(choices).find("only_faithful"), std::string::npos);
    EXPECT_FALSE(choices_from_text(choices_to_text(choices)).convert.only_faithful);
}

TEST(Choices, AreReadBackAsTheyWereWritten) {
    plan::Choices choices{.destination = "Été",
                          .convert = {true, false, true, true},
                          .originals = Originals::beside,
                          .include = {"*.docx"},
                          .exclude = {"Photos/**"},
                          .language = Language::english};
    const auto back = choices_from_text(choices_to_text(choices));
    EXPECT_EQ(choices_to_text(back), choices_to_text(choices));
    EXPECT_EQ(back.destination, "Été");
    EXPECT_EQ(back.convert, choices.convert);
    EXPECT_EQ(back.exclude, choices.exclude);
}

} // namespace passerelle::jobs
