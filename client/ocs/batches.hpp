// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/transport.hpp"
#include "client/http/url.hpp"
#include "client/ocs/people_wire.hpp"
#include "client/ocs/share_wire.hpp"
#include "core/secret.hpp"

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace passerelle::ocs {

/// The companion app's endpoints for sharing, many at once (docs/api/sharing.yaml). Errors of a request as a whole: the
/// transport's, `server.bad_answer`, http::error_of() for anything else. Each may be sent again. A value; the transport
/// must outlive it; any thread may call.
class Batches {
  public:
    /// `pairing_secret` proves that the service asks; empty: groups cannot be made, and a migration's app password
    /// opens nothing.
    Batches(http::Transport& transport, http::Url server, Secret pairing_secret)
        : transport_(&transport), server_(std::move(server)), pairing_secret_(std::move(pairing_secret)) {}

    /// One outcome a share, in their order, of at most as many as the server takes. What is shared already comes back
    /// as it is. People are written to where the first of them says so. Errors of each: `share.path_missing`,
    /// `share.unknown_account`, `share.refused` (item). Nothing where the app leaves it to the server's own interface:
    /// what lies outside the migration's destination, or all where it refuses the app password or the secret.
    [[nodiscard]] Result<std::vector<std::optional<Result<Share>>>> shares(std::span<const NewShare> shares,
                                                                           std::stop_token stop) const;
    /// For each address, in their order, whom the server thought of. Nothing where the app refuses likewise.
    [[nodiscard]] Result<std::optional<std::vector<FoundPeople>>> people(std::span<const std::string> addresses,
                                                                         std::stop_token stop) const;
    [[nodiscard]] bool makes_groups() const { return !pairing_secret_.empty(); }
    /// Makes the group where it is missing, and puts `members` into it. For administrators. Also `share.refused` and,
    /// for the first of the members that does not exist, `share.unknown_account` (item).
    [[nodiscard]] Result<void> group(const std::string& id, std::span<const std::string> members,
                                     std::stop_token stop) const;

  private:
    /// Nothing: `not_allowed`.
    [[nodiscard]] Result<std::optional<http::Response>> post(std::string_view endpoint, std::string body,
                                                             std::stop_token stop) const;

    http::Transport* transport_;
    http::Url server_;
    Secret pairing_secret_;
};

} // namespace passerelle::ocs
