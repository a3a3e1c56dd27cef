// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/pacer.hpp"

#include <algorithm>
#include <cmath>

namespace passerelle::service {

void Pacer::bound(std::uint64_t bytes_per_second) {
    const std::lock_guard lock(mutex_);
    make_up();
    bytes_per_second_ = static_cast<double>(bytes_per_second);
    if (bytes_per_second == 0) owed_bytes_ = 0;
    ++changes_;
    changed_.notify_all();
}

void Pacer::sent(std::uint64_t bytes, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    make_up();
    if (bytes_per_second_ <= 0) return;
    owed_bytes_ += static_cast<double>(bytes);
    while (!stop.stop_requested() && wait_time() > std::chrono::milliseconds::zero()) {
        const auto bound_then = changes_;
        changed_.wait_for(lock, stop, wait_time(), [&] { return changes_ != bound_then; });
        make_up();
    }
}

std::chrono::milliseconds Pacer::debt() {
    const std::lock_guard lock(mutex_);
    make_up();
    return wait_time();
}

void Pacer::make_up() {
    const auto now = now_();
    const double seconds = std::chrono::duration<double>(now - last_).count();
    owed_bytes_ = std::max(0.0, owed_bytes_ - seconds * bytes_per_second_);
    last_ = now;
}

std::chrono::milliseconds Pacer::wait_time() const {
    if (bytes_per_second_ <= 0) return std::chrono::milliseconds::zero();
    return std::chrono::milliseconds(static_cast<std::int64_t>(std::floor(1000 * owed_bytes_ / bytes_per_second_)));
}

} // namespace passerelle::service
