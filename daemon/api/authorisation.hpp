// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room.
#pragma once

#include "core/result.hpp"
#include "core/secret.hpp"
#include "daemon/api/message.hpp"
#include "daemon/api/routes.hpp"
#include "daemon/service/caller.hpp"

#include <chrono>
#include <string>

namespace passerelle::api {

/// Who is asking. Confined to the listener's thread.
class Authorisation {
  public:
    explicit Authorisation(const Secret& pairing_secret);

    /// Whether the request comes to an address of this machine that a browser was not tricked into (DNS rebinding): its
    /// Host is 127.0.0.1, [::1] or localhost, with the port at which it came. Error: `api.wrong_host`.
    [[nodiscard]] static Result<void> check_host(const RequestHead& head);

    /// Whether the pairing secret is there. After fifty wrong ones at once, five more are looked at in a second; what
    /// comes meanwhile is not looked at, right or wrong, so that nobody can try many. Errors: `api.unauthorized`,
    /// `api.too_many_attempts`.
    [[nodiscard]] Result<void> check_secret(const RequestHead& head);

    /// For whom the request speaks. Errors: `api.bad_field` for a user that is missing or no user id,
    /// `service.not_yours`.
    [[nodiscard]] static Result<service::Caller> caller(const RequestHead& head, Who who);

  private:
    using Clock = std::chrono::steady_clock;
    void refill();

    std::string digest_; ///< of the secret: digests are compared, so that not even its length shows
    double attempts_left_;
    Clock::time_point refilled_at_ = Clock::now();
};

} // namespace passerelle::api
