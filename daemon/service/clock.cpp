// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/clock.hpp"

#include <ctime>

namespace passerelle::service {
namespace {

class SystemClock final : public Clock {
  public:
    [[nodiscard]] Moment now() const override { return std::chrono::system_clock::now(); }
    [[nodiscard]] std::chrono::minutes local_time_of_day() const override {
        const std::time_t seconds = std::chrono::system_clock::to_time_t(now());
        std::tm local{};
        ::localtime_r(&seconds, &local);
        return std::chrono::hours(local.tm_hour) + std::chrono::minutes(local.tm_min);
    }
};

} // namespace

const Clock& system_clock() {
    static const SystemClock clock;
    return clock;
}

} // namespace passerelle::service
