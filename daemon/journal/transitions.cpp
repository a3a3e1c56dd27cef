// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/journal/transitions.hpp"

#include "core/reason_codes.hpp"
#include "daemon/journal/json_text.hpp"
#include "daemon/journal/row_words.hpp"
#include "daemon/journal/statements.hpp"
#include "journal/sql.hpp"

#include <fmt/format.h>
#include <stdexcept>

namespace passerelle::journal {
namespace {

// From where each state may be reached; JSON arrays for update_item_state.sql.
constexpr const char* kFromPlanned = R"(["planned"])";
constexpr const char* kFromConverted = R"(["converted"])";
constexpr const char* kBeforeUploaded = R"(["planned","converted"])";
constexpr const char* kFromUploaded = R"(["uploaded"])";
constexpr const char* kUnfinished = R"(["planned","converted","uploaded"])";

class Writer {
  public:
    explicit Writer(Statements& statements) : statements_(statements) {}

    void operator()(const Converted& converted) {
        move(converted.item, ItemState::converted, kFromPlanned);
        statements_.run(sql::update_item_converted, converted.item.value, to_string(converted.verdict));
        note(converted.item, reasons_to_json(converted.reasons));
        for (const std::string& target : converted.other_targets)
            if (statements_.run(sql::update_item_target, converted.item.value, target) == 1) break;
        const Item item = planned_targets(converted.item);
        put_upload(converted.item, {.role = Role::main,
                                    .target = item.target,
                                    .scratch_file = converted.scratch_file,
                                    .size = converted.size,
                                    .sha256 = converted.sha256});
        if (converted.with_original)
            put_upload(converted.item, {.role = Role::original, .target = item.original_target, .size = item.size});
    }

    void operator()(const Kept& kept) {
        expect_state(kept.item, ItemState::planned, kFromPlanned);
        statements_.run(sql::update_item_kept, kept.item.value);
        note(kept.item, reasons_to_json(kept.reasons));
    }

    void operator()(const Sending& sending) {
        put_upload(sending.item, {.role = sending.role,
                                  .state = UploadState::sending,
                                  .target = sending.target,
                                  .method = sending.method,
                                  .upload_id = sending.upload_id,
                                  .size = sending.size,
                                  .sha256 = sending.sha256});
    }

    void operator()(const Arrived& arrived) {
        if (statements_.run(sql::update_upload_arrived, arrived.item.value, to_string(arrived.role), arrived.etag,
                            arrived.file_id, arrived.verified_by) != 1)
            throw std::logic_error(fmt::format("item {}: arrived without having been sent", arrived.item.value));
        auto& pending = statements_.prepare(sql::count_uploads_pending, arrived.item.value);
        pending.executeStep();
        const bool complete = pending.getColumn(0).getInt() == 0;
        pending.reset();
        if (complete) move(arrived.item, ItemState::uploaded, kBeforeUploaded);
    }

    void operator()(const FolderMade& made) { move(made.item, ItemState::uploaded, kFromPlanned); }
    void operator()(const Done& done) { move(done.item, ItemState::done, kFromUploaded); }

    void operator()(const Skipped& skipped) {
        move(skipped.item, ItemState::skipped, kBeforeUploaded);
        note(skipped.item, reasons_to_json(skipped.reasons));
    }

    void operator()(const Failed& failed) {
        move(failed.item, ItemState::failed, kUnfinished);
        statements_.run(sql::update_item_failed, failed.item.value, failed.retryable);
        note(failed.item, failure_to_json(failed.reason));
    }

    void operator()(const Noted& noted) { note(noted.item, reasons_to_json({noted.reason})); }

    void operator()(const Withdrawn& withdrawn) {
        statements_.run(sql::withdraw_reason, withdrawn.item.value, withdrawn.code);
    }

    void operator()(const NotMoved& not_moved) {
        expect_state(not_moved.item, ItemState::planned, kFromPlanned);
        statements_.run(sql::update_item_not_moved, not_moved.item.value);
        note(not_moved.item, reasons_to_json({not_moved.reason}));
    }

    void operator()(const Removed& removed) { move(removed.item, ItemState::done, kFromPlanned); }

    void operator()(const Undone& undone) {
        statements_.run(sql::delete_upload, undone.item.value, to_string(undone.role));
        statements_.run(sql::update_item_undone, undone.item.value);
        note(undone.item, reasons_to_json({undone.reason}));
    }

    void operator()(const ScratchLost& lost) {
        move(lost.item, ItemState::planned, kFromConverted);
        statements_.run(sql::delete_uploads, lost.item.value);
    }

  private:
    void move(ItemId item, ItemState state, const char* allowed_from) {
        if (statements_.run(sql::update_item_state, item.value, to_string(state), allowed_from) != 1)
            throw std::logic_error(fmt::format("item {}: no way to {} from its state", item.value, to_string(state)));
    }
    void expect_state(ItemId item, ItemState state, const char* allowed_from) { move(item, state, allowed_from); }

    void note(ItemId item, const std::string& reasons_json) {
        if (reasons_json != "[]") statements_.run(sql::append_reasons, item.value, reasons_json);
    }

    void put_upload(ItemId item, const Upload& upload) {
        statements_.run(sql::upsert_upload, item.value, to_string(upload.role), to_string(upload.state), upload.target,
                        to_string(upload.method), upload.upload_id, upload.scratch_file, upload.size, upload.sha256);
    }

    Item planned_targets(ItemId id) {
        auto& row = statements_.prepare(sql::select_item, id.value);
        row.executeStep();
        Item item;
        item.size = static_cast<std::uint64_t>(row.getColumn("size").getInt64());
        item.target = row.getColumn("target").getString();
        item.original_target = row.getColumn("original_target").getString();
        row.reset();
        return item;
    }

    Statements& statements_;
};

} // namespace

void apply(Statements& statements, const Transition& transition) {
    std::visit(Writer(statements), transition);
}

bool apply(Statements& statements, JobId job, const ItemDecision& decision) {
    const auto line = decision.item.value;
    const auto is_planned_as = [&](Action action) {
        auto& row = statements.prepare(sql::is_planned_as, line, job.value, to_string(action));
        row.executeStep();
        const bool is = row.getColumn(0).getInt() != 0;
        row.reset();
        return is;
    };
    const auto bring_again = [&](bool converted) {
        return statements.run(sql::decide_again, line, job.value, codes::plan_left_out_by_person, converted) == 1;
    };
    switch (decision.wish) {
    case ItemDecision::Wish::skip: {
        const std::string reason = reasons_to_json({Reason(codes::plan_left_out_by_person)});
        return statements.run(sql::decide_skip, line, job.value, reason) == 1;
    }
    case ItemDecision::Wish::upload: {
        const std::string reason = reasons_to_json({Reason(codes::plan_not_converted_by_person)});
        const bool again = bring_again(false);
        return statements.run(sql::decide_keep, line, job.value, reason) == 1 || again || is_planned_as(Action::upload);
    }
    case ItemDecision::Wish::convert:
        return bring_again(true) || is_planned_as(Action::convert);
    }
    return false;
}

} // namespace passerelle::journal
