// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/undo.hpp"

#include "core/reason_codes.hpp"
#include "tests/unit/daemon/jobs/memory_sharing.hpp"
#include "tests/unit/daemon/jobs/workbench.hpp"

#include <gmock/gmock.h>
#include <map>

namespace passerelle::jobs {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;

class Undo : public ::testing::Test {
  protected:
    void SetUp() override {
        bench.server.put_directly("Courrier/lettre.txt", "était là avant");
        bench.fill();
        ASSERT_TRUE(bench.migrate());
        job = bench.journal->jobs().value().at(0).id;
    }
    UndoTools tools() { return {*bench.journal, bench.server, bench.state_folder, 2}; }
    std::vector<UndoneThing> undo() {
        auto things = jobs::undo(job, tools(), bench.progress, {});
        EXPECT_TRUE(things) << things.error().code;
        return things ? *things : std::vector<UndoneThing>();
    }
    /// Why what stays does, by path.
    static std::map<std::string, std::string> left(const std::vector<UndoneThing>& things) {
        std::map<std::string, std::string> left;
        for (const auto& thing : things)
            if (!thing.removed) left[thing.path] = thing.reason ? thing.reason->code : "(no reason)";
        return left;
    }

    Workbench bench;
    JobId job;
};

} // namespace

TEST_F(Undo, TakesAwayAllThatTheJobBroughtAndNothingElse) {
    const auto things = undo();
    EXPECT_THAT(left(things), IsEmpty());
    EXPECT_THAT(bench.server.tree(), ::testing::UnorderedElementsAre(Key("Courrier"), Key("Courrier/lettre.txt")));
    const auto statement = bench.journal->statement(job).value();
    EXPECT_TRUE(statement.adds_up());
    EXPECT_EQ(statement.skipped.items, statement.seen.items);
    EXPECT_EQ(statement.arrived_bytes, 0u);
    for (const auto& line : bench.ledger(job))
        EXPECT_EQ(line.reasons.back().code, codes::undo_removed) << line.source_path;
    EXPECT_EQ(bench.journal->job(job).value()->stopped_by->code, codes::job_undone);
}

TEST_F(Undo, ALookChangesNothingAndSaysTheSame) {
    bench.server.put_directly("Drive/Photos/affiche.png", "retouchée");
    const auto before = bench.server.tree();
    const auto ledger = bench.ledger(job);
    const auto look = preview_undo(job, tools(), {});
    ASSERT_TRUE(look);
    EXPECT_EQ(bench.server.tree(), before);
    EXPECT_EQ(bench.journal->job(job).value()->stopped_by, std::nullopt);
    const auto sorted = [](std::vector<UndoneThing> things) {
        std::map<std::string, bool> by_path;
        for (const auto& thing : things)
            by_path[thing.path] = thing.removed;
        return by_path;
    };
    EXPECT_EQ(sorted(undo()), sorted(*look));
}

TEST_F(Undo, WhatSomebodyTouchedStaysAndIsTold) {
    bench.server.put_directly("Drive/Photos/affiche.png", "retouchée");
    bench.server.put_directly("Drive/Comptes rendus/2024/janvier.odt", "corrigé");
    bench.server.put_directly("Drive/Comptes rendus/autre.txt", "d'ailleurs");
    ASSERT_TRUE(bench.server.remove("Drive/Photos/film.mov", {}, {}));
    const auto things = undo();
    const auto why = left(things);
    EXPECT_THAT(why, Contains(Pair("Drive/Photos/affiche.png", codes::undo_changed_since)));
    EXPECT_THAT(why, Contains(Pair("Drive/Comptes rendus/2024/janvier.odt", codes::undo_changed_since)));
    EXPECT_THAT(why, Contains(Pair("Drive/Photos/film.mov", codes::undo_gone_already)));
    EXPECT_THAT(why, Contains(Pair("Drive/Photos", codes::undo_folder_not_empty)));
    EXPECT_THAT(why, Contains(Pair("Drive/Comptes rendus", codes::undo_folder_not_empty)));
    const auto tree = bench.server.tree();
    EXPECT_EQ(tree.at("Drive/Photos/affiche.png").bytes, "retouchée");
    EXPECT_EQ(tree.at("Drive/Comptes rendus/autre.txt").bytes, "d'ailleurs");
    EXPECT_THAT(tree, Not(Contains(Key("Drive/Originaux")))) << "the original had not been touched";
    EXPECT_THAT(tree, Not(Contains(Key("Drive/Vide"))));
    EXPECT_EQ(bench.line("Comptes rendus/2024/janvier.docx").state, ItemState::done) << "a part of it is there";
    EXPECT_EQ(bench.line("Photos/film.mov").state, ItemState::skipped);
}

TEST_F(Undo, AFileThatChangesAtThatVeryMomentStays) {
    bench.server.fault = [&](std::size_t, const std::string& verb, const std::string& path) -> std::optional<Fault> {
        if (verb != "DELETE" || path != "Drive/Photos/affiche.png") return std::nullopt;
        return Fault{Fault::When::before, Error(ErrorKind::conflict, codes::target_changed, path)};
    };
    EXPECT_THAT(left(undo()), Contains(Pair("Drive/Photos/affiche.png", codes::undo_changed_since)));
    EXPECT_THAT(bench.server.tree(), Contains(Key("Drive/Photos/affiche.png")));
}

TEST_F(Undo, FoldersThatWereThereStay) {
    Workbench other;
    other.server.put_directly("Drive/Photos/avant.jpg", "avant");
    ASSERT_TRUE(other.server.remove("Drive/Photos/avant.jpg", {}, {}));
    other.fill();
    ASSERT_TRUE(other.migrate());
    const auto things = jobs::undo(other.journal->jobs().value().at(0).id,
                                   {*other.journal, other.server, other.state_folder, 2}, other.progress, {});
    ASSERT_TRUE(things);
    EXPECT_THAT(left(*things), ::testing::ElementsAre(Pair("Drive/Photos", codes::undo_folder_was_there)));
    EXPECT_THAT(other.server.tree(), ::testing::UnorderedElementsAre(Key("Drive"), Key("Drive/Photos")));
}

TEST_F(Undo, SharesGoToo) {
    MemorySharing sharing;
    bench.server.sharing_of_the_test = &sharing;
    for (const auto* with : {"bob", "carol", "dave"}) {
        const auto share = sharing.create({.path = "Drive/Photos", .share_with = with, .permissions = 1}, {}).value();
        const bool made = std::string(with) != "dave";
        ASSERT_TRUE(
            bench.journal->record_share(job, {.path = "Drive/Photos",
                                              .recipient = with,
                                              .permissions = 1,
                                              .state = made ? journal::ShareState::made : journal::ShareState::left,
                                              .share_id = share.id}));
    }
    ASSERT_TRUE(sharing.change(sharing.shares.at(1).id, {.permissions = 15}, {}));
    const auto why = left(undo());
    EXPECT_THAT(why, Contains(Pair("Drive/Photos", codes::undo_share_changed)));
    EXPECT_THAT(sharing.given(), ::testing::ElementsAre("Drive/Photos carol 15", "Drive/Photos dave 1"));
    const auto lines = bench.journal->shares(job).value();
    EXPECT_EQ(lines.at(0).state, journal::ShareState::undone);
    EXPECT_EQ(lines.at(1).state, journal::ShareState::made);
    EXPECT_EQ(lines.at(2).state, journal::ShareState::left);
}

/// Others may have come in, and been given more than the migration gave.
TEST_F(Undo, ATeamThatWasMadeStaysAndIsTold) {
    MemorySharing sharing;
    bench.server.sharing_of_the_test = &sharing;
    const auto made = sharing.create_team("Bureau", {}).value();
    ASSERT_TRUE(bench.journal->record_made_team(job, {.name = "Bureau", .id = made.id, .members = {"bob"}}));
    ASSERT_TRUE(bench.journal->record_made_team(job, {.name = "Dissoute", .id = "id of Dissoute"}));
    ASSERT_TRUE(bench.journal->record_made_team(job, {.name = "Jamais faite"}));
    EXPECT_THAT(left(undo()), ::testing::ElementsAre(Pair("Bureau", codes::undo_team_stays)));
    EXPECT_TRUE(sharing.teams.contains("Bureau"));
}

TEST_F(Undo, CutInTheMiddleItGoesOn) {
    std::size_t deletions = 0;
    bench.server.fault = [&](std::size_t, const std::string& verb, const std::string& path) -> std::optional<Fault> {
        if (verb != "DELETE" || ++deletions != 5) return std::nullopt;
        return Fault{Fault::When::after, Error(ErrorKind::retryable, codes::server_connection_lost, path)};
    };
    const auto cut = jobs::undo(job, tools(), bench.progress, {});
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().code, codes::server_connection_lost);
    EXPECT_EQ(bench.journal->job(job).value()->stopped_by, std::nullopt);
    bench.server.fault = {};
    undo();
    EXPECT_THAT(bench.server.tree(), ::testing::UnorderedElementsAre(Key("Courrier"), Key("Courrier/lettre.txt")));
    EXPECT_THAT(undo(), IsEmpty()) << "there is nothing left to be undone";
}

TEST_F(Undo, WhatWasUndoneCanBeBroughtAgain) {
    const auto before = bench.server.tree();
    undo();
    const auto again = bench.prepare();
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->known);
    ASSERT_TRUE(run(again->job, bench.tools(), bench.progress, {}));
    EXPECT_EQ(bench.server.tree(), before);
}

TEST_F(Undo, OfASynchronisationOnlyWhatIsNewGoes) {
    bench.source.set_fingerprint("export-2");
    bench.source.add_file("Photos/nouvelle.jpg", "nouvelle");
    bench.order.choices.synchronise = Gone::keep;
    bench.source.change("Photos/film.mov", "un autre film");
    ASSERT_TRUE(bench.migrate());
    job = bench.journal->jobs().value().at(0).id;
    const auto why = left(undo());
    EXPECT_THAT(why, Contains(Pair("Drive/Photos/film.mov", codes::undo_replaced)));
    const auto tree = bench.server.tree();
    EXPECT_EQ(tree.at("Drive/Photos/film.mov").bytes, "un autre film");
    EXPECT_THAT(tree, Not(Contains(Key("Drive/Photos/nouvelle.jpg"))));
    EXPECT_THAT(tree, Contains(Key("Drive/Photos/affiche.png")));
}

} // namespace passerelle::jobs
