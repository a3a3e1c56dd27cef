// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/journal/ledger_rows.hpp"

#include "daemon/journal/json_text.hpp"
#include "daemon/journal/row_words.hpp"
#include "daemon/journal/text_search.hpp"
#include "journal/sql.hpp"

#include <SQLiteCpp/Column.h>
#include <algorithm>
#include <set>

namespace passerelle::journal {
namespace {

std::optional<Timestamp> time_or_nothing(const SQLite::Column& column) {
    if (column.isNull()) return std::nullopt;
    return from_epoch(column.getInt64());
}

std::vector<Upload> uploads_of(Statements& statements, ItemId item) {
    auto& row = statements.prepare(sql::select_uploads, item.value);
    std::vector<Upload> uploads;
    while (row.executeStep())
        uploads.push_back(upload_of(row));
    row.reset();
    return uploads;
}

/// Adds the sums of one state.
void add(Statement& statement, ItemState state, const Statement::Sum& sum, SQLite::Statement& row) {
    const auto add_to = [&](Statement::Sum& total) {
        total.items += sum.items;
        total.bytes += sum.bytes;
    };
    add_to(statement.seen);
    switch (state) {
    case ItemState::planned:
    case ItemState::converted:
    case ItemState::uploaded:
        add_to(statement.pending);
        break;
    case ItemState::done:
        add_to(statement.done);
        statement.converted += static_cast<std::uint64_t>(row.getColumn(3).getInt64());
        break;
    case ItemState::skipped:
        add_to(statement.skipped);
        break;
    case ItemState::failed:
        add_to(statement.failed);
        statement.retryable += static_cast<std::uint64_t>(row.getColumn(4).getInt64());
        break;
    }
}

} // namespace

Job job_of(SQLite::Statement& row) {
    Job job;
    job.id = JobId{row.getColumn("id").getInt64()};
    job.key = {row.getColumn("export_fingerprint").getString(), row.getColumn("server_url").getString(),
               row.getColumn("user_id").getString(), row.getColumn("destination").getString(),
               row.getColumn("choices").getString()};
    job.export_kind = word_of<ExportKind>(row.getColumn("export_kind").getString());
    job.export_name = row.getColumn("export_name").getString();
    job.export_paths = strings_from_json(row.getColumn("export_paths").getString());
    job.problems = reasons_from_json(row.getColumn("problems").getString());
    job.need_bytes = static_cast<std::uint64_t>(row.getColumn("need_bytes").getInt64());
    job.access = row.getColumn("access").getString();
    job.new_folders = strings_from_json(row.getColumn("new_folders").getString());
    job.groups = groups_from_json(row.getColumn("export_groups").getString());
    job.share_order = row.getColumn("share_order").getString();
    job.phase = word_of<JobPhase>(row.getColumn("phase").getString());
    if (!row.getColumn("stopped_by").isNull())
        job.stopped_by = reasons_from_json(row.getColumn("stopped_by").getString()).at(0);
    job.created_at = from_epoch(row.getColumn("created_at").getInt64());
    job.updated_at = from_epoch(row.getColumn("updated_at").getInt64());
    return job;
}

Item item_of(SQLite::Statement& row) {
    Item item;
    item.id = ItemId{row.getColumn("id").getInt64()};
    item.source_path = row.getColumn("source_path").getString();
    item.kind = word_of<ItemKind>(row.getColumn("kind").getString());
    item.product = word_of<Product>(row.getColumn("product").getString());
    item.size = static_cast<std::uint64_t>(row.getColumn("size").getInt64());
    if (const auto crc = row.getColumn("crc32"); !crc.isNull()) item.crc32 = static_cast<std::uint32_t>(crc.getInt64());
    item.modified = time_or_nothing(row.getColumn("modified"));
    item.created = time_or_nothing(row.getColumn("created"));
    item.starred = row.getColumn("starred").getInt() != 0;
    item.permissions = row.getColumn("permissions").getString();
    item.part = row.getColumn("part").getInt();
    item.entry = row.getColumn("entry").getInt64();
    item.action = word_of<Action>(row.getColumn("action").getString());
    item.target = row.getColumn("target").getString();
    item.kept_target = row.getColumn("kept_target").getString();
    item.original_target = row.getColumn("original_target").getString();
    item.existing = row.getColumn("existing").getString();
    item.reasons = reasons_from_json(row.getColumn("reasons").getString());
    item.state = word_of<ItemState>(row.getColumn("state").getString());
    if (const auto verdict = row.getColumn("verdict"); !verdict.isNull())
        item.verdict = word_of<VerdictKind>(verdict.getString());
    item.retryable = row.getColumn("retryable").getInt() != 0;
    item.replaces = replaces_from_json(row.getColumn("replaces").getString());
    item.moves = moves_from_json(row.getColumn("moves").getString());
    item.former_path = row.getColumn("former_path").getString();
    return item;
}

Upload upload_of(SQLite::Statement& row) {
    Upload upload;
    upload.role = role_of(row.getColumn("role").getString());
    upload.state = upload_state_of(row.getColumn("state").getString());
    upload.target = row.getColumn("target").getString();
    upload.method = method_of(row.getColumn("method").getString());
    upload.upload_id = row.getColumn("upload_id").getString();
    upload.scratch_file = row.getColumn("scratch_file").getString();
    upload.size = static_cast<std::uint64_t>(row.getColumn("size").getInt64());
    upload.sha256 = row.getColumn("sha256").getString();
    upload.etag = row.getColumn("etag").getString();
    upload.file_id = row.getColumn("file_id").getString();
    upload.verified_by = row.getColumn("verified_by").getString();
    return upload;
}

std::vector<Item> read_items(Statements& statements, JobId job, const ItemFilter& filter, ItemId after,
                             std::size_t limit) {
    const std::string verdict(filter.verdict ? to_string(*filter.verdict) : "");
    const std::string text = searchable(filter.text);
    const std::string below = filter.below.empty() || filter.below.ends_with('/') ? filter.below : filter.below + '/';
    std::vector<Item> items;
    const auto take = [&](SQLite::Statement& row) {
        while (row.executeStep())
            items.push_back(item_of(row));
        row.reset();
    };
    const auto most = static_cast<std::uint64_t>(limit);
    if (filter.states.empty())
        take(statements.prepare(sql::select_items, job.value, after.value, filter.reason_code, verdict, text, below,
                                most));
    for (const ItemState state : std::set(filter.states.begin(), filter.states.end()))
        take(statements.prepare(sql::select_items_in_state, job.value, after.value, filter.reason_code, verdict, text,
                                below, most, to_string(state)));
    std::ranges::sort(items, {}, &Item::id);
    if (items.size() > limit) items.resize(limit);
    for (Item& item : items)
        item.uploads = uploads_of(statements, item.id);
    return items;
}

std::optional<Item> read_done_item(Statements& statements, const JobKey& key, const std::string& source_path) {
    auto& row = statements.prepare(sql::select_done_item, key.server_url, key.user_id, key.destination, source_path);
    std::optional<Item> item;
    if (row.executeStep()) item = item_of(row);
    row.reset();
    if (item) item->uploads = uploads_of(statements, item->id);
    return item;
}

Statement read_statement(Statements& statements, JobId job) {
    Statement statement;
    auto& row = statements.prepare(sql::select_sums, job.value);
    while (row.executeStep()) {
        const auto what = row.getColumn(0).getString();
        const Statement::Sum sum{static_cast<std::uint64_t>(row.getColumn(1).getInt64()),
                                 static_cast<std::uint64_t>(row.getColumn(2).getInt64())};
        if (what == "arrived")
            statement.arrived_bytes = sum.bytes;
        else
            add(statement, word_of<ItemState>(what), sum, row);
    }
    row.reset();
    return statement;
}

} // namespace passerelle::journal
