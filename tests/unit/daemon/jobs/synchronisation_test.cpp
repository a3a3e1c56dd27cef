// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "tests/unit/daemon/jobs/workbench.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <set>

namespace passerelle::jobs {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Not;
using ::testing::StartsWith;

/// What a person has in Drive, exported again and again.
struct DriveAccount {
    std::map<std::string, std::string> drive{
        {"Bureau/liste.txt", "Anne, Bernard"},       {"Bureau/plan.docx", "ordre du jour"},
        {"Archives/statuts.txt", "article premier"}, {"Archives/bail.txt", "le bailleur"},
        {"Photos/affiche.png", "une affiche"},       {"Photos/film.mov", "un film"}};
    Workbench bench;

    void load() {
        bench.source.begin_anew("export-" + std::to_string(++exports_));
        std::set<std::string> folders;
        for (const auto& [path, bytes] : drive)
            for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1))
                if (const auto folder = path.substr(0, slash); folders.insert(folder).second)
                    bench.source.add_folder(folder).modified = from_epoch(1'500'000'000);
        for (const auto& [path, bytes] : drive)
            bench.source.add_file(path, bytes);
    }
    void migrate() {
        load();
        const auto statement = bench.migrate();
        ASSERT_TRUE(statement) << statement.error().code;
        ASSERT_EQ(statement->failed.items, 0u);
    }
    /// Planned, and ready for what comes between.
    JobId plan(Gone gone = Gone::keep) {
        load();
        bench.order.choices.synchronise = gone;
        return bench.prepare().value().job;
    }
    journal::Statement run(JobId job) {
        verbs_before_ = bench.server.verbs().size();
        auto statement = jobs::run(job, bench.tools(), bench.progress, {});
        EXPECT_TRUE(statement) << statement.error().code;
        if (!statement) return {};
        EXPECT_TRUE(statement->adds_up());
        EXPECT_EQ(statement->pending.items, 0u);
        return *statement;
    }
    journal::Statement synchronise(Gone gone = Gone::keep) { return run(plan(gone)); }

    /// The requests of the last run that change something.
    std::vector<std::string> changes() const {
        auto verbs = bench.server.verbs();
        verbs.erase(verbs.begin(), verbs.begin() + static_cast<std::ptrdiff_t>(verbs_before_));
        std::erase_if(verbs, [](const std::string& verb) {
            return verb.starts_with("FIND") || verb.starts_with("LIST") || verb.starts_with("HASH");
        });
        return verbs;
    }
    std::string at(const std::string& path) const {
        const auto tree = bench.server.tree();
        const auto found = tree.find(path);
        return found == tree.end() ? "(nothing)" : found->second.bytes;
    }
    std::vector<std::string> codes(const std::string& source_path) {
        std::vector<std::string> codes;
        for (const auto& reason : bench.line(source_path).reasons)
            codes.push_back(reason.code);
        return codes;
    }

    int exports_ = 0;
    std::size_t verbs_before_ = 0;
};

class Synchronised : public ::testing::Test, protected DriveAccount {};

} // namespace

TEST_F(Synchronised, WhatHasNotChangedCostsNoRequest) {
    migrate();
    const auto before = bench.server.tree();
    const auto calls = bench.server.calls();
    const auto job = plan();
    EXPECT_LE(bench.server.calls() - calls, 3u) << "the destination alone is looked at";
    const auto statement = run(job);
    EXPECT_EQ(statement.skipped.items, statement.seen.items);
    EXPECT_THAT(changes(), IsEmpty());
    EXPECT_EQ(bench.server.tree(), before);
    EXPECT_THAT(codes("Bureau/plan.docx"), ElementsAre(codes::delta_unchanged));
    EXPECT_THAT(codes("Bureau"), ElementsAre(codes::delta_unchanged));
    EXPECT_EQ(bench.converter.conversions, 1);
}

TEST_F(Synchronised, WhatHasChangedTakesThePlaceOfWhatHadArrived) {
    migrate();
    drive["Photos/film.mov"] = "un film plus long";
    drive["Bureau/plan.docx"] = "ordre du jour, corrigé";
    drive["Photos/nouvelle.jpg"] = "nouvelle";
    const auto statement = synchronise();
    EXPECT_EQ(statement.done.items, 5u) << "and the two folders, for their times";
    EXPECT_EQ(at("Drive/Photos/film.mov"), "un film plus long");
    EXPECT_EQ(at("Drive/Bureau/plan.odt"), "ODF of ordre du jour, corrigé");
    EXPECT_EQ(at("Drive/Originaux/Bureau/plan.docx"), "ordre du jour, corrigé");
    EXPECT_EQ(at("Drive/Photos/nouvelle.jpg"), "nouvelle");
    EXPECT_EQ(bench.converter.conversions, 2) << "only what has changed is converted again";
    EXPECT_THAT(codes("Photos/film.mov"), ElementsAre(codes::delta_replaced));
    EXPECT_EQ(bench.server.tree().at("Drive/Photos").modified, 1'500'000'000);
    EXPECT_THAT(bench.server.tree(), Not(Contains(Key(::testing::HasSubstr("(2)")))));
}

TEST_F(Synchronised, TheNextOneStartsFromWhatThisOneLeft) {
    migrate();
    drive["Photos/film.mov"] = "deuxième";
    synchronise();
    drive["Photos/film.mov"] = "troisième";
    drive["Bureau/plan.docx"] = "encore un autre";
    synchronise();
    EXPECT_EQ(at("Drive/Photos/film.mov"), "troisième");
    EXPECT_EQ(at("Drive/Bureau/plan.odt"), "ODF of encore un autre");
    synchronise();
    EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(Synchronised, WhatSomebodyEditedHereIsNeverOverwritten) {
    migrate();
    bench.server.put_directly("Drive/Photos/film.mov", "monté ici");
    bench.server.put_directly("Drive/Bureau/plan.odt", "corrigé ici");
    bench.server.put_directly("Drive/Photos/affiche.png", "retouchée ici");
    drive["Photos/film.mov"] = "un film plus long";
    drive["Bureau/plan.docx"] = "corrigé là-bas";
    synchronise();
    EXPECT_EQ(at("Drive/Photos/film.mov"), "monté ici");
    EXPECT_EQ(at("Drive/Photos/film (2).mov"), "un film plus long");
    EXPECT_EQ(at("Drive/Bureau/plan.odt"), "corrigé ici");
    EXPECT_EQ(at("Drive/Bureau/plan (2).odt"), "ODF of corrigé là-bas");
    EXPECT_EQ(at("Drive/Originaux/Bureau/plan.docx"), "corrigé là-bas") << "nobody had touched that one";
    EXPECT_EQ(at("Drive/Photos/affiche.png"), "retouchée ici") << "nothing new has come for it";
    EXPECT_THAT(codes("Photos/film.mov"), Contains(codes::delta_changed_here));
    EXPECT_THAT(codes("Bureau/plan.docx"), Contains(codes::delta_changed_here));
}

TEST_F(Synchronised, NorWhatSomebodyEditsWhileItRuns) {
    migrate();
    drive["Photos/film.mov"] = "un film plus long";
    drive["Photos/affiche.png"] = "une autre affiche";
    const auto job = plan();
    bench.server.put_directly("Drive/Photos/film.mov", "monté entre-temps");
    ASSERT_TRUE(bench.server.remove("Drive/Photos/affiche.png", {}, {}));
    run(job);
    EXPECT_EQ(at("Drive/Photos/film.mov"), "monté entre-temps");
    EXPECT_EQ(at("Drive/Photos/film (2).mov"), "un film plus long");
    EXPECT_EQ(at("Drive/Photos/affiche.png"), "une autre affiche");
    EXPECT_THAT(codes("Photos/affiche.png"), IsEmpty()) << "nothing was replaced, and nobody's work stands beside";
    EXPECT_THAT(codes("Photos/film.mov"), ElementsAre(codes::delta_changed_here, codes::target_exists_beside))
        << "not that it was replaced";
}

TEST_F(Synchronised, WhatSomebodyRemovedHereComesBackOnlyWhenItChanges) {
    migrate();
    ASSERT_TRUE(bench.server.remove("Drive/Photos/film.mov", {}, {}));
    ASSERT_TRUE(bench.server.remove("Drive/Photos/affiche.png", {}, {}));
    drive["Photos/film.mov"] = "un film plus long";
    synchronise();
    EXPECT_EQ(at("Drive/Photos/film.mov"), "un film plus long");
    EXPECT_EQ(at("Drive/Photos/affiche.png"), "(nothing)");
}

TEST_F(Synchronised, WhatTheSourceRenamedMovesAlong) {
    migrate();
    for (const auto* path : {"Bureau/plan.docx", "Bureau/liste.txt"})
        drive["Bureau 2025/" + std::string(path).substr(7)] = drive.extract(path).mapped();
    drive["Photos/le film.mov"] = drive.extract("Photos/film.mov").mapped();
    const auto writes = bench.server.writes();
    synchronise();
    EXPECT_EQ(bench.server.writes(), writes) << "no bytes travel";
    EXPECT_EQ(bench.converter.conversions, 1);
    EXPECT_EQ(at("Drive/Bureau 2025/plan.odt"), "ODF of ordre du jour");
    EXPECT_EQ(at("Drive/Originaux/Bureau 2025/plan.docx"), "ordre du jour");
    EXPECT_EQ(at("Drive/Bureau 2025/liste.txt"), "Anne, Bernard");
    EXPECT_EQ(at("Drive/Photos/le film.mov"), "un film");
    EXPECT_EQ(at("Drive/Bureau/plan.odt"), "(nothing)");
    EXPECT_EQ(at("Drive/Photos/film.mov"), "(nothing)");
    EXPECT_EQ(bench.line("Photos/le film.mov").action, Action::move);
    EXPECT_THAT(codes("Bureau"), ElementsAre(codes::delta_gone_from_source)) << "the folder itself stays";

    drive["Bureau 2025/plan.docx"] = "ordre du jour, corrigé";
    synchronise();
    EXPECT_EQ(at("Drive/Bureau 2025/plan.odt"), "ODF of ordre du jour, corrigé") << "and is known in its new place";
    EXPECT_EQ(at("Drive/Originaux/Bureau 2025/plan.docx"), "ordre du jour, corrigé");
}

TEST_F(Synchronised, WhatCannotMoveArrivesASecondTime) {
    migrate();
    drive["Photos/le film.mov"] = drive.extract("Photos/film.mov").mapped();
    drive["Bureau/le plan.docx"] = drive.extract("Bureau/plan.docx").mapped();
    const auto job = plan();
    bench.server.put_directly("Drive/Photos/film.mov", "monté ici");
    bench.server.put_directly("Drive/Bureau/plan.odt", "corrigé ici");
    run(job);
    EXPECT_EQ(at("Drive/Photos/film.mov"), "monté ici");
    EXPECT_EQ(at("Drive/Photos/le film.mov"), "un film");
    EXPECT_EQ(at("Drive/Bureau/plan.odt"), "corrigé ici");
    EXPECT_EQ(at("Drive/Bureau/le plan.odt"), "ODF of ordre du jour");
    EXPECT_EQ(at("Drive/Originaux/Bureau/le plan.docx"), "ordre du jour");
    EXPECT_THAT(codes("Photos/le film.mov"), ElementsAre(codes::delta_not_moved)) << "not that it has moved";
    EXPECT_EQ(bench.line("Bureau/le plan.docx").action, Action::convert);
}

TEST_F(Synchronised, AnOriginalThatSomebodyTouchedStaysBehind) {
    migrate();
    drive["Bureau 2025/plan.docx"] = drive.extract("Bureau/plan.docx").mapped();
    const auto job = plan();
    bench.server.put_directly("Drive/Originaux/Bureau/plan.docx", "annoté ici");
    run(job);
    EXPECT_EQ(at("Drive/Bureau 2025/plan.odt"), "ODF of ordre du jour");
    EXPECT_EQ(at("Drive/Originaux/Bureau/plan.docx"), "annoté ici");
    EXPECT_THAT(codes("Bureau 2025/plan.docx"), ElementsAre(codes::delta_moved, codes::delta_original_left));
}

TEST_F(Synchronised, TwinsAreNotTakenForMoved) {
    drive["Photos/copie.mov"] = "un film";
    migrate();
    drive.erase("Photos/copie.mov");
    drive.erase("Photos/film.mov");
    drive["Photos/a.mov"] = "un film";
    synchronise();
    EXPECT_EQ(at("Drive/Photos/a.mov"), "un film");
    EXPECT_EQ(at("Drive/Photos/copie.mov"), "un film");
    EXPECT_THAT(codes("Photos/copie.mov"), ElementsAre(codes::delta_gone_from_source));
}

TEST_F(Synchronised, WhatTheSourceDeletedIsToldAndStays) {
    migrate();
    drive.erase("Photos/film.mov");
    drive.erase("Bureau/plan.docx");
    const auto statement = synchronise();
    EXPECT_EQ(statement.skipped.items, statement.seen.items);
    EXPECT_EQ(at("Drive/Photos/film.mov"), "un film");
    EXPECT_EQ(at("Drive/Bureau/plan.odt"), "ODF of ordre du jour");
    EXPECT_THAT(codes("Photos/film.mov"), ElementsAre(codes::delta_gone_from_source));
    EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(Synchronised, WhereThatIsAskedForItGoesIntoTheTrash) {
    migrate();
    drive.erase("Photos/film.mov");
    drive.erase("Photos/affiche.png");
    drive.erase("Bureau/plan.docx");
    drive["Photos/autre.jpg"] = "autre";
    const auto job = plan(Gone::trash);
    bench.server.put_directly("Drive/Photos/affiche.png", "retouchée ici");
    const auto statement = run(job);
    EXPECT_EQ(at("Drive/Photos/film.mov"), "(nothing)");
    EXPECT_EQ(at("Drive/Bureau/plan.odt"), "(nothing)");
    EXPECT_EQ(at("Drive/Originaux/Bureau/plan.docx"), "(nothing)");
    EXPECT_EQ(at("Drive/Photos/affiche.png"), "retouchée ici");
    EXPECT_EQ(bench.line("Photos/film.mov").state, ItemState::done);
    EXPECT_EQ(bench.line("Photos/affiche.png").state, ItemState::skipped);
    EXPECT_THAT(codes("Photos/affiche.png"), ElementsAre(codes::target_changed, codes::delta_gone_from_source))
        << "not that it went";
    EXPECT_EQ(statement.failed.items, 0u);
    synchronise(Gone::trash);
    EXPECT_THAT(changes(), Not(Contains(StartsWith("DELETE Drive/Photos/film.mov")))) << "that one is over";
}

TEST_F(Synchronised, OfADocumentGoesWhatNobodyTouched) {
    migrate();
    drive.erase("Bureau/plan.docx");
    const auto job = plan(Gone::trash);
    bench.server.put_directly("Drive/Originaux/Bureau/plan.docx", "annoté ici");
    run(job);
    EXPECT_EQ(at("Drive/Bureau/plan.odt"), "(nothing)");
    EXPECT_EQ(at("Drive/Originaux/Bureau/plan.docx"), "annoté ici");
    EXPECT_EQ(bench.line("Bureau/plan.docx").state, ItemState::done);
    EXPECT_THAT(codes("Bureau/plan.docx"),
                ElementsAre(codes::delta_removed, codes::target_changed, codes::delta_gone_from_source));
}

TEST_F(Synchronised, WhereAPartIsMissingNothingIsGone) {
    migrate();
    drive["Photos/le film.mov"] = drive.extract("Photos/film.mov").mapped();
    load();
    bench.source.lack_a_part();
    bench.order.choices.synchronise = Gone::trash;
    run(bench.prepare().value().job);
    EXPECT_EQ(at("Drive/Photos/film.mov"), "un film");
    EXPECT_EQ(at("Drive/Photos/le film.mov"), "un film");
    const auto job = bench.journal->jobs().value().at(0);
    EXPECT_TRUE(std::ranges::any_of(job.problems,
                                    [](const Reason& reason) { return reason.code == codes::delta_parts_missing; }));
}

TEST_F(Synchronised, AnotherAccountsFilesInTheSamePlaceAreNobodysToTouch) {
    migrate();
    const auto mine = drive;
    drive = {{"Photos/film.mov", "le film d'une autre"}, {"Photos/ete.jpg", "1"}, {"a.txt", "2"}, {"b.txt", "3"}};
    migrate();
    ASSERT_EQ(at("Drive/Photos/film (2).mov"), "le film d'une autre");
    drive = mine;
    drive["Photos/film.mov"] = "un film plus long";
    synchronise(Gone::trash);
    EXPECT_EQ(at("Drive/Photos/film.mov"), "un film plus long");
    EXPECT_EQ(at("Drive/Photos/film (2).mov"), "le film d'une autre");
    EXPECT_EQ(at("Drive/a.txt"), "2");
}

TEST_F(Synchronised, ADocumentThatComesInAnotherFormSaysSo) {
    migrate();
    drive["Bureau/plan.docx"] = "secret";
    synchronise();
    EXPECT_EQ(at("Drive/Bureau/plan.docx"), "secret");
    EXPECT_EQ(at("Drive/Bureau/plan.odt"), "ODF of ordre du jour");
    EXPECT_THAT(codes("Bureau/plan.docx"), Contains(codes::delta_earlier_form_left));
    drive["Bureau/plan.docx"] = "de nouveau public";
    synchronise();
    EXPECT_EQ(at("Drive/Bureau/plan (2).odt"), "ODF of de nouveau public");
    EXPECT_EQ(at("Drive/Bureau/plan.docx"), "secret");
    EXPECT_THAT(codes("Bureau/plan.docx"), Contains(codes::delta_earlier_form_left));
}

TEST_F(Synchronised, WithoutAnEarlierMigrationEverythingIsNewAndSaysSo) {
    const auto statement = synchronise();
    EXPECT_EQ(statement.done.items, statement.seen.items);
    const auto job = bench.journal->jobs().value().at(0);
    EXPECT_EQ(job.problems.back().code, codes::delta_nothing_before);
}

TEST_F(Synchronised, AFinishedOneIsPlannedAnewAndAStoppedOneGoesOn) {
    migrate();
    const auto first = plan();
    EXPECT_EQ(bench.prepare().value().job, first);
    run(first);
    const auto again = bench.prepare();
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->known);
    EXPECT_NE(again->job, first);
}

/// Stopped at every single write of the journal and run again, it ends where an undisturbed one ends.
TEST_F(Synchronised, InterruptedAnywhereItEndsTheSame) {
    const auto change = [&] {
        drive["Photos/film.mov"] = "un film plus long";
        drive["Bureau/plan.docx"] = "ordre du jour, corrigé";
        drive["Photos/l'affiche.png"] = drive.extract("Photos/affiche.png").mapped();
        drive.erase("Bureau/liste.txt");
        drive["Bureau/autre.txt"] = "autre";
    };
    migrate();
    change();
    synchronise(Gone::trash);
    const auto expected = bench.server.tree();
    ASSERT_EQ(at("Drive/Photos/l'affiche.png"), "une affiche");
    ASSERT_EQ(at("Drive/Bureau/liste.txt"), "(nothing)");

    bool interrupted = true;
    int records = 0;
    for (; interrupted; ++records) {
        ASSERT_LT(records, 100);
        DriveAccount again;
        again.migrate();
        again.drive = drive;
        const auto job = again.plan(Gone::trash);
        FailingJournal failing(*again.bench.journal);
        failing.records_left = records;
        interrupted = !jobs::run(job, again.bench.tools(failing), again.bench.progress, {});
        again.run(job);
        EXPECT_EQ(again.bench.server.tree(), expected) << "after " << records << " writes";
    }
    EXPECT_GT(records, 5) << "it was interrupted in many places";
}

} // namespace passerelle::jobs
