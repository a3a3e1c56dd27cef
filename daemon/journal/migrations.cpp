// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/journal/migrations.hpp"

#include "journal/sql.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

namespace passerelle::journal {

bool migrate(SQLite::Database& database) {
    const auto version = static_cast<std::size_t>(database.execAndGet("PRAGMA user_version").getInt());
    if (version > sql::kMigrations.size()) return false;
    for (std::size_t next = version; next < sql::kMigrations.size(); ++next) {
        SQLite::Transaction transaction(database);
        database.exec(sql::kMigrations[next]);
        database.exec(fmt::format("PRAGMA user_version = {}", next + 1));
        transaction.commit();
    }
    return true;
}

} // namespace passerelle::journal
