// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/journal/ledger.hpp"

#include <functional>
#include <span>
#include <string_view>

namespace passerelle::journal {

class Statements;

// What earlier jobs to the same place held and left there; see journal.hpp. They throw SQLite::Exception.
void read_seen_files(Statements& statements, const JobKey& key, ExportKind kind,
                     const std::function<void(const SeenFile&)>& seen);
void read_brought(Statements& statements, const JobKey& key, ExportKind kind, std::span<const JobId> jobs,
                  const std::function<void(Brought&&)>& take);

} // namespace passerelle::journal
