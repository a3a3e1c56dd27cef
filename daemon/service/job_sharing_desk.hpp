// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/service/connections.hpp"
#include "daemon/service/event_feed.hpp"
#include "daemon/service/job_sharing.hpp"
#include "daemon/service/sharing_desk.hpp"

#include <memory>

namespace passerelle::service {

/// People and shares, asked from the server at every call: what it answers is always what is there now.
class JobSharingDesk final : public SharingDesk {
  public:
    struct Tools {
        journal::Journal& journal;
        const Connections& connections;
        EventFeed& events;
    };
    explicit JobSharingDesk(Tools tools) : tools_(tools) {}

    Result<PeopleTable> people(const Caller& caller, JobId id) override;
    Result<PeopleTable> decide_people(const Caller& caller, JobId id,
                                      const std::vector<sharing::PersonDecision>& decisions) override;
    Result<SharesTable> shares(const Caller& caller, JobId id) override;
    Result<std::string> access_csv(const Caller& caller, JobId id, Language language) override;
    Result<SharesTable> correct_accesses(const Caller& caller, JobId id, std::string_view csv) override;
    Result<Places> places(const Caller& caller, JobId id) override;

  private:
    /// A job that the caller may see.
    [[nodiscard]] Result<journal::ServiceJob> see(const Caller& caller, JobId id) const;
    /// The same, once it is planned; else `job.wrong_state`.
    [[nodiscard]] Result<journal::ServiceJob> see_planned(const Caller& caller, JobId id) const;
    [[nodiscard]] Result<std::unique_ptr<nextcloud::Nextcloud>> connect(const journal::ServiceJob& job) const;
    [[nodiscard]] Result<ShareTable> table(const journal::ServiceJob& job,
                                           const std::vector<sharing::PersonDecision>& decisions = {}) const;

    const Tools tools_;
};

} // namespace passerelle::service
