// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/pause.hpp"
#include "client/http/transport.hpp"
#include "client/http/url.hpp"
#include "client/nextcloud/nextcloud.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>

namespace passerelle::nextcloud {

/// How often and after how long a request is tried again.
struct RetryRules {
    int max_attempts = 6; ///< tries of one request; maintenance does not count
    std::chrono::milliseconds first_delay{
        500}; ///< doubled at each try up to a minute, of which chance takes up to half
    std::function<void(const Waiting&)> on_wait; ///< called before each wait, from any thread
    http::Pause pause = http::pause;
    std::function<double()> chance = nullptr; ///< from 0 up to 1; null: random
};

/// The one place where requests are tried again. Nothing is ever sent twice blindly: where an earlier try may have
/// arrived, Request::arrived is asked first.
///
///                 ┌────────────────────────────────────────────────────────────────────────┐
///                 ▼                                                                        │
///   send() ──► sending ──► any other answer ─────────────────────────► that answer         │
///                 ├──────► 401 ────────────► server.unauthorized, now and for every later request
///                 ├──────► 507 ────────────► server.quota_exceeded                         │
///                 ├──────► 503, and status.php says maintenance ──► wait for its end ──────┤
///                 ├──────► 423, 429, 503, unreachable ────────────► wait ──────────────────┤
///                 └──────► cut, timed out, 500, 502, 504: ────────► wait ──► arrived? ─no──┘
///                          may have been acted upon                             └─yes─► the answer it gives
///
/// Once a try may have been acted upon, this stays so for the rest: a later try may then be refused (404, 405, 409,
/// 412) because the earlier one succeeded, and arrived() is asked before that refusal is believed. After the last try
/// the last answer, or the last error of the connection, is handed on. 500 is tried three times only: Nextcloud answers
/// it for a database that is locked for a moment, but also for what will never work. 429 is handed on at once to a
/// request that asks for it (Request::hand_back_rate_limit). Retry-After is honoured up to half an hour. Internally
/// locked: any thread may call send(), also from within Request::arrived.
class RetryingTransport final : public http::Transport {
  public:
    /// `server` is what the inner transport speaks to.
    RetryingTransport(std::unique_ptr<http::Transport> inner, http::Url server, RetryRules rules);

    /// Errors: those of the connection after the last try (the file's own and `server.certificate` at once),
    /// `server.unauthorized` and `server.quota_exceeded` (job), `job.stopped` (job).
    [[nodiscard]] Result<http::Response> send(const http::Request& request, std::stop_token stop) override;

  private:
    class Sending;

    [[nodiscard]] bool pause(Waiting waiting, const std::stop_token& stop) const;
    [[nodiscard]] std::chrono::milliseconds delay_after(int tries) const;
    [[nodiscard]] bool in_maintenance(const std::stop_token& stop) const;
    [[nodiscard]] Result<void> wait_for_end_of_maintenance(const std::stop_token& stop) const;
    [[nodiscard]] Error quota_exceeded(const http::Response& answer, std::uint64_t sent_bytes,
                                       const std::stop_token& stop) const;

    const std::unique_ptr<http::Transport> inner_;
    const http::Url server_;
    const RetryRules rules_;
    std::atomic<bool> unauthorized_ = false; ///< eleven bad logins lock everybody of this address out for half an hour
};

} // namespace passerelle::nextcloud
