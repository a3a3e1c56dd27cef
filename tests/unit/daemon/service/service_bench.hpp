// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/service/service.hpp"
#include "tests/fakes/nextcloud_double.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace passerelle::service {

/// A clock that a test moves.
class TestClock final : public Clock {
  public:
    [[nodiscard]] Moment now() const override { return Moment(std::chrono::hours(hours)); }
    [[nodiscard]] std::chrono::minutes local_time_of_day() const override { return std::chrono::minutes(minutes); }
    std::atomic<int> minutes{12 * 60};
    std::atomic<int> hours{24 * 365 * 55}; ///< since 1970
};

/// A daemon's service with people, inboxes and a Nextcloud; gone with the object.
struct ServiceBench {
    explicit ServiceBench(fakes::DoubleOptions server = people());
    ~ServiceBench();
    ServiceBench(const ServiceBench&) = delete;
    ServiceBench& operator=(const ServiceBench&) = delete;

    /// alice and bob, and an administrator called admin.
    static fakes::DoubleOptions people();

    /// What is written here is found by the service when it is opened next.
    Limits limits;
    std::chrono::days keep_jobs{0};
    std::chrono::hours export_rest{0};
    void open();
    void close() { service.reset(); }
    [[nodiscard]] Desk& desk() { return service->desk(); }

    /// A file in somebody's export in the inbox.
    void put(const std::string& user_id, const std::string& path, const std::string& bytes) const;
    /// A job of the export in the inbox.
    [[nodiscard]] Result<JobView> create(const std::string& user_id, const std::string& name = "Bureau",
                                         bool delta = false);
    /// Waits until it is in this state; fails the test where it takes too long.
    JobView wait_for(const std::string& user_id, JobId id, JobState state);
    static bool wait_until(const std::function<bool()>& predicate);

    fakes::NextcloudDouble server;
    std::filesystem::path folder;
    TestClock clock;
    std::unique_ptr<Service> service;
};

inline Caller person(const std::string& user_id) {
    return {user_id, false};
}
inline Caller administrator() {
    return {"admin", true};
}

} // namespace passerelle::service
