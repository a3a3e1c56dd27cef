// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/journal/ledger.hpp"

namespace SQLite {
class Statement;
}

namespace passerelle::journal {

// The row that a statement stands on, by the names of its columns. Internal to the room; SQLite throws, and so does a
// text that no journal wrote.
[[nodiscard]] Job job_of(SQLite::Statement& row);
[[nodiscard]] Item item_of(SQLite::Statement& row); ///< without its uploads
[[nodiscard]] Upload upload_of(SQLite::Statement& row);

} // namespace passerelle::journal
