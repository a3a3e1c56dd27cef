// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/transport.hpp"
#include "client/http/url.hpp"
#include "client/ocs/server_info.hpp"

#include <stop_token>

namespace passerelle::ocs {

/// The requests of OCS, one each. Errors: the transport's, http::error_of() for a refusal, `server.bad_answer`.
/// A value; the transport must outlive it; any thread may call.
class Api {
  public:
    /// `server` is what the transport speaks to; its path is where Nextcloud lives on it.
    Api(http::Transport& transport, http::Url server) : transport_(&transport), server_(std::move(server)) {}

    /// Needs no login. Also `server.not_nextcloud` (job) where something else answers at this address.
    [[nodiscard]] Result<Status> status(std::stop_token stop) const;
    /// Complete only for a user that is logged in; anybody else hears the version and the theme.
    [[nodiscard]] Result<Capabilities> capabilities(std::stop_token stop) const;
    [[nodiscard]] Result<User> user(std::stop_token stop) const;
    /// Revokes the app password that the transport sends; every later request of this transport is refused.
    [[nodiscard]] Result<void> revoke_app_password(std::stop_token stop) const;

  private:
    [[nodiscard]] Result<http::Response> send(const char* method, const char* path, std::stop_token stop) const;

    http::Transport* transport_;
    http::Url server_;
};

} // namespace passerelle::ocs
