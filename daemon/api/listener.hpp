// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room: the only file, with session.*, that sees Boost.Beast. docs/decisions/0013 says why it is not
// cpprestsdk's listener.
#pragma once

#include "core/result.hpp"
#include "daemon/api/message.hpp"
#include "daemon/api/server.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <thread>

namespace passerelle::api {

class Hall;

/// HTTP/1.1 at one address of this machine, on one thread of its own, however many connections there are. Promises of
/// every connection: a head of at most 16 KiB, which arrives in time; a body no larger than its admission allows, which
/// arrives in time and is not read where it is refused; an end where nothing is asked. start() and stop() belong to one
/// thread.
class Listener {
  public:
    Listener(std::string address, std::uint16_t port, const Bounds& bounds, Door& door);
    ~Listener(); ///< stops
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// Errors: `api.not_loopback`, `api.address_taken` (permanent).
    [[nodiscard]] Result<void> start();
    [[nodiscard]] std::uint16_t port() const;
    /// No more requests are taken; those that wait for their answer can still get it.
    void close_door();
    /// What still waits is answered with 503 `api.stopping`; then all connections end.
    void stop();

  private:
    std::string address_;
    std::uint16_t port_;
    std::shared_ptr<Hall> hall_; ///< shared with replies that somebody still owes
    std::jthread thread_;
};

} // namespace passerelle::api
