// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "daemon/jobs/run_state.hpp"
#include "daemon/journal/journal.hpp"

#include <string>

/// What a synchronisation does on the server without any bytes: planned -> uploaded (moved), planned -> done (removed).
/// Both act on the very states that the plan saw, work with `connections` threads, and return when all is done or the
/// run has ended. `below`: only what lies in this folder of the export; empty: everything.
namespace passerelle::jobs {

/// Before the pipeline: what cannot be moved becomes an ordinary item for it.
void move_files(JobId job, journal::Journal& journal, nextcloud::Nextcloud& server, std::size_t connections,
                const std::string& below, RunState& state);

/// After it, so that nothing is removed by a run that did not get that far. What somebody has touched stays, and says
/// so.
void remove_files(JobId job, journal::Journal& journal, nextcloud::Nextcloud& server, std::size_t connections,
                  const std::string& below, RunState& state);

} // namespace passerelle::jobs
