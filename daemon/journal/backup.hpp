// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"

#include <SQLiteCpp/Database.h>
#include <filesystem>

namespace passerelle::journal {

/// See Journal::back_up().
[[nodiscard]] Result<void> copy_database(SQLite::Database& database, const std::filesystem::path& file);

} // namespace passerelle::journal
