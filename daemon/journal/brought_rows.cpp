// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/journal/brought_rows.hpp"

#include "daemon/journal/row_words.hpp"
#include "daemon/journal/statements.hpp"
#include "journal/sql.hpp"

#include <nlohmann/json.hpp>
#include <optional>

namespace passerelle::journal {
namespace {

Brought brought_of(SQLite::Statement& row) {
    Brought brought;
    brought.source_path = row.getColumn("source_path").getString();
    brought.kind = word_of<ItemKind>(row.getColumn("kind").getString());
    brought.size = static_cast<std::uint64_t>(row.getColumn("size").getInt64());
    if (const auto crc = row.getColumn("crc32"); !crc.isNull())
        brought.crc32 = static_cast<std::uint32_t>(crc.getInt64());
    if (const auto modified = row.getColumn("modified"); !modified.isNull())
        brought.modified = from_epoch(modified.getInt64());
    brought.action = word_of<Action>(row.getColumn("action").getString());
    if (const auto verdict = row.getColumn("verdict"); !verdict.isNull())
        brought.verdict = word_of<VerdictKind>(verdict.getString());
    brought.target = row.getColumn("target").getString();
    brought.former_path = row.getColumn("former_path").getString();
    return brought;
}

Standing standing_of(SQLite::Statement& row) {
    return {role_of(row.getColumn("role").getString()), row.getColumn("stands_at").getString(),
            static_cast<std::uint64_t>(row.getColumn("stands_size").getInt64()), row.getColumn("sha256").getString(),
            row.getColumn("etag").getString()};
}

} // namespace

void read_seen_files(Statements& statements, const JobKey& key, ExportKind kind,
                     const std::function<void(const SeenFile&)>& seen) {
    auto& row =
        statements.prepare(sql::select_seen_files, key.server_url, key.user_id, key.destination, to_string(kind));
    while (row.executeStep()) {
        const auto path = row.getColumn(1);
        SeenFile file{JobId{row.getColumn(0).getInt64()},
                      {path.getText(), static_cast<std::size_t>(path.getBytes())},
                      static_cast<std::uint64_t>(row.getColumn(2).getInt64())};
        if (const auto crc = row.getColumn(3); !crc.isNull()) file.crc32 = static_cast<std::uint32_t>(crc.getInt64());
        seen(file);
    }
    row.reset();
}

void read_brought(Statements& statements, const JobKey& key, ExportKind kind, std::span<const JobId> jobs,
                  const std::function<void(Brought&&)>& take) {
    auto numbers = nlohmann::json::array();
    for (const JobId job : jobs)
        numbers.push_back(job.value);
    const std::string wanted = numbers.dump();
    auto& row =
        statements.prepare(sql::select_brought, key.server_url, key.user_id, key.destination, to_string(kind), wanted);
    std::optional<Brought> line;
    std::int64_t line_id = 0;
    while (row.executeStep()) {
        if (const auto id = row.getColumn("id").getInt64(); !line || id != line_id) {
            if (line) take(std::move(*line));
            line = brought_of(row);
            line_id = id;
        }
        if (!row.getColumn("role").isNull()) line->files.push_back(standing_of(row));
    }
    row.reset();
    if (line) take(std::move(*line));
}

} // namespace passerelle::journal
