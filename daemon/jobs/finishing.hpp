// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "daemon/jobs/run_state.hpp"
#include "daemon/journal/journal.hpp"

namespace passerelle::jobs {

/// What the item's place on the server still lacks once its bytes are there; nothing: the item is done. `method`: how
/// its file travelled.
[[nodiscard]] std::optional<nextcloud::Properties> finishing_of(const journal::Item& item, journal::Method method);

/// The last step of a run: uploaded -> done. Favourites and creation times of files, then the times of folders, the
/// deepest first, since whatever happens in a folder changes its time. Works with `connections` threads; returns when
/// all is done or the run has ended.
void finish(JobId job, journal::Journal& journal, nextcloud::Nextcloud& server, std::size_t connections,
            RunState& state);

} // namespace passerelle::jobs
