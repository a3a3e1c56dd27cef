// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/journal/ledger.hpp"
#include "daemon/journal/statements.hpp"

#include <optional>
#include <string>
#include <vector>

namespace passerelle::journal {

// The row that a statement stands on, by the names of its columns. Internal to the room; SQLite throws, and so does a
// text that no journal wrote.
[[nodiscard]] Job job_of(SQLite::Statement& row);
[[nodiscard]] Item item_of(SQLite::Statement& row); ///< without its uploads
[[nodiscard]] Upload upload_of(SQLite::Statement& row);

// What the calls of Journal answer; likewise.
[[nodiscard]] std::vector<Item> read_items(Statements& statements, JobId job, const ItemFilter& filter, ItemId after,
                                           std::size_t limit);
[[nodiscard]] std::optional<Item> read_done_item(Statements& statements, const JobKey& key,
                                                 const std::string& source_path);
[[nodiscard]] Statement read_statement(Statements& statements, JobId job);

} // namespace passerelle::journal
