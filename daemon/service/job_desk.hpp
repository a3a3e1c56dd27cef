// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/service/connections.hpp"
#include "daemon/service/desk.hpp"
#include "daemon/service/scheduler.hpp"
#include "daemon/service/vault.hpp"

namespace passerelle::service {

/// The desk over the journal and the scheduler: it writes down what is wanted, the scheduler does it.
class JobDesk final : public Desk {
  public:
    struct Tools {
        journal::Journal& journal;
        Scheduler& scheduler;
        EventFeed& events;
        const Inboxes& inboxes;
        const Vault& vault;
        const Connections& connections;
        std::string server_url;
        std::filesystem::path state_folder;
    };
    explicit JobDesk(Tools tools) : tools_(std::move(tools)) {}

    Result<std::vector<FoundExport>> inbox(const Caller& caller, const std::string& user_id) override;
    Result<JobView> create(const Caller& caller, JobOrder order) override;
    Result<JobView> job(const Caller& caller, JobId id) override;
    Result<std::vector<JobView>> jobs(const Caller& caller, bool everybody) override;
    Result<JobView> choose(const Caller& caller, JobId id, plan::Choices choices) override;
    Result<JobView> authorise(const Caller& caller, JobId id, const std::string& login, Secret app_password) override;
    Result<JobView> start(const Caller& caller, JobId id, const std::string& pilot) override;
    Result<JobView> pause(const Caller& caller, JobId id) override;
    Result<JobView> resume(const Caller& caller, JobId id) override;
    Result<JobView> cancel(const Caller& caller, JobId id) override;
    Result<JobView> retry(const Caller& caller, JobId id, const std::vector<ItemId>& items) override;
    Result<JobView> apply_shares(const Caller& caller, JobId id, bool notify) override;
    Result<JobView> undo(const Caller& caller, JobId id) override;
    Result<std::vector<jobs::UndoneThing>> preview_undo(const Caller& caller, JobId id) override;
    Result<void> remove(const Caller& caller, JobId id) override;
    Result<Contents> contents(const Caller& caller, JobId id) override;
    Result<std::vector<journal::Item>> items(const Caller& caller, JobId id, const ItemQuery& query) override;
    Result<void> decide_items(const Caller& caller, JobId id, const std::vector<ItemDecision>& decisions) override;
    Result<void> report(const Caller& caller, JobId id, const std::string& format, Language language,
                        std::ostream& out) override;
    void events(const Caller& caller, bool everybody, std::uint64_t after,
                std::chrono::steady_clock::time_point deadline, EventsAnswer answer) override;

  private:
    /// A job that the caller may see, with its state.
    struct Seen {
        journal::ServiceJob service;
        journal::Job ledger;
        JobState state = JobState::draft;
    };
    [[nodiscard]] Result<Seen> see(const Caller& caller, JobId id) const;
    /// The same, in one of these states; else `job.wrong_state`.
    [[nodiscard]] Result<Seen> see_in(const Caller& caller, JobId id, std::initializer_list<JobState> states) const;
    [[nodiscard]] JobState state_of(const journal::ServiceJob& service, const journal::Job& ledger) const;
    [[nodiscard]] Result<JobView> view(Seen seen) const;
    /// What lies on this machine for a job that is given up: its scratch space, and the export if it was fetched.
    void clear_folder(JobId id) const;
    /// Makes of a job what is wanted of it; its error is the call's. Asked again where the job changed meanwhile.
    using Change = std::function<Result<void>(journal::ServiceJob&)>;
    /// Changes a job that is in one of these states, else `job.wrong_state`, and tells everybody; answers it as it is
    /// then.
    [[nodiscard]] Result<JobView> want(const Caller& caller, JobId id, std::initializer_list<JobState> states,
                                       const Change& change);
    /// Likewise: this task, for which an app password is needed.
    [[nodiscard]] Result<JobView> want_task(const Caller& caller, JobId id, std::initializer_list<JobState> states,
                                            journal::Task task, const std::string& task_text);

    const Tools tools_;
};

/// Answers nothing where the caller may see the job.
[[nodiscard]] std::optional<Error> refusal(const Caller& caller, const std::optional<journal::ServiceJob>& job,
                                           JobId id);

} // namespace passerelle::service
