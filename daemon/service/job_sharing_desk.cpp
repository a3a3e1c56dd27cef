// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/job_sharing_desk.hpp"

#include "core/reason_codes.hpp"
#include "daemon/service/job_desk.hpp"
#include "daemon/sharing/access_csv.hpp"

namespace passerelle::service {

Result<journal::ServiceJob> JobSharingDesk::see(const Caller& caller, JobId id) const {
    auto job = tools_.journal.service().service_job(id);
    if (!job) return failure(job);
    if (auto refused = refusal(caller, *job, id)) return std::move(*refused);
    return std::move(**job);
}

Result<journal::ServiceJob> JobSharingDesk::see_planned(const Caller& caller, JobId id) const {
    auto job = see(caller, id);
    if (job && job->task == journal::Task::plan) return Error(ErrorKind::conflict, codes::job_wrong_state, "");
    return job;
}

Result<std::unique_ptr<nextcloud::Nextcloud>> JobSharingDesk::connect(const journal::ServiceJob& job) const {
    auto server = tools_.connections.open(job, 1, [](const nextcloud::Waiting&) {}, {});
    // The page can ask for a new password: that is no failure of the job.
    if (!server && server.error().code == codes::service_credentials_needed)
        return Error(ErrorKind::conflict, server.error().code, "");
    return server;
}

Result<ShareTable> JobSharingDesk::table(const journal::ServiceJob& job,
                                         const std::vector<sharing::PersonDecision>& decisions) const {
    auto server = connect(job);
    if (!server) return failure(server);
    return share_table(job, tools_.journal, **server, {}, decisions);
}

Result<PeopleTable> JobSharingDesk::people(const Caller& caller, JobId id) {
    return decide_people(caller, id, {});
}

Result<PeopleTable> JobSharingDesk::decide_people(const Caller& caller, JobId id,
                                                  const std::vector<sharing::PersonDecision>& decisions) {
    auto job = see_planned(caller, id);
    if (!job) return failure(job);
    auto found = table(*job, decisions);
    if (!found) return failure(found);
    if (!decisions.empty()) tools_.events.publish(id, job->owner, "changed");
    return PeopleTable{std::move(found->people), std::move(found->problems)};
}

Result<SharesTable> JobSharingDesk::shares(const Caller& caller, JobId id) {
    auto job = see_planned(caller, id);
    if (!job) return failure(job);
    auto found = table(*job);
    if (!found) return failure(found);
    auto applied = tools_.journal.shares(id);
    if (!applied) return failure(applied);
    return SharesTable{std::move(found->plan), std::move(*applied), std::move(found->problems)};
}

Result<std::string> JobSharingDesk::access_csv(const Caller& caller, JobId id, Language language) {
    auto job = see_planned(caller, id);
    if (!job) return failure(job);
    auto nodes = accesses_of(*job, tools_.journal);
    if (!nodes) return failure(nodes);
    return sharing::access_csv(sharing::differences_of(*nodes), language);
}

Result<SharesTable> JobSharingDesk::correct_accesses(const Caller& caller, JobId id, std::string_view csv) {
    auto job = see_planned(caller, id);
    if (!job) return failure(job);
    auto changed = journal::change(tools_.journal.service(), id, [&](journal::ServiceJob& now) {
        now.accesses = csv;
        return true;
    });
    if (!changed) return failure(changed);
    tools_.events.publish(id, job->owner, "changed");
    return shares(caller, id);
}

Result<Places> JobSharingDesk::places(const Caller& caller, JobId id) {
    auto job = see(caller, id);
    if (!job) return failure(job);
    // Where a plan failed, over a team folder perhaps, the places are what is to be chosen anew.
    if (job->task == journal::Task::plan && job->wish != journal::Wish::stop)
        return Error(ErrorKind::conflict, codes::job_wrong_state, "");
    auto ledger = tools_.journal.job(id);
    if (!ledger) return failure(ledger);
    if (!*ledger) return Error(ErrorKind::permanent, codes::job_unknown, "", {{"job", std::to_string(id.value)}});
    auto server = connect(*job);
    if (!server) return failure(server);
    return places_of(**ledger, tools_.journal, **server, {});
}

} // namespace passerelle::service
