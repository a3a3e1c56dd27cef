// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/journal/ledger.hpp"

namespace passerelle::journal {

class Statements;

/// Writes one transition inside the caller's transaction. Throws std::logic_error where the item's state does not allow
/// it, and SQLite::Exception.
void apply(Statements& statements, const Transition& transition);

/// Answers false where the line's state does not allow it; nothing is changed then.
[[nodiscard]] bool apply(Statements& statements, JobId job, const ItemDecision& decision);

} // namespace passerelle::journal
