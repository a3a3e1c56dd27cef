// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/journal/service_rows.hpp"

#include "daemon/journal/statements.hpp"
#include "journal/sql.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace passerelle::journal {
namespace {

constexpr std::array<std::pair<Wish, std::string_view>, 4> kWishes{
    {{Wish::go, "go"}, {Wish::pause, "pause"}, {Wish::stop, "stop"}, {Wish::cancel, "cancel"}}};
constexpr std::array<std::pair<Task, std::string_view>, 5> kTasks{
    {{Task::none, "none"}, {Task::plan, "plan"}, {Task::run, "run"}, {Task::share, "share"}, {Task::undo, "undo"}}};

template <class Word, std::size_t count>
std::string_view spelling(const std::array<std::pair<Word, std::string_view>, count>& words, Word word) {
    for (const auto& [value, text] : words)
        if (value == word) return text;
    throw std::logic_error("a word without a spelling");
}

template <class Word, std::size_t count>
Word word_from(const std::array<std::pair<Word, std::string_view>, count>& words, const std::string& text) {
    for (const auto& [value, spelled] : words)
        if (spelled == text) return value;
    throw std::runtime_error("unknown word in the journal: " + text);
}

std::string parts_to_json(const std::vector<NamedPart>& parts) {
    auto json = nlohmann::json::array();
    for (const auto& part : parts)
        json.push_back({{"place", part.in_inbox ? "inbox" : "files"}, {"path", part.path}});
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<NamedPart> parts_from_json(const std::string& text) {
    std::vector<NamedPart> parts;
    for (const auto& part : nlohmann::json::parse(text))
        parts.push_back({part.at("place") == "inbox", part.at("path")});
    return parts;
}

ServiceJob job_of(SQLite::Statement& row) {
    ServiceJob job;
    job.id = JobId{row.getColumn(0).getInt64()};
    job.owner = row.getColumn(1).getString();
    job.parts = parts_from_json(row.getColumn(2).getString());
    job.delta = row.getColumn(3).getInt() != 0;
    job.login = row.getColumn(4).getString();
    job.sealed_password = row.getColumn(5).getString();
    job.wish = word_from(kWishes, row.getColumn(6).getString());
    job.task = word_from(kTasks, row.getColumn(7).getString());
    job.task_text = row.getColumn(8).getString();
    if (const auto free = row.getColumn(9); !free.isNull())
        job.free_bytes = static_cast<std::uint64_t>(free.getInt64());
    job.accesses = row.getColumn(10).getString();
    job.version = static_cast<std::uint64_t>(row.getColumn(11).getInt64());
    if (auto name = row.getColumn(12).getString(); !name.empty())
        job.workspace = Workspace{std::move(name), row.getColumn(13).getString()};
    return job;
}

} // namespace

std::string_view to_string(Task task) {
    return spelling(kTasks, task);
}

void insert_service_job(Statements& statements, JobId id, const ServiceJob& job) {
    const std::string parts = parts_to_json(job.parts);
    const auto workspace = job.workspace.value_or(Workspace());
    statements.run(sql::insert_service_job, id.value, job.owner, parts, job.delta, job.login, Blob{job.sealed_password},
                   spelling(kWishes, job.wish), spelling(kTasks, job.task), job.task_text, workspace.name,
                   workspace.inbox_of);
}

bool update_service_job(Statements& statements, const ServiceJob& seen, const ServiceJob& wanted) {
    return statements.run(sql::update_service_job, seen.id.value, wanted.login, Blob{wanted.sealed_password},
                          spelling(kWishes, wanted.wish), spelling(kTasks, wanted.task), wanted.task_text,
                          wanted.free_bytes, wanted.accesses, seen.login, Blob{seen.sealed_password},
                          spelling(kWishes, seen.wish), spelling(kTasks, seen.task), seen.task_text, seen.free_bytes,
                          seen.accesses) > 0;
}

Result<std::optional<ServiceJob>> change(ServiceJobs& jobs, JobId id, const std::function<bool(ServiceJob&)>& act) {
    while (true) {
        auto seen = jobs.service_job(id);
        if (!seen || !*seen) return seen;
        auto wanted = **seen;
        if (!act(wanted)) return seen;
        auto written = jobs.replace(**seen, wanted);
        if (!written) return failure(written);
        if (*written) return std::optional(std::move(wanted));
    }
}

std::vector<ServiceJob> read_service_jobs(Statements& statements, std::optional<JobId> id, const std::string& owner) {
    std::optional<std::int64_t> number;
    if (id) number = id->value;
    auto& row = statements.prepare(sql::select_service_jobs, number, owner);
    std::vector<ServiceJob> jobs;
    while (row.executeStep())
        jobs.push_back(job_of(row));
    row.reset();
    return jobs;
}

std::vector<ServiceJob> read_wanted_jobs(Statements& statements) {
    auto& row = statements.prepare(sql::select_wanted_jobs);
    std::vector<JobId> ids;
    while (row.executeStep())
        ids.push_back(JobId{row.getColumn(0).getInt64()});
    row.reset();
    std::vector<ServiceJob> jobs;
    for (const JobId id : ids)
        for (auto& job : read_service_jobs(statements, id, ""))
            jobs.push_back(std::move(job));
    return jobs;
}

} // namespace passerelle::journal
