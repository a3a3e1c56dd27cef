// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/plan/earlier.hpp"
#include "daemon/sources/source.hpp"

namespace passerelle::jobs {

/// What has become of earlier exports of the same account that went to the same place (server, user, destination of
/// `key`). An earlier job is of the same account when the export in hand has at least a third of the files that it saw,
/// by their path or by their content: two accounts may share a destination, and neither's files are the other's to
/// replace.
[[nodiscard]] Result<plan::Earlier> earlier_of(journal::Journal& journal, const journal::JobKey& key,
                                               const sources::Inventory& inventory);

} // namespace passerelle::jobs
