// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/jobs/convert_stage.hpp"
#include "daemon/jobs/finishing.hpp"
#include "daemon/jobs/job_folder.hpp"
#include "daemon/jobs/migration.hpp"
#include "daemon/jobs/packing.hpp"
#include "daemon/jobs/read_stage.hpp"
#include "daemon/jobs/rearranging.hpp"
#include "daemon/jobs/run_state.hpp"
#include "daemon/jobs/team_folders.hpp"
#include "daemon/jobs/upload_stage.hpp"
#include "daemon/log/log.hpp"

#include <thread>
#include <vector>

namespace passerelle::jobs {
namespace {

constexpr std::size_t kQueuedFiles = 400;

/// read ──► convert ──► upload, each stage with its threads, bounded queues between them.
class Pipeline {
  public:
    Pipeline(const journal::Job& job, const Tools& tools, const JobFolder& folder, RunState& state,
             const std::string& below)
        : tools_(tools), state_(state), memory_(tools.memory_bytes), documents_(2 * tools.workers),
          outgoing_(kQueuedFiles), packing_(tools.server.profile(), job.created_at),
          read_(job.id, tools.journal, tools.source, tools.server, folder, packing_, documents_, outgoing_, memory_,
                state, below),
          convert_(tools.converter, folder, choices_from_text(job.key.choices), tools.server.profile().names,
                   documents_, outgoing_, packing_, state),
          upload_(tools.server, outgoing_, state) {}

    void run() {
        auto uploaders = start(tools_.connections, [this] { upload_.run(); });
        auto workers = start(tools_.workers, [this] { convert_.run(); });
        read_.run();
        documents_.close();
        workers.clear(); // joins
        outgoing_.close();
        uploaders.clear();
    }

  private:
    template <class Stage> std::vector<std::jthread> start(std::size_t count, Stage stage) {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < count; ++i)
            threads.emplace_back(stage);
        return threads;
    }

    const Tools& tools_;
    RunState& state_;
    ByteBudget memory_; // before the queues: what they hold gives back to it
    UnconvertedQueue documents_;
    OutgoingQueue outgoing_;
    Packing packing_;
    ReadStage read_;
    ConvertStage convert_;
    UploadStage upload_;
};

Result<journal::Job> job_to_run(JobId id, const Tools& tools) {
    auto job = tools.journal.job(id);
    if (!job) return failure(job);
    if (!*job) return Error(ErrorKind::job, codes::job_unknown, "", {{"job", std::to_string(id.value)}});
    return std::move(**job);
}

/// Compares the source with the one that the job was made of; where they differ, that is from now on why it is stopped.
Result<void> check_export(const journal::Job& job, const Tools& tools) {
    if (job.key.export_fingerprint == tools.source.inventory().fingerprint) return {};
    const Error changed(ErrorKind::job, codes::export_changed, "");
    if (job.phase != JobPhase::finished)
        (void)tools.journal.set_phase(job.id, JobPhase::stopped,
                                      reason_of(changed)); // told all the same where it fails
    return changed;
}

/// Somebody may have taken a team folder away since the job was planned.
Result<void> check_team_folders(const journal::Job& job, const Tools& tools, std::stop_token stop) {
    auto ready = require_team_folders(choices_from_text(job.key.choices), {}, tools.server, std::move(stop));
    if (!ready) (void)tools.journal.set_phase(job.id, JobPhase::stopped, reason_of(ready.error())); // told all the same
    return ready;
}

/// Carries out both phases; what ended them early is in the state.
Result<void> carry_out(const journal::Job& job, const Tools& tools, const JobFolder& folder, RunState& state,
                       const std::string& below) {
    if (auto phase = tools.journal.set_phase(job.id, JobPhase::running, std::nullopt); !phase) return phase;
    move_files(job.id, tools.journal, tools.server, tools.connections, below, state);
    if (!state.stop().stop_requested()) Pipeline(job, tools, folder, state, below).run();
    if (!state.stop().stop_requested())
        remove_files(job.id, tools.journal, tools.server, tools.connections, below, state);
    if (state.stop().stop_requested()) return {};
    if (auto phase = tools.journal.set_phase(job.id, JobPhase::finishing, std::nullopt); !phase) return phase;
    state.progress().doing(Activity::finishing, "");
    finish(job.id, tools.journal, tools.server, tools.connections, state);
    return {};
}

void log_conversions(const log::Logger& log, const convert::PoolStatistics& ended) {
    if (ended.converted + ended.kept == 0) return;
    log.info("conversion: {} converted, {} kept, {} of them the same bytes again; workers: {}; network: {}",
             ended.converted, ended.kept, ended.repeated, convert::describe_ends(ended), ended.network);
}

} // namespace

Result<journal::Statement> run(JobId id, const Tools& tools, ProgressBoard& progress, std::stop_token stop,
                               const RunOptions& options) {
    auto job = job_to_run(id, tools);
    if (!job) return failure(job);
    auto folder = JobFolder::open(tools.state_folder, id);
    if (!folder) return failure(folder);
    if (auto same = check_export(*job, tools); !same) return failure(same);
    auto before = tools.journal.statement(id);
    if (!before) return before;
    progress.start(*before);
    const auto log = log::logger("jobs").with(id);
    log.info("run begins: {} of {} items left, {} bytes", before->pending.items, before->seen.items,
             before->pending.bytes);

    RunState state(id, tools.journal, progress, options.pace, stop);
    if (before->pending.items > 0) {
        if (auto ready = check_team_folders(*job, tools, stop); !ready) return failure(ready);
        if (auto carried_out = carry_out(*job, tools, *folder, state, options.below); !carried_out)
            return failure(carried_out);
    }
    std::optional<Error> ended_by = state.ended_by();
    if (!ended_by && stop.stop_requested()) ended_by = Error(ErrorKind::job, codes::job_stopped, "");
    auto after = tools.journal.statement(id);
    if (after)
        log.info("run ends: {} done, {} skipped, {} failed, {} left", after->done.items, after->skipped.items,
                 after->failed.items, after->pending.items);
    log_conversions(log, tools.converter.statistics());
    if (ended_by) {
        // The journal may be what failed; then the job is found as it was, which is just as resumable.
        (void)tools.journal.set_phase(id, JobPhase::stopped, reason_of(*ended_by));
        return *ended_by;
    }
    const bool rest_is_left = after && after->pending.items > 0; // a pilot
    const auto phase_now = rest_is_left ? JobPhase::stopped : JobPhase::finished;
    if (auto phase = tools.journal.set_phase(id, phase_now, std::nullopt); !phase) return failure(phase);
    if (rest_is_left) return after;
    folder->remove();
    return after;
}

} // namespace passerelle::jobs
