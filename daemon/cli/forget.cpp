// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/console.hpp"
#include "daemon/cli/engine.hpp"
#include "daemon/jobs/job_folder.hpp"

#include <fmt/format.h>

namespace passerelle::cli {
namespace {

constexpr Sentence kForgotten{"La migration {} est oubliée.", "Migration {} is forgotten."};

/// With its lock, so that nothing is taken from under a process that runs it.
Result<void> forget_job(JobId id, journal::Journal& journal, const std::filesystem::path& state_folder) {
    auto folder = jobs::JobFolder::open(state_folder, id);
    if (!folder) return failure(folder);
    if (auto removed = journal.remove_job(id); !removed) return removed;
    folder->remove();
    return {};
}

/// With their app passwords; answers whether there were any.
Result<bool> forget_bridges(const std::string& user, journal::Journal& journal) {
    auto bridges = journal.bridges().all_bridges();
    if (!bridges) return failure(bridges);
    bool any = false;
    for (const auto& bridge : *bridges) {
        if (bridge.owner != user) continue;
        if (auto removed = journal.bridges().remove_bridge(bridge.id); !removed) return failure(removed);
        any = true;
    }
    return any;
}

} // namespace

Result<Ending> forget(const Arguments& arguments, const Settings& settings) {
    auto journal = open_journal(settings);
    if (!journal) return failure(journal);
    auto jobs = (*journal)->jobs();
    if (!jobs) return failure(jobs);
    bool any = false;
    for (const auto& job : *jobs) {
        const bool meant = arguments.job ? job.id.value == *arguments.job : job.key.user_id == arguments.forget_user;
        if (!meant) continue;
        any = true;
        if (auto forgotten = forget_job(job.id, **journal, settings.state_dir); !forgotten) return failure(forgotten);
        say(fmt::format(fmt::runtime(kForgotten.in(arguments.language)), job.id.value));
    }
    if (!arguments.job) {
        auto bridges = forget_bridges(arguments.forget_user, **journal);
        if (!bridges) return failure(bridges);
        any |= *bridges;
    }
    if (any) return Ending::complete;
    const auto named = arguments.job ? std::to_string(*arguments.job) : arguments.forget_user;
    return Error(ErrorKind::job, codes::job_unknown, "", {{"job", named}});
}

} // namespace passerelle::cli
