// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/nextcloud/creation_limit.hpp"

#include <algorithm>

namespace passerelle::nextcloud {

void CreationLimit::count() {
    const std::lock_guard lock(mutex_);
    attempts_.push_back(now_());
    if (attempts_.size() > kAttempts) attempts_.pop_front();
}

std::chrono::seconds CreationLimit::left() const {
    const std::lock_guard lock(mutex_);
    if (attempts_.size() < kAttempts) return kWindow; // somebody else used them up, or an earlier run did
    const auto passed = now_() - attempts_.front();
    const auto left = std::chrono::ceil<std::chrono::seconds>(kWindow - passed) + std::chrono::seconds(1);
    return std::clamp(left, std::chrono::seconds(1), kWindow);
}

} // namespace passerelle::nextcloud
