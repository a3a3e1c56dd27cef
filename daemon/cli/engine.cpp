// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/engine.hpp"

#include "core/reason_codes.hpp"
#include "daemon/convert/profiles.hpp"
#include "daemon/service/connections.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <poll.h>
#include <unistd.h>

namespace passerelle::cli {
namespace {

constexpr std::string_view kScratchPrefix = "convert-"; // the id of the process that works there follows

constexpr int kPatience = 150;
constexpr int kPauseMilliseconds = 20;

bool has_ended(const std::string& folder_name) {
    const auto process = static_cast<pid_t>(std::atoi(folder_name.c_str() + kScratchPrefix.size()));
    return process > 0 && ::kill(process, 0) != 0 && errno == ESRCH;
}

/// Removes the converters' folders of processes that were killed: documents lie in them. A worker that was just being
/// started when its process was killed holds the folder's lock for a moment longer.
void remove_abandoned(const std::filesystem::path& scratch) {
    std::error_code failed;
    for (const auto& folder : std::filesystem::directory_iterator(scratch, failed)) {
        const auto name = folder.path().filename().string();
        if (!name.starts_with(kScratchPrefix)) continue;
        convert::Profiles::remove_abandoned(folder);
        for (int turn = 0; turn < kPatience && std::filesystem::exists(folder.path(), failed) && has_ended(name);
             ++turn) {
            ::poll(nullptr, 0, kPauseMilliseconds);
            convert::Profiles::remove_abandoned(folder);
        }
    }
}

} // namespace

std::unique_ptr<convert::Converter> make_converter(const Settings& settings) {
    const std::filesystem::path scratch(settings.scratch_dir);
    remove_abandoned(scratch);
    convert::PoolOptions options;
    options.worker = convert_worker();
    options.workers = static_cast<std::size_t>(settings.workers);
    options.scratch = scratch / (std::string(kScratchPrefix) + std::to_string(::getpid()));
    options.timeout = std::chrono::seconds(settings.document_timeout_seconds);
    options.worker_memory_bytes = static_cast<std::uint64_t>(settings.worker_memory_mib) * kMiB;
    options.documents_per_worker = static_cast<std::size_t>(settings.documents_per_worker);
    return convert::make_converter_pool(std::move(options));
}

Result<std::unique_ptr<journal::Journal>> open_journal(const Settings& settings) {
    const std::filesystem::path state_folder(settings.state_dir);
    std::error_code failed;
    std::filesystem::create_directories(state_folder, failed);
    if (!failed) std::filesystem::permissions(state_folder, std::filesystem::perms::owner_all, failed);
    if (failed)
        return Error(ErrorKind::job, codes::journal_unavailable, failed.message(), {{"file", settings.state_dir}});
    return journal::open_sqlite_journal(state_folder / "journal.db");
}

Result<journal::Job> find_job(journal::Journal& journal, const Arguments& arguments) {
    const JobId id{arguments.job.value_or(0)};
    auto job = journal.job(id);
    if (!job) return failure(job);
    if (!*job) return Error(ErrorKind::job, codes::job_unknown, "", {{"job", std::to_string(id.value)}});
    return std::move(**job);
}

Result<std::unique_ptr<Engine>> Engine::open(const std::vector<std::filesystem::path>& exports,
                                             const TargetArguments& target, const Settings& settings,
                                             const std::stop_token& stop) {
    std::unique_ptr<Engine> engine(new Engine(settings));
    auto source = sources::open_export(exports, stop);
    if (!source) return failure(source);
    engine->source_ = std::move(*source);

    auto journal = open_journal(settings);
    if (!journal) return failure(journal);
    engine->journal_ = std::move(*journal);

    const auto on_wait = [&progress = engine->progress_](const nextcloud::Waiting& waiting) {
        progress.waiting_for(std::string(service::reason_for(waiting.reason)));
    };
    auto server = connect(target, settings, on_wait, stop);
    if (!server) return failure(server);
    engine->server_ = std::move(*server);

    engine->converter_ = make_converter(settings);
    return engine;
}

jobs::Tools Engine::tools() {
    return {.journal = *journal_,
            .source = *source_,
            .server = *server_,
            .converter = *converter_,
            .state_folder = settings_.state_dir,
            .connections = static_cast<std::size_t>(settings_.connections),
            .workers = static_cast<std::size_t>(settings_.workers),
            .memory_bytes = static_cast<std::uint64_t>(settings_.pipeline_mib) * kMiB};
}

} // namespace passerelle::cli
