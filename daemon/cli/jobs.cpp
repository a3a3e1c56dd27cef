// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/commands.hpp"
#include "daemon/cli/console.hpp"
#include "daemon/cli/engine.hpp"
#include "daemon/report/safe_text.hpp"
#include "daemon/report/summary.hpp"
#include "daemon/report/wording.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace passerelle::cli {
namespace {

nlohmann::ordered_json to_json(const journal::Job& job, const journal::Statement& statement) {
    const auto sum = [](const journal::Statement::Sum& value) {
        return nlohmann::ordered_json{{"items", value.items}, {"bytes", value.bytes}};
    };
    return {{"job", job.id.value},
            {"phase", to_string(job.phase)},
            {"stopped_by", job.stopped_by ? nlohmann::ordered_json(job.stopped_by->code) : nlohmann::ordered_json()},
            {"export", job.export_name},
            {"server", job.key.server_url},
            {"user", job.key.user_id},
            {"destination", job.key.destination},
            {"created_at", to_epoch(job.created_at)},
            {"updated_at", to_epoch(job.updated_at)},
            {"seen", sum(statement.seen)},
            {"done", sum(statement.done)},
            {"skipped", sum(statement.skipped)},
            {"failed", sum(statement.failed)},
            {"pending", sum(statement.pending)},
            {"converted", statement.converted}};
}

void print(const nlohmann::ordered_json& json) {
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

Sentence phase_name(JobPhase phase) {
    switch (phase) {
    case JobPhase::planning:
        return {"plan inachevé", "plan unfinished"};
    case JobPhase::running:
        return {"en cours ou interrompue", "running or interrupted"};
    case JobPhase::finishing:
        return {"dernières dates", "last dates"};
    case JobPhase::stopped:
        return {"arrêtée", "stopped"};
    case JobPhase::finished:
        return {"terminée", "finished"};
    }
    return {};
}

} // namespace

Result<Ending> list_jobs(const Arguments& arguments, const Settings& settings) {
    auto journal = open_journal(settings);
    if (!journal) return failure(journal);
    auto jobs = (*journal)->jobs();
    if (!jobs) return failure(jobs);
    auto list = nlohmann::ordered_json::array();
    for (const auto& job : *jobs) {
        auto statement = (*journal)->statement(job.id);
        if (!statement) return failure(statement);
        if (arguments.output == Output::json) {
            list.push_back(to_json(job, *statement));
            continue;
        }
        fmt::print("{:>4}  {}  {:<24}  {}/{}  {} → {} ({})\n", job.id.value,
                   report::human_time(job.created_at, arguments.language), phase_name(job.phase).in(arguments.language),
                   statement->seen.items - statement->pending.items, statement->seen.items,
                   report::visible(job.export_name), report::visible(job.key.server_url),
                   report::visible(job.key.user_id));
    }
    if (arguments.output == Output::json) print(list);
    if (jobs->empty()) say(Sentence{"Aucune migration pour l'instant.", "No migration so far."}.in(arguments.language));
    return Ending::complete;
}

Result<Ending> status(const Arguments& arguments, const Settings& settings) {
    auto journal = open_journal(settings);
    if (!journal) return failure(journal);
    auto job = find_job(**journal, arguments);
    if (!job) return failure(job);
    auto statement = (*journal)->statement(job->id);
    if (!statement) return failure(statement);
    auto counts = (*journal)->reason_counts(job->id);
    if (!counts) return failure(counts);
    if (arguments.output == Output::json)
        print(to_json(*job, *statement));
    else
        fmt::print("{}", report::summary(*job, *statement, *counts, arguments.language));
    return Ending::complete;
}

} // namespace passerelle::cli
