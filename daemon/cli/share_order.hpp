// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "daemon/cli/arguments.hpp"

#include <filesystem>
#include <string>

/// `--shares none|source|FILE` with `--people FILE`: what to share at the end of a migration.
namespace passerelle::cli {

[[nodiscard]] bool asks_to_share(const Arguments& arguments);
/// The table of accesses; empty: as the export says.
[[nodiscard]] std::filesystem::path accesses_table(const Arguments& arguments);
/// A table that is named and not there is told before anything moves. Error: `file.unreadable` (job).
[[nodiscard]] Result<void> check_tables(const Arguments& arguments);

/// As the journal keeps it with the job (journal::NewJob::share_order), with absolute paths; empty: nothing to share.
[[nodiscard]] std::string share_order_text(const Arguments& arguments);
/// The order of the job, unless the command line gives one.
void take_share_order(const std::string& text, Arguments& arguments);

} // namespace passerelle::cli
