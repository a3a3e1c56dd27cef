// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "core/result.hpp"
#include "daemon/convert/converter.hpp"
#include "daemon/jobs/progress_board.hpp"
#include "daemon/jobs/run_state.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/plan/plan.hpp"
#include "daemon/sources/source.hpp"

#include <filesystem>
#include <stop_token>
#include <string>

/// A migration's life: prepare() turns an export and the choices into a job of the journal, run() carries it out and
/// may be called again after whatever ended the last run. The state machine of an item:
///
///     planned ──► converted ──► uploaded ──► done          skipped      failed ──(retry)──► planned
///        └───────────────────────▲
///
/// planned -> uploaded    rearranging.cpp, in a synchronisation: what had arrived under another path was moved; and
///                        planned -> done, what the source no longer has was removed
/// planned -> converted   convert_stage.cpp: the document's ODF lies in scratch, its verdict is known
/// -> uploaded            upload_stage.cpp: the server acknowledged every file of the item, and the digests agreed
/// -> done                finishing.cpp: times, creation times and favourites are set, folders last and bottom-up
namespace passerelle::jobs {

/// What a job needs from below; all of it outlives the call.
struct Tools {
    journal::Journal& journal;
    const sources::Source& source;
    nextcloud::Nextcloud& server;
    convert::Converter& converter;
    std::filesystem::path state_folder;     ///< each job has a folder jobs/<id>/ in it
    std::size_t connections = 4;            ///< files on their way at once
    std::size_t workers = 2;                ///< documents in conversion at once
    std::uint64_t memory_bytes = 32 * kMiB; ///< of small files that wait between the stages
};

/// What a job is about, beside the export.
struct Order {
    std::string server_url;
    plan::Choices choices;
    std::string access;               ///< see journal::NewJob
    std::string share_order{};        ///< see journal::NewJob
    bool create_team_folders = false; ///< those of the choices that are not there; for an administrator's account
};

struct Preparation {
    JobId job;
    bool known = false; ///< the same job was there already: run() goes on with it
};

/// The job that the order would make of the export, without an id: for what is to be seen before there is one.
[[nodiscard]] journal::Job draft_of(const sources::Source& source, const Order& order,
                                    const nextcloud::Nextcloud& server);

/// Plans the migration without writing anything, here or on the server. What keeps the chosen team folders from being
/// filled is among the plan's reasons. `journal` is asked where the choices say to synchronise, and may be null where
/// they do not.
[[nodiscard]] Result<plan::Plan> preview(const sources::Source& source, const Order& order,
                                         nextcloud::Nextcloud& server, journal::Journal* journal, std::stop_token stop);

/// Finds the job of this export, place and choices, or plans a new one and writes it down; a synchronisation that is
/// finished is planned anew. What an earlier job to the same place brought already and has not changed since is skipped
/// as `delta.unchanged`. Space is checked before
/// anything moves: `server.no_space`, `disk.no_scratch` (job), and so are team folders: the errors of
/// require_team_folders().
[[nodiscard]] Result<Preparation> prepare(const Tools& tools, const Order& order, std::stop_token stop);

/// Plans into a job that is there already, and may have been planned before: its lines are replaced. Space is not
/// checked; see lacking_space(). The job is `stopped` without a reason then: it can be run.
[[nodiscard]] Result<void> plan_into(JobId job, const Tools& tools, const Order& order, std::stop_token stop);

/// Whether what the job has still to bring fits: nothing, or `server.no_space` (job).
[[nodiscard]] Result<std::optional<Error>> lacking_space(const journal::Job& job, const Tools& tools,
                                                         std::stop_token stop);

struct RunOptions {
    std::string below; ///< only what lies in this folder of the export, and the job is `stopped` then; empty: all
    RunState::Pace pace;
};

/// Carries the job out until nothing is left to do, an error of kind job ends it (the job is `stopped` and can be run
/// again), or a stop is asked for (`job.stopped`). Items that fail do not end it. Errors also: `job.running` when
/// another process has it, `export.changed` when the source is not the one the job was made of.
[[nodiscard]] Result<journal::Statement> run(JobId job, const Tools& tools, ProgressBoard& progress,
                                             std::stop_token stop, const RunOptions& options = {});

/// The choices of a job as they were written down; the text is canonical, so that equal choices are equal texts.
[[nodiscard]] std::string choices_to_text(const plan::Choices& choices);
[[nodiscard]] plan::Choices choices_from_text(const std::string& text);

} // namespace passerelle::jobs
