// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/json_writers.hpp"
#include "daemon/api/words.hpp"

namespace passerelle::api {
namespace {

Json json_of(const journal::Statement::Sum& sum) {
    return {{"items", sum.items}, {"bytes", sum.bytes}};
}

Json json_of(const std::optional<service::Wait>& wait, Language language) {
    if (!wait) return {};
    return {{"reason", api::json_of(wait->reason, language)}, {"until", json_of_time(wait->until)}};
}

/// The export tells what it is while it is being planned.
bool is_read(const service::JobView& job) {
    return job.state != service::JobState::draft && job.state != service::JobState::planning;
}

bool does_something(const service::JobView& job) {
    return job.state == service::JobState::running || job.state == service::JobState::planning;
}

Json json_of_export(const service::JobView& job) {
    return {{"kind", is_read(job) ? Json(to_string(job.export_kind)) : Json()},
            {"name", job.export_name},
            {"parts", json_of_each(job.parts)}};
}

Json json_of_workspace(const std::optional<service::Workspace>& workspace) {
    if (!workspace) return {};
    return {{"name", workspace->name}, {"inbox_of", workspace->inbox_of}};
}

Json json_of_space(const service::JobView& job) {
    return {{"need_bytes", job.need_bytes}, {"free_bytes", job.free_bytes ? Json(*job.free_bytes) : Json()}};
}

Json json_of(const service::Contents::Sum& sum) {
    return {{"word", sum.word}, {"items", sum.items}, {"bytes", sum.bytes}};
}

Json json_of_sums(const std::vector<service::Contents::Sum>& sums) {
    Json list = Json::array();
    for (const auto& sum : sums)
        list.push_back(json_of(sum));
    return list;
}

Json json_of_places(const std::map<std::string, std::string>& places) {
    Json list = Json::array();
    for (const auto& [folder, name] : places)
        list.push_back({{"folder", folder}, {"name", name}});
    return list;
}

} // namespace

Json json_of(const service::ExportPart& part) {
    return {{"place", to_string(part.place)}, {"path", part.path}};
}

Json json_of(const service::FoundAccount& account, Language language) {
    return {{"address", account.address},
            {"part", json_of(account.part)},
            {"bytes", account.bytes},
            {"problems", json_of_each(account.problems, language)}};
}

Json json_of(const service::FoundExport& found, Language language) {
    return {{"name", found.name},
            {"kind", to_string(found.kind)},
            {"parts", json_of_each(found.parts)},
            {"accounts", json_of_each(found.accounts, language)},
            {"bytes", found.bytes},
            {"problems", json_of_each(found.problems, language)}};
}

Json json_of(const plan::Choices& choices) {
    return {{"destination", choices.destination},
            {"convert",
             {{"text", choices.convert.text},
              {"spreadsheets", choices.convert.spreadsheets},
              {"presentations", choices.convert.presentations},
              {"only_faithful", choices.convert.only_faithful}}},
            {"originals", to_string(choices.originals)},
            {"gone", to_string(choices.synchronise.value_or(Gone::keep))},
            {"include", choices.include},
            {"exclude", choices.exclude},
            {"team_folders", json_of_places(choices.team_folders)},
            {"teams", json_of_places(choices.teams)},
            {"language", to_string(choices.language)},
            {"workers", choices.workers}};
}

Json json_of(const journal::Statement& statement) {
    return {{"seen", json_of(statement.seen)},       {"done", json_of(statement.done)},
            {"skipped", json_of(statement.skipped)}, {"failed", json_of(statement.failed)},
            {"pending", json_of(statement.pending)}, {"converted", statement.converted},
            {"retryable", statement.retryable},      {"arrived_bytes", statement.arrived_bytes}};
}

Json json_of(const service::JobView& job, Language language) {
    const bool running = job.state == service::JobState::running;
    return {{"id", job.id.value},
            {"user", job.user_id},
            {"state", to_string(job.state)},
            {"task", to_string(job.task)},
            {"export", json_of_export(job)},
            {"choices", json_of(job.choices)},
            {"delta", job.delta},
            {"workspace", json_of_workspace(job.workspace)},
            {"authorised", job.authorised},
            {"problems", json_of_each(job.problems, language)},
            {"stopped_by", job.stopped_by ? json_of(*job.stopped_by, language) : Json()},
            {"statement", json_of(job.statement)},
            {"space", json_of_space(job)},
            {"activity", does_something(job) ? Json(to_string(job.activity)) : Json()},
            {"current", job.current},
            {"wait", json_of(job.wait, language)},
            {"sent_bytes", job.sent_bytes},
            {"bytes_per_second", job.bytes_per_second},
            {"seconds_left", job.time_left ? Json(job.time_left->count()) : Json()},
            {"heartbeat_at", running ? json_of_time(job.heartbeat_at) : Json()},
            {"created_at", json_of_time(job.created_at)},
            {"updated_at", json_of_time(job.updated_at)},
            {"version", job.version}};
}

Json json_of(const service::Contents& contents, Language language) {
    return {{"products", json_of_sums(contents.products)},
            {"kinds", json_of_sums(contents.kinds)},
            {"folders", contents.folders},
            {"reasons", json_of_each(contents.reasons, language)}};
}

} // namespace passerelle::api
