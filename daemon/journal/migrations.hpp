// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace SQLite {
class Database;
}

namespace passerelle::journal {

/// Brings the tables up to the newest numbered migration, each in a transaction of its own; `PRAGMA user_version` tells
/// how far a file is. Answers false for a file that a later Passerelle has written. Throws SQLite::Exception.
[[nodiscard]] bool migrate(SQLite::Database& database);

} // namespace passerelle::journal
