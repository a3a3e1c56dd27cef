// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/transport.hpp"
#include "client/http/url.hpp"
#include "client/ocs/share_wire.hpp"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace passerelle::ocs {

/// The requests about shares, one act each. Errors of any: the transport's, `share.refused` (item) with the server's
/// words, `server.bad_answer`, http::error_of() for anything else. A value; the transport must outlive it; any thread
/// may call.
class Shares {
  public:
    /// `attribute_key` as in form_of().
    Shares(http::Transport& transport, http::Url server, std::string attribute_key)
        : transport_(&transport), server_(std::move(server)), attribute_key_(std::move(attribute_key)) {}

    /// The shares of this file or folder itself, other people's too; nothing of what lies below or above. Also
    /// `share.path_missing` (item).
    [[nodiscard]] Result<std::vector<Share>> at(const std::string& path, std::stop_token stop) const;
    /// Every share that this account made.
    [[nodiscard]] Result<std::vector<Share>> own(std::stop_token stop) const;
    /// A second share of one path with one account or group is not made: the answer is the first one, as it was. Also
    /// `share.path_missing`, `share.unknown_account` (item), `share.rate_limited` (retryable; at once, without
    /// retry_after, since the server does not tell).
    [[nodiscard]] Result<Share> create(const NewShare& share, std::stop_token stop) const;
    /// Also `share.missing` (item).
    [[nodiscard]] Result<Share> change(const std::string& id, const ShareChange& change, std::stop_token stop) const;
    /// What is not there is fine.
    [[nodiscard]] Result<void> remove(const std::string& id, std::stop_token stop) const;

  private:
    [[nodiscard]] http::Request list_of(const std::string& path) const;
    [[nodiscard]] Result<void> tell_an_earlier_try(http::Request& request, const NewShare& share,
                                                   std::stop_token stop) const;

    http::Transport* transport_;
    http::Url server_;
    std::string attribute_key_;
};

} // namespace passerelle::ocs
