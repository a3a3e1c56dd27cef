// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/fakes/http_message.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace passerelle::fakes {

/// Login Flow v2: a client asks for a login, a person grants it in the browser, the client polls. Internally locked.
class LoginFlow {
  public:
    /// POST /index.php/login/v2. `origin` is the server's address, without a slash at the end.
    [[nodiscard]] HttpResponse begin(const std::string& origin);
    /// POST /login/v2/poll with token=…: 404 until granted, then the credentials, once.
    [[nodiscard]] HttpResponse poll(const std::string& form);
    /// What the person does in the browser: grants every login that is waiting. Answers how many there were.
    int grant(const std::string& origin, const std::string& user, const std::string& app_password);

  private:
    std::mutex mutex_;
    std::map<std::string, std::optional<std::string>> waiting_; ///< token → the answer, once granted
    int next_token_ = 1;
};

} // namespace passerelle::fakes
