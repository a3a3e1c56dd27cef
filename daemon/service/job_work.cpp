// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/job_work.hpp"

#include "core/reason_codes.hpp"
#include "daemon/jobs/job_folder.hpp"
#include "daemon/jobs/migration.hpp"
#include "daemon/jobs/sharing.hpp"
#include "daemon/jobs/team_sharing.hpp"
#include "daemon/jobs/undo.hpp"
#include "daemon/service/fetch.hpp"
#include "daemon/service/job_sharing.hpp"
#include "daemon/service/task_text.hpp"

#include <condition_variable>

namespace passerelle::service {

/// Everything that the engine works with for one task; ends in the reverse order.
struct JobWork::Bench {
    std::unique_ptr<sources::Source> source;
    std::unique_ptr<nextcloud::Nextcloud> server;
    std::shared_ptr<convert::Converter> converter; // shared: see SharedConverter

    [[nodiscard]] jobs::Tools tools(const JobWork::Tools& service, std::size_t connections) const {
        return {.journal = service.journal,
                .source = *source,
                .server = *server,
                .converter = *converter,
                .state_folder = service.state_folder,
                .connections = connections,
                .workers = service.workers,
                .memory_bytes = service.memory_bytes};
    }
};

Result<void> JobWork::carry_out(const journal::ServiceJob& job, std::size_t connections, Board& board,
                                std::stop_token stop) {
    switch (job.task) {
    case journal::Task::none:
        return {};
    case journal::Task::plan:
        return plan(job, connections, board, stop);
    case journal::Task::run:
        return run(job, connections, board, stop);
    case journal::Task::share:
        return share(job, board, stop);
    case journal::Task::undo:
        return undo(job, connections, board, stop);
    }
    return {};
}

void JobWork::clear(JobId id) const {
    auto folder = jobs::JobFolder::open(tools_.state_folder, id); // where another process runs it, it stays
    if (folder) folder->remove();
}

Result<std::vector<std::filesystem::path>> JobWork::parts_of(const journal::ServiceJob& job,
                                                             nextcloud::Nextcloud& server, Board& board,
                                                             const std::stop_token& stop) const {
    std::vector<std::filesystem::path> paths;
    std::vector<std::string> remote;
    for (const auto& part : job.parts) {
        if (!part.in_inbox) {
            remote.push_back(part.path);
            continue;
        }
        auto path = tools_.inboxes.locate(job.workspace ? job.workspace->inbox_of : job.owner, part.path);
        if (!path) return failure(path);
        paths.push_back(std::move(*path));
    }
    if (remote.empty()) return paths;
    const auto on_part = [&board](const std::string& path) { board.progress.doing(jobs::Activity::reading, path); };
    // In the job's own folder, which goes with the job.
    const auto folder = tools_.state_folder / "jobs" / std::to_string(job.id.value) / "export";
    auto fetched = fetch_parts(server, remote, folder, on_part, stop);
    if (!fetched) return failure(fetched);
    paths.insert(paths.end(), fetched->begin(), fetched->end());
    return paths;
}

Result<JobWork::Bench> JobWork::open(const journal::ServiceJob& job, std::size_t connections, Board& board,
                                     const std::stop_token& stop) {
    board.progress.doing(jobs::Activity::reading, "");
    Bench bench;
    const auto on_wait = [&board](const nextcloud::Waiting& waiting) {
        board.progress.waiting_for(std::string(reason_for(waiting.reason)));
    };
    auto server = tools_.connections.open(job, connections, on_wait, stop);
    if (!server) return failure(server);
    bench.server = std::move(*server);
    auto paths = parts_of(job, *bench.server, board, stop);
    if (!paths) return failure(paths);
    auto source = sources::open_export(*paths, stop);
    if (!source) return failure(source);
    bench.source = std::move(*source);
    bench.converter = tools_.converter.borrow();
    return bench;
}

Result<void> JobWork::plan(journal::ServiceJob job, std::size_t connections, Board& board,
                           const std::stop_token& stop) {
    auto known = tools_.journal.job(job.id);
    if (!known) return failure(known);
    auto bench = open(job, connections, board, stop);
    if (!bench) return failure(bench);
    const jobs::Order order{.server_url = tools_.server_url,
                            .choices = jobs::choices_from_text((*known)->key.choices),
                            .access = (*known)->access};
    if (auto planned = jobs::plan_into(job.id, bench->tools(tools_, connections), order, stop); !planned)
        return planned;
    auto quota = bench->server->quota(stop);
    if (!quota) return failure(quota);
    auto changed = journal::change(tools_.journal.service(), job.id, [&](journal::ServiceJob& now) {
        now.free_bytes = quota->free_bytes;
        return true;
    });
    return changed ? Result<void>() : Result<void>(failure(changed));
}

Result<void> JobWork::run(const journal::ServiceJob& job, std::size_t connections, Board& board,
                          const std::stop_token& stop) {
    auto known = tools_.journal.job(job.id);
    if (!known) return failure(known);
    auto bench = open(job, connections, board, stop);
    if (!bench) return failure(bench);
    const auto tools = bench->tools(tools_, connections);
    auto lacking = jobs::lacking_space(**known, tools, stop);
    if (!lacking) return failure(lacking);
    if (*lacking) return **lacking;
    jobs::RunOptions options;
    options.below = run_task_of(job.task_text).below;
    options.pace = [&pacer = tools_.pacer](std::uint64_t bytes, const std::stop_token& ends) {
        pacer.sent(bytes, ends);
    };
    auto statement = jobs::run(job.id, tools, board.progress, stop, options);
    return statement ? Result<void>() : Result<void>(failure(statement));
}

Result<void> JobWork::undo(const journal::ServiceJob& job, std::size_t connections, Board& board,
                           const std::stop_token& stop) {
    const auto on_wait = [&board](const nextcloud::Waiting& waiting) {
        board.progress.waiting_for(std::string(reason_for(waiting.reason)));
    };
    auto server = tools_.connections.open(job, connections, on_wait, stop);
    if (!server) return failure(server);
    const jobs::UndoTools tools{tools_.journal, **server, tools_.state_folder, connections};
    auto undone = jobs::undo(job.id, tools, board.progress, stop);
    return undone ? Result<void>() : Result<void>(failure(undone));
}

Result<void> JobWork::share(const journal::ServiceJob& job, Board& board, const std::stop_token& stop) {
    const auto on_wait = [&board](const nextcloud::Waiting& waiting) {
        board.progress.waiting_for(std::string(reason_for(waiting.reason)));
    };
    auto server = tools_.connections.open(job, 1, on_wait, stop);
    if (!server) return failure(server);
    auto table = share_table(job, tools_.journal, **server, stop);
    if (!table) return failure(table);
    jobs::ApplyChoices choices;
    choices.notify = share_task_of(job.task_text).notify;
    choices.wait = [&board](std::chrono::seconds left, const std::stop_token& ends) {
        board.progress.waiting_for(std::string(codes::service_wait_share_limit));
        board.wait_until(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + left);
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any never;
        never.wait_for(lock, ends, left, [] { return false; });
        board.wait_until(std::nullopt);
        return !ends.stop_requested();
    };
    auto folder = jobs::JobFolder::open(tools_.state_folder, job.id); // the command line may be sharing, too
    if (!folder) return failure(folder);
    auto teams = jobs::apply_team_folders(table->job, table->plan, tools_.journal, **server, {}, stop);
    if (!teams) return failure(teams);
    auto applied = jobs::apply_shares(table->job, table->plan, {tools_.journal, (*server)->sharing()}, choices, stop);
    if (!applied) return failure(applied);
    if (table->job.phase == JobPhase::finished) folder->remove();
    return {};
}

} // namespace passerelle::service
