// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/daemon/service/service_bench.hpp"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <thread>

namespace passerelle::service {
namespace {

/// Keeps every document as it is.
class KeepingConverter final : public convert::Converter {
  public:
    [[nodiscard]] Result<convert::Verdict> convert(const convert::Document&, std::stop_token) override {
        return convert::Verdict{};
    }
    [[nodiscard]] convert::PoolStatistics statistics() const override { return {}; }
};

constexpr std::chrono::seconds kPatience{60};
constexpr std::chrono::milliseconds kBetweenLooks{1};

} // namespace

fakes::DoubleOptions ServiceBench::people() {
    fakes::DoubleOptions options;
    options.accounts = {{.user = "alice", .app_password = "alice-password"},
                        {.user = "bob", .app_password = "bob-password"},
                        {.user = "admin", .app_password = "admin-password", .administrator = true}};
    return options;
}

ServiceBench::ServiceBench(fakes::DoubleOptions options) : server(std::move(options)) {
    auto pattern = (std::filesystem::temp_directory_path() / "passerelle-service-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
}

ServiceBench::~ServiceBench() {
    close();
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}

void ServiceBench::open() {
    Options options;
    options.state_folder = folder / "state";
    std::filesystem::create_directories(options.state_folder);
    options.key_file = options.state_folder / "key";
    options.server_url = server.url();
    options.inboxes = {folder / "inbox"};
    options.limits = limits;
    options.keep_jobs = keep_jobs;
    options.export_rest = export_rest;
    options.connection.first_delay = std::chrono::milliseconds(1);
    options.make_converter = [] { return std::make_unique<KeepingConverter>(); };
    options.version = "test";
    options.clock = &clock;
    auto opened = Service::open(std::move(options));
    ASSERT_TRUE(opened) << opened.error().code << " " << opened.error().message;
    service = std::move(*opened);
}

void ServiceBench::put(const std::string& user_id, const std::string& path, const std::string& bytes) const {
    const auto file = folder / "inbox" / user_id / path;
    std::filesystem::create_directories(file.parent_path());
    const auto aside = folder / "aside"; // nobody sees half of it
    std::ofstream(aside, std::ios::binary) << bytes;
    std::filesystem::rename(aside, file);
}

Result<JobView> ServiceBench::create(const std::string& user_id, const std::string& name, bool delta) {
    JobOrder order;
    order.delta = delta;
    order.parts = {{ExportPart::Place::inbox, name}};
    order.user_id = user_id;
    order.login = user_id;
    order.app_password = Secret(user_id + "-password");
    order.choices.destination = "Ancien";
    return desk().create(person(user_id), std::move(order));
}

bool ServiceBench::wait_until(const std::function<bool()>& predicate) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (!predicate()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(kBetweenLooks); // whom it waits for needs the processor
    }
    return true;
}

JobView ServiceBench::wait_for(const std::string& user_id, JobId id, JobState state) {
    JobView last;
    const bool came = wait_until([&] {
        auto view = desk().job(person(user_id), id);
        if (view) last = std::move(*view);
        return last.state == state;
    });
    EXPECT_TRUE(came) << "the job stayed " << to_string(last.state)
                      << (last.stopped_by ? " because of " + last.stopped_by->code : "");
    return last;
}

} // namespace passerelle::service
