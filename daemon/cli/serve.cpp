// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/api/server.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/console.hpp"
#include "daemon/cli/engine.hpp"
#include "daemon/cli/pairing.hpp"
#include "daemon/log/log.hpp"
#include "daemon/service/service.hpp"

#include <csignal>
#include <cstdlib>
#include <fmt/format.h>
#include <malloc.h>
#include <sstream>
#include <systemd/sd-daemon.h>

namespace passerelle::cli {
namespace {

/// Jobs come with threads of their own; a heap for each would keep what the busiest of them needed.
constexpr int kHeaps = 2;
constexpr std::chrono::seconds kLookEvery{5}; // where systemd asks for no sign of life

constexpr Sentence kListens{"Le service écoute sur {}.", "The service listens on {}."};

std::vector<std::filesystem::path> folders_of(const std::string& text) {
    std::vector<std::filesystem::path> folders;
    std::istringstream list(text);
    for (std::string folder; std::getline(list, folder, ':');)
        if (!folder.empty()) folders.emplace_back(folder);
    return folders;
}

service::Options options_of(const Settings& settings, const log::Options& log, const Secret& pairing_secret) {
    service::Options options;
    options.state_folder = settings.state_dir;
    options.key_file = settings.service_key_file;
    options.server_url = settings.service_nextcloud_url;
    options.inboxes = folders_of(settings.service_inboxes);
    options.export_rest = std::chrono::seconds(settings.service_export_rest_seconds);
    options.limits = {settings.service_night_window, static_cast<std::uint64_t>(settings.service_rate_limit),
                      static_cast<std::uint64_t>(settings.service_jobs_at_once)};
    options.connection.ca_file = settings.ca_file;
    options.connection.pairing_secret = pairing_secret;
    options.connection.timeout = std::chrono::seconds(settings.timeout_seconds);
    options.connection.max_attempts = static_cast<int>(settings.max_attempts);
    options.connections = static_cast<std::size_t>(settings.connections);
    options.workers = static_cast<std::size_t>(settings.workers);
    options.memory_bytes = static_cast<std::uint64_t>(settings.pipeline_mib) * kMiB;
    options.convert_worker = convert_worker();
    options.make_converter = [settings] { return make_converter(settings); };
    options.log = log;
    options.keep_jobs = std::chrono::days(settings.service_keep_jobs_days);
    options.keep_logs = std::chrono::days(settings.service_keep_logs_days);
    options.version = PASSERELLE_VERSION;
    return options;
}

/// The signals that a service is told things by; they are taken one after the other, by the main thread, and by no
/// other: the constructor comes before any thread is made.
class Signals {
  public:
    Signals() {
        ::sigemptyset(&set_);
        for (const int signal : {SIGTERM, SIGINT, SIGHUP})
            ::sigaddset(&set_, signal);
        ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    }
    /// The next one, or 0 after `patience`.
    [[nodiscard]] int next(std::chrono::microseconds patience) const {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(patience);
        const timespec time{seconds.count(), (patience - seconds).count() * 1000};
        const int signal = ::sigtimedwait(&set_, nullptr, &time);
        return signal > 0 ? signal : 0;
    }

  private:
    sigset_t set_{};
};

/// Half of what systemd waits for before it takes the service for dead.
std::chrono::microseconds watchdog_step() {
    std::uint64_t microseconds = 0;
    if (::sd_watchdog_enabled(0, &microseconds) <= 0) return kLookEvery;
    return std::chrono::microseconds(microseconds / 2);
}

/// Until somebody stops the service. A sign of life is given only where the service itself answers.
void keep_alive(const Signals& signals, service::Service& service, const Arguments& arguments) {
    const auto step = watchdog_step();
    while (true) {
        const int signal = signals.next(step);
        if (signal == SIGTERM || signal == SIGINT) return;
        if (signal == SIGHUP) {
            auto settings = resolve_settings(arguments);
            auto log = settings ? log_options(arguments, *settings) : Result<log::Options>(failure(settings));
            if (!log || !log::set_up(*log))
                log::logger("service").error("the settings cannot be read again; the old ones stay");
            continue;
        }
        const auto health = service.administration().health();
        ::sd_notifyf(0, "WATCHDOG=1\nSTATUS=%llu running, %llu waiting",
                     static_cast<unsigned long long>(health.running), static_cast<unsigned long long>(health.queued));
    }
}

} // namespace

Result<Ending> serve(const Arguments& arguments, const Settings& settings) {
    const Signals signals;
    ::mallopt(M_ARENA_MAX, kHeaps);
    auto listen = listen_address(settings.service_listen);
    if (!listen) return failure(listen);
    auto secret = pairing_secret(settings);
    if (!secret) return failure(secret);
    auto log = log_options(arguments, settings);
    if (!log) return failure(log);
    auto opened = service::Service::open(options_of(settings, *log, *secret));
    if (!opened) return failure(opened);
    auto& service = *opened;

    api::ServerOptions options;
    options.address = listen->address;
    options.port = listen->port;
    options.pairing_secret = std::move(*secret);
    options.scratch_dir = settings.scratch_dir;
    std::error_code ignored; // where it cannot be made, reports say so
    std::filesystem::create_directories(settings.scratch_dir, ignored);
    api::Server server(std::move(options),
                       {service->desk(), service->sharing(), service->bridges(), service->administration()});
    if (auto started = server.start(); !started) return failure(started);

    ListenAddress bound = *listen;
    bound.port = server.port();
    say(fmt::format(fmt::runtime(kListens.in(arguments.language)), bound.url()));
    log::logger("service").info("the service listens on {}", bound.url());
    ::sd_notify(0, "READY=1");
    keep_alive(signals, *service, arguments);
    ::sd_notify(0, "STOPPING=1");
    log::logger("service").info("the service stops; what runs goes on at the next start");
    server.stop();
    service.reset();
    return Ending::complete;
}

} // namespace passerelle::cli
