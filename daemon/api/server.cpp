// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/server.hpp"

#include "core/reason_codes.hpp"
#include "daemon/api/listener.hpp"
#include "daemon/api/problem.hpp"
#include "daemon/api/reception.hpp"
#include "daemon/log/log.hpp"

#include <mutex>
#include <optional>

namespace passerelle::api {

class Server::Impl {
  public:
    Impl(ServerOptions options, Services services) : options_(std::move(options)), services_(services) {}

    Result<void> start() {
        const std::lock_guard lock(mutex_);
        if (listener_) return {};
        if (options_.pairing_secret.reveal().size() < ServerOptions::kLeastSecretBytes)
            return refusal(codes::api_secret_too_short, {{"least", std::to_string(ServerOptions::kLeastSecretBytes)}});
        reception_.emplace(options_, services_);
        listener_.emplace(options_.address, options_.port, options_.bounds, *reception_);
        auto started = listener_->start();
        if (!started) {
            listener_.reset();
            reception_.reset();
            return failure(started);
        }
        log::logger("api").info("listening at {}, port {}", options_.address, listener_->port());
        return {};
    }

    void stop() {
        const std::lock_guard lock(mutex_);
        if (!listener_) return;
        reception_->close();
        listener_->close_door();
        reception_->stop();
        listener_->stop();
        listener_.reset();
        reception_.reset();
    }

    std::uint16_t port() {
        const std::lock_guard lock(mutex_);
        return listener_ ? listener_->port() : std::uint16_t{0};
    }

  private:
    std::mutex mutex_;
    const ServerOptions options_;
    const Services services_;
    std::optional<Reception> reception_;
    std::optional<Listener> listener_; // before its door is gone
};

Server::Server(ServerOptions options, Services services)
    : impl_(std::make_unique<Impl>(std::move(options), services)) {}

Server::~Server() {
    stop();
}

Result<void> Server::start() {
    return impl_->start();
}

void Server::stop() {
    impl_->stop();
}

std::uint16_t Server::port() const {
    return impl_->port();
}

} // namespace passerelle::api
