// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "core/result.hpp"
#include "daemon/jobs/progress_board.hpp"
#include "daemon/jobs/undone_thing.hpp"
#include "daemon/journal/journal.hpp"

#include <cstddef>
#include <filesystem>
#include <stop_token>
#include <vector>

namespace passerelle::jobs {

/// What undoing works with; it outlives the call.
struct UndoTools {
    journal::Journal& journal;
    nextcloud::Nextcloud& server; ///< of the job's account
    std::filesystem::path state_folder;
    std::size_t connections = 4;
};

/// What undo() would do now. Changes nothing.
[[nodiscard]] Result<std::vector<UndoneThing>> preview_undo(JobId job, const UndoTools& tools, std::stop_token stop);

/// Takes away what the job made and nobody has touched since, shares first, then files into the trash bin, then folders
/// that are empty and that the server did not have before. Each file is removed in the very state that the job left. A
/// Team that the job made stays, and is told. What it says, the ledger says as well; calling it again goes on where it
/// was. What a synchronisation replaced, moved or removed stays as it is. Errors: `job.running` when another process
/// has the job, `job.unknown`, `job.stopped`, and whatever the server answers that concerns no single file.
[[nodiscard]] Result<std::vector<UndoneThing>> undo(JobId job, const UndoTools& tools, ProgressBoard& progress,
                                                    std::stop_token stop);

} // namespace passerelle::jobs
