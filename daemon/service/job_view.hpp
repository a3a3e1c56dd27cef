// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/ids.hpp"
#include "core/reason.hpp"
#include "core/secret.hpp"
#include "core/units.hpp"
#include "core/words.hpp"
#include "daemon/jobs/progress_board.hpp"
#include "daemon/journal/ledger.hpp"
#include "daemon/journal/service_jobs.hpp"
#include "daemon/plan/plan.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What is said about a job of the daemon, and what it is made of. All are values.
namespace passerelle::service {

/// Where an export lies. Never a path of the machine: nobody reads a file of the server by naming it.
struct ExportPart {
    enum class Place {
        inbox, ///< a path below the caller's folder of an inbox
        files, ///< a path below the caller's files in Nextcloud; it is fetched first
    };
    Place place = Place::inbox;
    std::string path; ///< UTF-8, relative, no "." or ".."
    friend bool operator==(const ExportPart&, const ExportPart&) = default;
};

using journal::Workspace;

/// What begins a job. The order of the parts does not matter.
struct JobOrder {
    std::vector<ExportPart> parts;
    std::string user_id; ///< whose files it fills; the caller, or for an administrator anybody
    std::string login;   ///< with which `app_password` works
    Secret app_password; ///< encrypted at rest, forgotten when the job ends
    plan::Choices choices;
    bool delta = false;                 ///< the same account again: only what changed travels, see `passerelle sync`
    std::optional<Workspace> workspace; ///< administrators only: it is for one account of that export
};

/// Where a job of the daemon stands.
///
///     draft ──► planning ──► review ──► queued ──► running ──► finished
///                 ▲            │           ▲  ▲       │  └────► stopped ──(resume)──► queued
///                 └─(choices)──┘           │  └paused◄┘
///                                          └── also for sharing, retrying and undoing, when it has finished
/// cancelled: nobody wants it any more; what has arrived stays until it is undone.
enum class JobState { draft, planning, review, queued, running, paused, stopped, finished, cancelled };

/// What is to be done, or being done, for a job; kept in the journal, so that it goes on after a restart.
using journal::Task;

[[nodiscard]] std::string_view to_string(JobState state);
using journal::to_string;

/// Why a job that has something to do does not move.
struct Wait {
    Reason reason;                  ///< `service.wait_*` or `server.*`
    std::optional<Timestamp> until; ///< where that can be known
};

struct JobView {
    JobId id;
    std::string user_id;
    JobState state = JobState::draft;
    Task task = Task::none;
    ExportKind export_kind = ExportKind::folder; ///< from `review` on, like all that the export tells
    std::string export_name;
    std::vector<ExportPart> parts;
    plan::Choices choices;
    bool delta = false;
    std::optional<Workspace> workspace;                ///< it is for one account of that export
    std::vector<Reason> problems;                      ///< of the export and the plan as a whole
    std::optional<Reason> stopped_by;                  ///< `stopped`: why
    journal::Statement statement;                      ///< all zero before `review`
    std::uint64_t need_bytes = 0;                      ///< on the server
    std::optional<std::uint64_t> free_bytes;           ///< of the account, when it was planned; nothing: no bound
    jobs::Activity activity = jobs::Activity::reading; ///< `running` and `planning`: what it does now
    std::string current;                               ///< the path in work
    std::optional<Wait> wait;
    std::uint64_t sent_bytes = 0;                  ///< on the wire since it last began to run
    double bytes_per_second = 0;                   ///< of the last minute
    std::optional<std::chrono::seconds> time_left; ///< guessed from what was done so far
    bool authorised = false;                       ///< the service holds an app password for it
    Timestamp heartbeat_at{};                      ///< when it last did something; `running` only
    Timestamp created_at{};
    Timestamp updated_at{};
    std::uint64_t version = 0; ///< of the last event about it
};

} // namespace passerelle::service
