// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room.
#pragma once

#include "daemon/api/authorisation.hpp"
#include "daemon/api/message.hpp"
#include "daemon/api/routes.hpp"
#include "daemon/api/workers.hpp"

#include <atomic>
#include <functional>
#include <memory>

namespace passerelle::api {

/// What stands between the listener and the handlers: who asks, what for, and on which thread it is answered. admit()
/// belongs to the listener's thread; stop() to whoever stops the server.
class Reception : public Door {
  public:
    Reception(const ServerOptions& options, Services services);

    [[nodiscard]] Admission admit(const RequestHead& head) override;
    /// No more calls are made.
    void close();
    /// Waits for those that are being made.
    void stop();

  private:
    void take(const Route& route, Call call, Reply reply);
    void poll(Poll handler, const Call& call, const Reply& reply);

    Bench bench_;
    Authorisation authorisation_;
    const std::size_t most_polls_;
    std::shared_ptr<std::atomic<std::size_t>> polls_; ///< shared with answers that the service still owes
    Workers quick_;
    Workers slow_;
};

} // namespace passerelle::api
