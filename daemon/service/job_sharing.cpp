// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/job_sharing.hpp"

#include "core/reason_codes.hpp"

namespace passerelle::service {
namespace {

Result<journal::Job> ledger_of(const journal::ServiceJob& job, journal::Journal& journal) {
    auto known = journal.job(job.id);
    if (!known) return failure(known);
    if (!*known) return Error(ErrorKind::permanent, codes::job_unknown, "", {{"job", std::to_string(job.id.value)}});
    return std::move(**known);
}

/// By the table that a person corrected, where there is one.
Result<jobs::ArrivedAccess> access_of(const journal::ServiceJob& job, const journal::Job& ledger,
                                      journal::Journal& journal) {
    auto arrived = jobs::planned_access(ledger, journal);
    if (arrived && !job.accesses.empty()) arrived->access = jobs::access_of_table(ledger, arrived->tree, job.accesses);
    return arrived;
}

} // namespace

Result<ShareTable> share_table(const journal::ServiceJob& job, journal::Journal& journal, nextcloud::Nextcloud& server,
                               const std::stop_token& stop, const std::vector<sharing::PersonDecision>& decisions) {
    auto ledger = ledger_of(job, journal);
    if (!ledger) return failure(ledger);
    auto arrived = access_of(job, *ledger, journal);
    if (!arrived) return failure(arrived);
    auto& access = arrived->access;
    const jobs::SharingTools tools{journal, server.sharing()};
    auto found = jobs::find_everybody(*ledger, access.nodes, decisions, tools, stop);
    if (!found) return failure(found);
    ShareTable table{std::move(*ledger), access.nodes, found->people, {}, std::move(access.problems)};
    table.problems.insert(table.problems.end(), found->problems.begin(), found->problems.end());
    auto ground = jobs::sharing_ground(table.job, *arrived, journal, server, stop);
    if (!ground) return failure(ground);
    table.plan =
        jobs::plan_job_shares(table.job, std::move(access.nodes), std::move(found->people), std::move(*ground));
    return table;
}

Result<std::vector<sharing::NodeAccess>> accesses_of(const journal::ServiceJob& job, journal::Journal& journal) {
    auto ledger = ledger_of(job, journal);
    if (!ledger) return failure(ledger);
    auto arrived = access_of(job, *ledger, journal);
    if (!arrived) return failure(arrived);
    return std::move(arrived->access.nodes);
}

} // namespace passerelle::service
