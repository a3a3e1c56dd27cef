// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "daemon/jobs/sharing.hpp"
#include "daemon/service/caller.hpp"
#include "daemon/service/places.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace passerelle::service {

struct PeopleTable {
    std::vector<sharing::Person> people;
    std::vector<Reason> problems;
};

struct SharesTable {
    sharing::SharePlan plan;
    std::vector<journal::ShareLine> applied; ///< what the ledger says about shares of this job
    std::vector<Reason> problems;
};

/// People and shares of a job, for whoever may see it; see Desk for the errors that all calls have. Calls ask the
/// server, and take their time. Internally locked.
class SharingDesk {
  public:
    virtual ~SharingDesk() = default;

    virtual Result<PeopleTable> people(const Caller& caller, JobId id) = 0;
    /// Keeps what was decided, for this job and later ones; answers the table as it is then.
    virtual Result<PeopleTable> decide_people(const Caller& caller, JobId id,
                                              const std::vector<sharing::PersonDecision>& decisions) = 0;
    virtual Result<SharesTable> shares(const Caller& caller, JobId id) = 0;
    /// The accesses as a table that a person corrects, and back again. The text given takes the place of what the
    /// export says, until an empty one is given.
    virtual Result<std::string> access_csv(const Caller& caller, JobId id, Language language) = 0;
    virtual Result<SharesTable> correct_accesses(const Caller& caller, JobId id, std::string_view csv) = 0;
    /// Where its folders may go. Not while it is being planned.
    virtual Result<Places> places(const Caller& caller, JobId id) = 0;
};

} // namespace passerelle::service
