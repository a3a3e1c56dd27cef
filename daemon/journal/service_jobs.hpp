// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/ids.hpp"
#include "core/result.hpp"
#include "daemon/journal/ledger.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace passerelle::journal {

/// Where a part of an export lies, as the person named it.
struct NamedPart {
    bool in_inbox = true; ///< else among the person's files in Nextcloud
    std::string path;
    friend bool operator==(const NamedPart&, const NamedPart&) = default;
};

/// What is wanted of a job.
enum class Wish {
    go,    ///< its task is to be done
    pause, ///< not for now
    stop,  ///< its task ended with what the job is stopped by
    cancel ///< nobody wants it any more
};

/// What is to be done for a job, or being done.
enum class Task { none, plan, run, share, undo };

[[nodiscard]] std::string_view to_string(Task task);

/// A Workspace administrator's export, of which each account is a job. A value.
struct Workspace {
    std::string name;     ///< never empty
    std::string inbox_of; ///< the administrator in whose inbox the parts lie
    friend bool operator==(const Workspace&, const Workspace&) = default;
};

/// What the daemon keeps of a job beside its ledger. A value.
struct ServiceJob {
    JobId id;
    std::string owner; ///< an account of the Nextcloud
    std::vector<NamedPart> parts;
    std::optional<Workspace> workspace; ///< else parts of an inbox lie in the owner's
    bool delta = false;
    std::string login;
    std::string sealed_password; ///< encrypted bytes; empty: none, or forgotten
    Wish wish = Wish::go;
    Task task = Task::none;
    std::string task_text;                   ///< what the task needs to know, in its own words
    std::optional<std::uint64_t> free_bytes; ///< of the account, when it was planned
    std::string accesses;                    ///< a table that a person corrected; empty: what the export says
    std::uint64_t version = 0;               ///< of the last event about it
};

/// The daemon's part of the journal; see Journal for what calls promise and how they fail.
class ServiceJobs {
  public:
    virtual ~ServiceJobs() = default;

    /// A job whose export is not read yet: `job` holds what is known. Its phase is `planning`.
    virtual Result<JobId> create_draft(const NewJob& job, const ServiceJob& service) = 0;
    virtual Result<std::optional<ServiceJob>> service_job(JobId id) = 0;
    /// Newest first; of everybody where `owner` is empty.
    virtual Result<std::vector<ServiceJob>> service_jobs(const std::string& owner) = 0;
    /// Those with a task that is to go on, the oldest first.
    virtual Result<std::vector<ServiceJob>> wanted_jobs() = 0;
    /// Writes all that may change (credentials, wish, task, space, accesses), unless any of it is not any more as it
    /// was `seen`. Whether it was written. What several may change at a time is changed by `change` below.
    virtual Result<bool> replace(const ServiceJob& seen, const ServiceJob& wanted) = 0;
    virtual Result<void> keep_version(JobId id, std::uint64_t version) = 0;

    virtual Result<std::optional<std::string>> setting(const std::string& name) = 0;
    virtual Result<void> keep_setting(const std::string& name, const std::string& value) = 0;
};

/// Reads a job, lets `act` change it and writes it; begins anew where somebody else was faster, so that nobody's wish
/// is overwritten. Nothing is written where `act` says so by false. Answers the job as it is then; nothing: not known.
[[nodiscard]] Result<std::optional<ServiceJob>> change(ServiceJobs& jobs, JobId id,
                                                       const std::function<bool(ServiceJob&)>& act);

} // namespace passerelle::journal
