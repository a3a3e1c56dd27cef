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

Result<sharing::AccessList> access_list(const journal::ServiceJob& job, const journal::Job& ledger,
                                        journal::Journal& journal) {
    auto access = jobs::planned_access(ledger, journal);
    if (!access) return failure(access);
    if (job.accesses.empty()) return std::move(access->access);
    return jobs::access_of_table(ledger, access->tree, job.accesses);
}

} // namespace

Result<ShareTable> share_table(const journal::ServiceJob& job, journal::Journal& journal, nextcloud::Nextcloud& server,
                               const std::stop_token& stop, const std::vector<sharing::PersonDecision>& decisions) {
    auto ledger = ledger_of(job, journal);
    if (!ledger) return failure(ledger);
    auto access = access_list(job, *ledger, journal);
    if (!access) return failure(access);
    const jobs::SharingTools tools{journal, server.sharing()};
    auto found = jobs::find_everybody(*ledger, access->nodes, decisions, tools, stop);
    if (!found) return failure(found);
    ShareTable table{std::move(*ledger), access->nodes, found->people, {}, std::move(access->problems)};
    table.problems.insert(table.problems.end(), found->problems.begin(), found->problems.end());
    table.plan = jobs::plan_job_shares(table.job, std::move(access->nodes), std::move(found->people));
    return table;
}

Result<std::vector<sharing::NodeAccess>> accesses_of(const journal::ServiceJob& job, journal::Journal& journal) {
    auto ledger = ledger_of(job, journal);
    if (!ledger) return failure(ledger);
    auto access = access_list(job, *ledger, journal);
    if (!access) return failure(access);
    return std::move(access->nodes);
}

} // namespace passerelle::service
