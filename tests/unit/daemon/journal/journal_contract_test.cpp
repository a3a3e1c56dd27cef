// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/journal/journal.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <stdexcept>

/// What every implementation of the journal promises; a new engine joins by one more line at the end.
namespace passerelle::journal {
namespace {

using OpenJournal = Result<std::unique_ptr<Journal>> (*)();

NewItem file_item(const std::string& path, std::uint64_t size) {
    NewItem item;
    item.source_path = path;
    item.size = size;
    item.target = "Drive/" + path;
    return item;
}

NewItem document_item(const std::string& path, std::uint64_t size) {
    NewItem item = file_item(path + ".docx", size);
    item.action = Action::convert;
    item.target = "Drive/" + path + ".odt";
    item.kept_target = "Drive/" + path + ".docx";
    item.original_target = "Drive/Originaux/" + path + ".docx";
    return item;
}

class JournalContract : public ::testing::TestWithParam<OpenJournal> {
  protected:
    JournalContract() : journal_(GetParam()().value()) {
        NewJob job;
        job.key = {"fingerprint", "https://nuage.example", "alice", "Drive", "convert=all"};
        job.export_paths = {"/exports/takeout-001.zip"};
        job.new_folders = {"Drive"};
        job_ = journal_->create_job(job).value();
    }

    ItemId add(const NewItem& item) {
        EXPECT_TRUE(journal_->add_items(job_, std::span(&item, 1)));
        return all().back().id;
    }
    std::vector<Item> all(const ItemFilter& filter = {}) { return journal_->items(job_, filter, {}, 1000).value(); }
    Item only() { return all().at(0); }
    void record(const Transition& transition) { ASSERT_TRUE(journal_->record(transition)); }
    void send_and_arrive(ItemId item, Role role, const std::string& target) {
        record(Sending{.item = item, .role = role, .target = target, .size = 5, .sha256 = "aa"});
        record(Arrived{.item = item, .role = role, .etag = "e", .file_id = "7", .verified_by = "sha256"});
    }

    std::unique_ptr<Journal> journal_;
    JobId job_;
};

} // namespace

TEST_P(JournalContract, AnItemComesBackAsItWasWritten) {
    NewItem item = file_item("Été/budget.csv", 5'000'000'000);
    item.crc32 = 0xffffffffu;
    item.modified = from_epoch(1'700'000'000);
    item.starred = true;
    item.permissions = R"([{"role":"reader"}])";
    item.part = 2;
    item.entry = 17;
    item.reasons = {Reason("name.too_long", {{"before", "a"}, {"after", "b"}})};
    add(item);

    const Item back = only();
    EXPECT_EQ(back.source_path, item.source_path);
    EXPECT_EQ(back.size, item.size);
    EXPECT_EQ(back.crc32, item.crc32);
    EXPECT_EQ(back.modified, item.modified);
    EXPECT_FALSE(back.created);
    EXPECT_TRUE(back.starred);
    EXPECT_EQ(back.permissions, item.permissions);
    EXPECT_EQ(back.part, 2);
    EXPECT_EQ(back.entry, 17);
    EXPECT_EQ(back.reasons, item.reasons);
    EXPECT_EQ(back.state, ItemState::planned);
}

TEST_P(JournalContract, AFileGoesFromPlannedToDone) {
    const ItemId id = add(file_item("a.txt", 5));
    record(Sending{.item = id, .target = "Drive/a.txt", .method = Method::bulk, .size = 5, .sha256 = "aa"});
    EXPECT_EQ(only().state, ItemState::planned);
    EXPECT_EQ(only().uploads.at(0).state, UploadState::sending);
    record(Arrived{.item = id, .etag = "e1", .file_id = "7", .verified_by = "sha256"});
    EXPECT_EQ(only().state, ItemState::uploaded);
    EXPECT_EQ(only().uploads.at(0).etag, "e1");
    record(Done{id});
    EXPECT_EQ(only().state, ItemState::done);
}

TEST_P(JournalContract, AConvertedDocumentIsUploadedWhenBothItsFilesHaveArrived) {
    const ItemId id = add(document_item("minutes", 100));
    record(Converted{.item = id, .verdict = VerdictKind::check, .scratch_file = "1.odt", .size = 60, .sha256 = "bb"});
    EXPECT_EQ(only().state, ItemState::converted);
    EXPECT_EQ(only().verdict, VerdictKind::check);

    send_and_arrive(id, Role::original, "Drive/Originaux/minutes.docx");
    EXPECT_EQ(only().state, ItemState::converted);
    send_and_arrive(id, Role::main, "Drive/minutes.odt");
    EXPECT_EQ(only().state, ItemState::uploaded);
    EXPECT_EQ(only().uploads.at(0).scratch_file, "1.odt");
}

TEST_P(JournalContract, AConvertedDocumentOfAnotherFormatGetsAPlaceThatNobodyWasPromised) {
    add(file_item("minutes.ods", 100));
    const ItemId id = add(document_item("minutes", 100));
    record(Converted{
        .item = id, .scratch_file = "1.odt", .other_targets = {"Drive/minutes.ods", "Drive/minutes (2).ods"}});
    const Item item = all().at(1);
    EXPECT_EQ(item.target, "Drive/minutes (2).ods");
    EXPECT_EQ(item.upload(Role::main)->target, item.target);
    const ItemId other = add(document_item("other", 100));
    record(Converted{.item = other, .scratch_file = "2.odt", .other_targets = {"Drive/minutes.ods"}});
    EXPECT_EQ(all().at(2).target, "Drive/other.odt");
}

TEST_P(JournalContract, AKeptDocumentTakesItsKeptPlace) {
    const ItemId id = add(document_item("secret", 100));
    record(Kept{.item = id, .reasons = {Reason("convert.encrypted")}});
    const Item item = only();
    EXPECT_EQ(item.action, Action::upload);
    EXPECT_EQ(item.target, "Drive/secret.docx");
    EXPECT_EQ(item.verdict, VerdictKind::kept);
    EXPECT_EQ(item.state, ItemState::planned);
    EXPECT_EQ(item.reasons.at(0).code, "convert.encrypted");
}

TEST_P(JournalContract, WhatASynchronisationPlansComesBackAsItWasWritten) {
    NewItem item = file_item("b.txt", 5);
    item.action = Action::move;
    item.former_path = "a.txt";
    item.replaces = {{"Drive/é \"b\".txt", "e1"}};
    item.moves = {{Role::main, "Drive/a.txt", "Drive/b.txt", "e1", 5, "aa"},
                  {Role::original, "Drive/Originaux/a", "Drive/Originaux/b", "e2", 6, "bb"}};
    add(item);
    EXPECT_EQ(only().action, Action::move);
    EXPECT_EQ(only().former_path, item.former_path);
    EXPECT_EQ(only().replaces, item.replaces);
    EXPECT_EQ(only().moves, item.moves);
}

TEST_P(JournalContract, WhatCouldNotBeMovedIsPlannedAsIfItWereNew) {
    NewItem file = file_item("a.txt", 5);
    NewItem document = document_item("b", 5);
    for (auto* item : {&file, &document}) {
        item->action = Action::move;
        item->moves = {{Role::main, "old", item->target, "e1", 5, "aa"}};
        record(NotMoved{add(*item), Reason("delta.not_moved")});
    }
    EXPECT_EQ(all().at(0).action, Action::upload);
    EXPECT_EQ(all().at(1).action, Action::convert);
    EXPECT_TRUE(all().at(0).moves.empty());
    EXPECT_EQ(all().at(0).reasons.at(0).code, "delta.not_moved");
    EXPECT_EQ(all().at(0).state, ItemState::planned);
}

TEST_P(JournalContract, WhatHasNotComeTrueIsNoLongerSaid) {
    NewItem item = file_item("a.txt", 5);
    item.reasons = {Reason("name.cleaned"), Reason("delta.moved", {{"path", "b.txt"}})};
    const auto id = add(item);
    record(Withdrawn{id, "delta.moved"});
    ASSERT_EQ(only().reasons.size(), 1u);
    EXPECT_EQ(only().reasons.at(0).code, "name.cleaned");
    EXPECT_EQ(only().state, ItemState::planned);
}

TEST_P(JournalContract, WhatIsRemovedIsDone) {
    NewItem gone = file_item("a.txt", 5);
    gone.action = Action::remove;
    const auto id = add(gone);
    record(Removed{id});
    EXPECT_EQ(only().state, ItemState::done);
    EXPECT_THROW((void)journal_->record(Removed{id}), std::logic_error);
}

TEST_P(JournalContract, WhatIsUndoneIsSkippedWhenNothingOfItIsLeft) {
    const auto id = add(document_item("b", 50));
    record(Converted{.item = id, .verdict = VerdictKind::faithful, .scratch_file = "1.odt"});
    send_and_arrive(id, Role::main, "Drive/b.odt");
    send_and_arrive(id, Role::original, "Drive/Originaux/b.docx");
    record(Done{id});
    record(Undone{id, Role::original, Reason("undo.removed")});
    EXPECT_EQ(only().state, ItemState::done);
    EXPECT_EQ(only().uploads.size(), 1u);
    record(Undone{id, Role::main, Reason("undo.removed")});
    EXPECT_EQ(only().state, ItemState::skipped);
    EXPECT_TRUE(only().uploads.empty());
    EXPECT_EQ(only().reasons.size(), 1u) << "said once";
}

TEST_P(JournalContract, WhatCameIsToldInItsOrderWithItsFiles) {
    NewItem folder = file_item("f", 0);
    folder.kind = ItemKind::folder;
    record(FolderMade{add(folder)});
    NewItem document = document_item("b", 50);
    document.part = 0;
    document.crc32 = 7;
    const auto id = add(document);
    record(Converted{.item = id, .verdict = VerdictKind::faithful, .scratch_file = "1.odt"});
    send_and_arrive(id, Role::main, "Drive/b.odt");
    send_and_arrive(id, Role::original, "Drive/Originaux/b.docx");
    add(file_item("never.txt", 5));
    const auto job = journal_->job(job_).value().value();
    const auto came = [&](std::vector<JobId> jobs) {
        std::vector<Brought> brought;
        EXPECT_TRUE(journal_->brought(job.key, job.export_kind, jobs,
                                      [&](Brought&& line) { brought.push_back(std::move(line)); }));
        return brought;
    };
    EXPECT_TRUE(came({}).empty());
    const auto brought = came({job_});
    ASSERT_EQ(brought.size(), 2u);
    EXPECT_EQ(brought[0].target, "Drive/f");
    EXPECT_EQ(brought[1].source_path, "b.docx");
    EXPECT_EQ(brought[1].crc32, 7u);
    EXPECT_EQ(brought[1].verdict, VerdictKind::faithful);
    ASSERT_EQ(brought[1].files.size(), 2u);
    EXPECT_EQ(brought[1].files[0].path, "Drive/b.odt");
    EXPECT_EQ(brought[1].files[1].role, Role::original);
    EXPECT_EQ(brought[1].files[1].etag, "e");

    std::vector<std::string> seen;
    ASSERT_TRUE(journal_->set_phase(job_, JobPhase::stopped, std::nullopt));
    ASSERT_TRUE(
        journal_->seen_files(job.key, job.export_kind, [&](const SeenFile& file) { seen.emplace_back(file.path); }));
    EXPECT_EQ(seen, std::vector<std::string>{"b.docx"}) << "files of the export's parts";
}

TEST_P(JournalContract, ACopyHoldsTheSameAndTakesNoFilesPlace) {
    add(file_item("a.txt", 5));
    const auto folder = std::filesystem::path(::testing::TempDir()) / "journal-copy";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const auto file = folder / "copy.db";
    ASSERT_TRUE(journal_->back_up(file));
    const auto permissions = std::filesystem::status(file).permissions();
    EXPECT_EQ(permissions & (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
              std::filesystem::perms::none);
    const auto copy = open_sqlite_journal(file);
    ASSERT_TRUE(copy);
    EXPECT_EQ((*copy)->items(job_, {}, {}, 10)->at(0).source_path, "a.txt");
    EXPECT_EQ(journal_->back_up(file).error().code, "file.unwritable");
    EXPECT_EQ(journal_->back_up(folder / "no" / "where.db").error().code, "file.unwritable");
    std::filesystem::remove_all(folder);
}

TEST_P(JournalContract, WhatTheStateDoesNotAllowIsABrokenInvariant) {
    const ItemId id = add(file_item("a.txt", 5));
    EXPECT_THROW((void)journal_->record(Done{id}), std::logic_error);
    EXPECT_THROW((void)journal_->record(Arrived{.item = id}), std::logic_error);
}

TEST_P(JournalContract, TransitionsOfOneCallAreWrittenTogetherOrNotAtAll) {
    const ItemId first = add(file_item("a.txt", 5));
    add(file_item("b.txt", 5));
    const std::vector<Transition> transitions{Skipped{.item = first, .reasons = {}}, Done{first}};
    EXPECT_THROW((void)journal_->record(transitions), std::logic_error);
    EXPECT_EQ(only().state, ItemState::planned);
}

TEST_P(JournalContract, AReasonIsNotedOnceAndInOrder) {
    const ItemId id = add(file_item("a.txt", 5));
    record(Noted{id, Reason("name.too_long")});
    record(Noted{id, Reason("name.duplicate")});
    record(Noted{id, Reason("name.too_long")});
    ASSERT_EQ(only().reasons.size(), 2u);
    EXPECT_EQ(only().reasons[0].code, "name.too_long");
}

TEST_P(JournalContract, ARetryTakesTheFailureAwayAndKeepsTheRest) {
    NewItem item = file_item("a.txt", 5);
    item.reasons = {Reason("name.too_long")};
    const ItemId id = add(item);
    record(Failed{.item = id, .reason = Reason("server.locked"), .retryable = true});
    EXPECT_TRUE(only().retryable);
    EXPECT_EQ(only().reasons.size(), 2u);

    EXPECT_EQ(journal_->reset_failed(job_, true).value(), 1u);
    EXPECT_EQ(only().state, ItemState::planned);
    EXPECT_FALSE(only().retryable);
    ASSERT_EQ(only().reasons.size(), 1u);
    EXPECT_EQ(only().reasons[0].code, "name.too_long");
}

TEST_P(JournalContract, ARetryOfRetryableFailuresLeavesTheOthers) {
    const ItemId id = add(file_item("a.txt", 5));
    record(Failed{.item = id, .reason = Reason("target.name_refused"), .retryable = false});
    EXPECT_EQ(journal_->reset_failed(job_, true).value(), 0u);
    EXPECT_EQ(journal_->reset_failed(job_, false).value(), 1u);
}

TEST_P(JournalContract, WhatHadArrivedStaysArrivedAfterARetry) {
    const ItemId id = add(document_item("minutes", 100));
    record(Converted{.item = id, .scratch_file = "1.odt", .size = 60, .sha256 = "bb"});
    send_and_arrive(id, Role::main, "Drive/minutes.odt");
    record(Failed{.item = id, .reason = Reason("server.locked"), .retryable = true});
    EXPECT_EQ(journal_->reset_failed(job_, true).value(), 1u);
    const Item item = only();
    EXPECT_EQ(item.state, ItemState::converted);
    EXPECT_EQ(item.uploads.at(0).state, UploadState::arrived);
    EXPECT_EQ(item.uploads.at(1).state, UploadState::ready);
}

TEST_P(JournalContract, LostScratchSendsADocumentBackToItsPlan) {
    const ItemId id = add(document_item("minutes", 100));
    record(Converted{.item = id, .scratch_file = "1.odt", .size = 60, .sha256 = "bb"});
    record(ScratchLost{id});
    EXPECT_EQ(only().state, ItemState::planned);
    EXPECT_TRUE(only().uploads.empty());
}

TEST_P(JournalContract, TheStatementAddsUp) {
    const ItemId done = add(file_item("a.txt", 10));
    const ItemId failed = add(file_item("b.txt", 20));
    NewItem stub = file_item("c.gdoc", 30);
    stub.state = ItemState::skipped;
    stub.action = Action::skip;
    add(stub);
    add(file_item("d.txt", 40));
    send_and_arrive(done, Role::main, "Drive/a.txt");
    record(Done{done});
    record(Failed{.item = failed, .reason = Reason("server.locked"), .retryable = true});

    const Statement statement = journal_->statement(job_).value();
    EXPECT_TRUE(statement.adds_up());
    EXPECT_EQ(statement.seen, (Statement::Sum{4, 100}));
    EXPECT_EQ(statement.done, (Statement::Sum{1, 10}));
    EXPECT_EQ(statement.skipped, (Statement::Sum{1, 30}));
    EXPECT_EQ(statement.failed, (Statement::Sum{1, 20}));
    EXPECT_EQ(statement.pending, (Statement::Sum{1, 40}));
    EXPECT_EQ(statement.retryable, 1u);
    EXPECT_EQ(statement.arrived_bytes, 5u);
}

TEST_P(JournalContract, ItemsArePagedAndFiltered) {
    for (int i = 0; i < 7; ++i)
        add(file_item(std::to_string(i), 1));
    const auto first = journal_->items(job_, {}, {}, 3).value();
    const auto second = journal_->items(job_, {}, first.back().id, 10).value();
    EXPECT_EQ(first.size(), 3u);
    EXPECT_EQ(second.size(), 4u);
    record(Skipped{.item = first[1].id, .reasons = {Reason("target.identical")}});
    EXPECT_EQ(all({.states = {ItemState::skipped}}).size(), 1u);
    EXPECT_EQ(all({.reason_code = "target.identical"}).at(0).id, first[1].id);
    EXPECT_TRUE(all({.verdict = VerdictKind::faithful}).empty());
}

TEST_P(JournalContract, AJobIsFoundByItsKeyOnceItWasPlanned) {
    JobKey key{"fingerprint", "https://nuage.example", "alice", "Drive", "convert=all"};
    EXPECT_FALSE(journal_->find_job(key).value());
    ASSERT_TRUE(journal_->set_phase(job_, JobPhase::stopped, Reason("job.stopped")));
    const auto job = journal_->find_job(key).value();
    ASSERT_TRUE(job);
    EXPECT_EQ(job->id, job_);
    EXPECT_EQ(job->phase, JobPhase::stopped);
    EXPECT_EQ(job->stopped_by, Reason("job.stopped"));
    EXPECT_EQ(job->export_paths, std::vector<std::string>{"/exports/takeout-001.zip"});
    key.destination = "Ailleurs";
    EXPECT_FALSE(journal_->find_job(key).value());
}

TEST_P(JournalContract, ARemovedJobLeavesNothing) {
    add(file_item("a.txt", 5));
    ASSERT_TRUE(journal_->remove_job(job_));
    EXPECT_FALSE(journal_->job(job_).value());
    EXPECT_TRUE(all().empty());
}

TEST_P(JournalContract, ALargeLedgerGoesWithoutTheOthers) {
    const std::vector<NewItem> lines(2500, file_item("a.txt", 5));
    ASSERT_TRUE(journal_->add_items(job_, lines));
    NewJob later;
    later.key = {"later fingerprint", "https://nuage.example", "alice", "Drive", "convert=all"};
    const auto other = journal_->create_job(later).value();
    ASSERT_TRUE(journal_->add_items(other, lines));
    later.key.choices = "convert=none";
    ASSERT_TRUE(journal_->begin_plan(job_, later));
    EXPECT_EQ(journal_->job(job_).value()->key.choices, "convert=none");
    EXPECT_EQ(journal_->statement(job_).value().seen.items, 0u);
    ASSERT_TRUE(journal_->remove_job(job_));
    EXPECT_FALSE(journal_->job(job_).value());
    EXPECT_EQ(journal_->statement(other).value().seen.items, 2500u);
    ASSERT_TRUE(journal_->remove_job(other));
    EXPECT_FALSE(journal_->job(other).value());
}

TEST_P(JournalContract, WhatBecameOfAPathBeforeIsFound) {
    JobKey key{"later fingerprint", "https://nuage.example", "alice", "Drive", "convert=all"};
    const ItemId id = add(file_item("a.txt", 5));
    send_and_arrive(id, Role::main, "Drive/a.txt");
    EXPECT_FALSE(journal_->find_done(key, "a.txt").value());
    record(Done{id});
    EXPECT_EQ(journal_->find_done(key, "a.txt").value()->id, id);
    EXPECT_FALSE(journal_->find_done(key, "b.txt").value());
    key.user_id = "bob";
    EXPECT_FALSE(journal_->find_done(key, "a.txt").value());
}

TEST_P(JournalContract, ReasonsAreCounted) {
    NewItem item = file_item("a", 1);
    item.reasons = {Reason("name.too_long"), Reason("source.starred")};
    add(item);
    item.reasons = {Reason("name.too_long"), Reason("name.too_long")}; // one item all the same
    add(item);
    const auto counts = journal_->reason_counts(job_).value();
    ASSERT_EQ(counts.size(), 2u);
    EXPECT_EQ(counts[0].code, "name.too_long");
    EXPECT_EQ(counts[0].items, 2u);
}

TEST_P(JournalContract, AShareComesBackAsItWasWrittenAndHasOneLine) {
    ShareLine bureau{.path = "Drive/Été", .with = SharedWith::group, .recipient = "bureau", .permissions = 15};
    ShareLine bob{.path = "Drive/Été",
                  .recipient = "bob",
                  .permissions = 1,
                  .may_download = false,
                  .expires = std::chrono::sys_days(std::chrono::year(2027) / 1 / 31),
                  .note = "jusqu'en janvier"};
    ASSERT_TRUE(journal_->record_share(job_, bureau));
    ASSERT_TRUE(journal_->record_share(job_, bob));
    EXPECT_EQ(journal_->shares(job_).value(), (std::vector{bureau, bob}));

    for (const auto state :
         {ShareState::made, ShareState::changed, ShareState::left, ShareState::refused, ShareState::gone}) {
        bureau.state = state;
        bureau.share_id = "17";
        bureau.reasons = {Reason("share.refused", {{"who", "bureau"}})};
        ASSERT_TRUE(journal_->record_share(job_, bureau));
        EXPECT_EQ(journal_->shares(job_).value(), (std::vector{bureau, bob}));
    }
}

TEST_P(JournalContract, ATeamFoldersChangesComeBackAndEachHasOneLine) {
    std::vector<TeamChange> changes;
    for (const auto act : {TeamAct::folder, TeamAct::group, TeamAct::member, TeamAct::admission, TeamAct::rules,
                           TeamAct::advanced, TeamAct::manager}) {
        changes.push_back({.folder = "Bureau", .act = act, .subject = "équipe", .path = "Bureau/Été"});
        ASSERT_TRUE(journal_->record_team_change(job_, changes.back()));
    }
    EXPECT_EQ(journal_->team_changes(job_).value(), changes);
    changes[4].permissions = 15;
    changes[4].text = "group 0/14 équipe\n";
    changes[4].state = ShareState::made;
    changes[4].folder_id = 17;
    changes[4].reasons = {Reason("share.refused", {{"who", "équipe"}})};
    ASSERT_TRUE(journal_->record_team_change(job_, changes[4]));
    EXPECT_EQ(journal_->team_changes(job_).value(), changes);
}

TEST_P(JournalContract, AnAccountsSharesAreThoseOfAllItsJobs) {
    NewJob later;
    later.key = {"other", "https://nuage.example", "alice", "", ""};
    NewJob of_bob;
    of_bob.key = {"other", "https://nuage.example", "bob", "", ""};
    const auto second = journal_->create_job(later).value();
    const auto third = journal_->create_job(of_bob).value();
    const ShareLine line{.path = "a", .recipient = "carol", .permissions = 1};
    ASSERT_TRUE(journal_->record_share(second, {.path = "b", .recipient = "carol", .permissions = 1}));
    ASSERT_TRUE(journal_->record_share(job_, line));
    ASSERT_TRUE(journal_->record_share(third, line));

    const auto shares = journal_->account_shares("https://nuage.example", "alice").value();
    ASSERT_EQ(shares.size(), 2u);
    EXPECT_EQ(shares[0], line);
    EXPECT_EQ(shares[1].path, "b");
    EXPECT_TRUE(journal_->account_shares("https://ailleurs.example", "alice").value().empty());

    ASSERT_TRUE(journal_->remove_job(second));
    EXPECT_EQ(journal_->account_shares("https://nuage.example", "alice").value().size(), 1u);
}

TEST_P(JournalContract, DecisionsAreKeptForAServerAndCanBeTakenBack) {
    const std::vector<KeptDecision> first{{"user:bob@ex.org", "account", "bob"}, {"user:eve@ex.org", "nobody", ""}};
    ASSERT_TRUE(journal_->keep_decisions("https://nuage.example", first));
    EXPECT_EQ(journal_->decisions("https://nuage.example").value(), first);
    EXPECT_TRUE(journal_->decisions("https://ailleurs.example").value().empty());

    const std::vector<KeptDecision> then{{"user:bob@ex.org", "account", "robert"}, {"user:eve@ex.org", "", ""}};
    ASSERT_TRUE(journal_->keep_decisions("https://nuage.example", then));
    EXPECT_EQ(journal_->decisions("https://nuage.example").value(),
              (std::vector<KeptDecision>{{"user:bob@ex.org", "account", "robert"}}));
}

INSTANTIATE_TEST_SUITE_P(Sqlite, JournalContract, ::testing::Values([] { return open_sqlite_journal(":memory:"); }));

} // namespace passerelle::journal
