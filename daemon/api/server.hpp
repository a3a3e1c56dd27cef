// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "core/secret.hpp"
#include "daemon/service/administration.hpp"
#include "daemon/service/bridge_desk.hpp"
#include "daemon/service/desk.hpp"
#include "daemon/service/sharing_desk.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

/// The REST API of the daemon, which docs/api/openapi.yaml describes.
namespace passerelle::api {

/// What stands behind the API; it outlives the server. Called from several threads at once.
struct Services {
    service::Desk& desk;
    service::SharingDesk& sharing;
    service::BridgeDesk& bridges;
    service::Administration& administration;
};

/// How much one machine's callers may ask for at once. The defaults suit a small server.
struct Bounds {
    std::chrono::milliseconds head_time{10'000}; ///< for a request's head to arrive; an idle connection ends after it
    std::chrono::milliseconds body_time{10'000};
    std::size_t connections = 512; ///< a process has 1024 descriptors unless told otherwise
    std::size_t waiting = 64;      ///< requests that wait for a thread, of each pace
    std::size_t polls = 400;       ///< long-polls
};

struct ServerOptions {
    std::string address = "127.0.0.1"; ///< of this machine alone: 127.0.0.0/8 or ::1
    std::uint16_t port = 0;            ///< 0: a free one, for tests
    Secret pairing_secret;             ///< at least kLeastSecretBytes
    /// Where reports are written before they travel; the files have no name. Empty: the system's temporary folder.
    std::filesystem::path scratch_dir;
    Bounds bounds;

    static constexpr std::size_t kLeastSecretBytes = 32;
};

/// Listens from start() to stop(). Six threads: one for all connections, three for calls that answer at once, two for
/// those that take their time; none for a long-poll. Internally locked.
class Server {
  public:
    Server(ServerOptions options, Services services);
    ~Server(); ///< stops
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Errors, all permanent: `api.not_loopback`, `api.secret_too_short`, `api.address_taken`.
    [[nodiscard]] Result<void> start();
    /// Takes no more requests, waits for the calls that are being made, answers those that wait (long-polls too) with
    /// 503 `api.stopping`, and ends. Calls that ask the server take their time: end the service's work before.
    void stop();
    /// While it listens; else 0.
    [[nodiscard]] std::uint16_t port() const;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace passerelle::api
