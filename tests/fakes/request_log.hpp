// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/fakes/nextcloud_double.hpp"

#include <mutex>
#include <string>
#include <vector>

namespace passerelle::fakes {

/// The requests that came, in the order of their ends. Internally locked.
class RequestLog {
  public:
    void add(SeenRequest request) {
        std::lock_guard lock(mutex_);
        requests_.push_back(std::move(request));
    }
    [[nodiscard]] std::vector<SeenRequest> all() const {
        std::lock_guard lock(mutex_);
        return requests_;
    }
    void clear() {
        std::lock_guard lock(mutex_);
        requests_.clear();
    }

  private:
    mutable std::mutex mutex_;
    std::vector<SeenRequest> requests_;
};

} // namespace passerelle::fakes
