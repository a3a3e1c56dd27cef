// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <utility>

namespace passerelle::service {

/// Tells when something that grows has come to rest: nobody says when a copy is complete. Confined to a thread.
class Settling {
  public:
    using Moment = std::chrono::system_clock::time_point;
    explicit Settling(std::chrono::seconds rest) : rest_(rest) {}

    /// Whether `key` has had this state for as long as that, and at an earlier look: one look may see half of a change.
    /// To be asked again and again.
    bool has_settled(const std::string& key, const std::string& state, Moment now) {
        auto& seen = seen_[key];
        const bool same = seen.first == state && seen.second <= now;
        if (!same) seen = {state, now};
        return same && now - seen.second >= rest_;
    }

  private:
    const std::chrono::seconds rest_;
    std::map<std::string, std::pair<std::string, Moment>> seen_; ///< state, and since when
};

} // namespace passerelle::service
