// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/pause.hpp"
#include "client/http/transport.hpp"
#include "client/http/url.hpp"
#include "core/result.hpp"
#include "core/secret.hpp"

#include <stop_token>
#include <string>

namespace passerelle::ocs {

/// What a person granted. A value.
struct Grant {
    http::Url server; ///< as the server names itself
    std::string login_name;
    Secret app_password;
};

/// Login Flow v2: the person logs in in a browser, and we are handed an app password. Confined to a thread.
///
///   start() ──► the person opens page() ──► wait(): poll ──404──► pause ──► poll … ──200──► Grant
///                                                                 └─ 20 minutes ─► login.expired
class LoginFlow {
  public:
    /// `transport` carries no password, repeats nothing by itself (an app password is handed out once) and must outlive
    /// the flow; `server` is what it speaks to.
    /// Errors: the transport's, `server.not_nextcloud` (job).
    [[nodiscard]] static Result<LoginFlow> start(http::Transport& transport, const http::Url& server,
                                                 std::stop_token stop);

    /// The address to open in a browser.
    [[nodiscard]] const std::string& page() const { return page_; }

    /// Polls until the person has granted access; a server that is gone for a while is asked again.
    /// Errors: `login.expired` (job) after 20 minutes, `job.stopped` (job), `server.bad_answer` (permanent).
    [[nodiscard]] Result<Grant> wait(const std::stop_token& stop, const http::Pause& pause = http::pause);

  private:
    LoginFlow(http::Transport& transport, std::string page, std::string poll_target, Secret token)
        : transport_(&transport), page_(std::move(page)), poll_target_(std::move(poll_target)),
          token_(std::move(token)) {}

    [[nodiscard]] Result<http::Response> poll(const std::stop_token& stop);

    http::Transport* transport_;
    std::string page_;
    std::string poll_target_;
    Secret token_;
};

} // namespace passerelle::ocs
