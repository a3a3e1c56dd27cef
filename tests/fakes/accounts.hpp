// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace passerelle::fakes {

/// Who may log in. Eleven bad logins lock everybody out, the good passwords included. Internally locked.
class Accounts {
  public:
    void add(const std::string& user, const std::string& password);
    /// A new app password of the user's.
    [[nodiscard]] std::string mint(const std::string& user);
    void revoke(const std::string& user, const std::string& password);
    [[nodiscard]] bool accepts(const std::string& user, const std::string& password) const;

    struct Login {
        enum class Outcome { good, bad, missing, locked_out } outcome = Outcome::missing;
        std::string user{};
        std::string password{};
    };
    /// Whom an Authorization header names, good or bad; empty for none.
    [[nodiscard]] static std::string user_of(const std::optional<std::string>& authorization);
    /// Judges an Authorization header and counts it when it is bad.
    [[nodiscard]] Login judge(const std::optional<std::string>& authorization);
    void forgive();

  private:
    mutable std::mutex mutex_;
    std::map<std::string, std::set<std::string>> passwords_;
    int bad_logins_ = 0;
    int minted_ = 0;
};

} // namespace passerelle::fakes
