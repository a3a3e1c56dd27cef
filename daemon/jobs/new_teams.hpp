// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/jobs/sharing.hpp"

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace passerelle::jobs {

/// The Teams (app circles) that a plan asks for by their names, each looked for once. Confined to a thread.
class NewTeams {
  public:
    /// `again` puts back whom somebody has taken out since.
    NewTeams(const journal::Job& job, const SharingTools& tools, bool again, std::stop_token stop)
        : job_(job), tools_(tools), again_(again), stop_(std::move(stop)) {}

    /// The id of the one that the account is in; nothing where there is none. Error: `share.team_name_taken` (item)
    /// where there are several.
    [[nodiscard]] Result<std::optional<std::string>> find(const std::string& name);

    /// The id of the Team, which is made where there is none; with the account alone in it. Errors: those of the
    /// journal and of Sharing.
    [[nodiscard]] Result<std::string> make(const std::string& name);
    /// Puts the members into a Team that this job made; one that stood there before stays as it is. To be called when
    /// its shares are made: on 34.0.1 whoever is in a Team before a share does not see it. Answers who could not be put
    /// in, or was taken out since. Errors as make().
    [[nodiscard]] Result<std::vector<Reason>> fill(const std::string& name,
                                                   const std::vector<sharing::Recipient>& members);

  private:
    /// By this job; null where it made none of this name, or another one since.
    [[nodiscard]] Result<const journal::MadeTeam*> made_by_us(const std::string& name, const std::string& id);
    /// Who is not in a Team that stood there before.
    [[nodiscard]] Result<std::vector<Reason>> outside(const std::string& name, const std::string& id,
                                                      const std::vector<sharing::Recipient>& members);
    [[nodiscard]] Result<std::vector<Reason>> put_in(journal::MadeTeam team,
                                                     const std::vector<sharing::Recipient>& members);

    const journal::Job& job_;
    const SharingTools& tools_;
    bool again_;
    std::stop_token stop_;
    std::optional<std::map<std::string, journal::MadeTeam>> made_; ///< by this job, by name
    std::map<std::string, std::optional<std::string>> found_;
};

} // namespace passerelle::jobs
