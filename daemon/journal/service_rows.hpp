// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/journal/service_jobs.hpp"

#include <string>
#include <vector>

namespace passerelle::journal {

class Statements;

// The rows of the daemon's own, read and written. Internal to the room; the statements are the caller's alone
// meanwhile, and SQLite throws.
void insert_service_job(Statements& statements, JobId id, const ServiceJob& job);
/// Whether it was still as it was seen.
[[nodiscard]] bool update_service_job(Statements& statements, const ServiceJob& seen, const ServiceJob& wanted);
/// One job where `id` is given; else those of an owner, or of everybody where that is empty.
[[nodiscard]] std::vector<ServiceJob> read_service_jobs(Statements& statements, std::optional<JobId> id,
                                                        const std::string& owner);
/// Those with something to do that is wanted, the oldest first.
[[nodiscard]] std::vector<ServiceJob> read_wanted_jobs(Statements& statements);

} // namespace passerelle::journal
