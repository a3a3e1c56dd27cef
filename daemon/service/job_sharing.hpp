// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "core/result.hpp"
#include "daemon/jobs/sharing.hpp"
#include "daemon/journal/journal.hpp"

#include <stop_token>
#include <vector>

namespace passerelle::service {

/// A job's people and shares as they stand at one moment. A value.
struct ShareTable {
    journal::Job job;
    std::vector<sharing::NodeAccess> nodes;
    std::vector<sharing::Person> people;
    sharing::SharePlan plan;
    std::vector<Reason> problems;
};

/// From the ledger, or from the table that a person corrected, to shares. Before files have arrived, people are found
/// for what is planned, and the shares are those that would be made. `decisions` are kept. Errors: those of the journal
/// and of Nextcloud.
[[nodiscard]] Result<ShareTable> share_table(const journal::ServiceJob& job, journal::Journal& journal,
                                             nextcloud::Nextcloud& server, const std::stop_token& stop,
                                             const std::vector<sharing::PersonDecision>& decisions = {});

/// The accesses alone, without asking the server.
[[nodiscard]] Result<std::vector<sharing::NodeAccess>> accesses_of(const journal::ServiceJob& job,
                                                                   journal::Journal& journal);

} // namespace passerelle::service
