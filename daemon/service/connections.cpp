// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/connections.hpp"

#include "core/reason_codes.hpp"

namespace passerelle::service {

Result<std::unique_ptr<nextcloud::Nextcloud>> Connections::open(const journal::ServiceJob& job, std::size_t connections,
                                                                std::function<void(const nextcloud::Waiting&)> on_wait,
                                                                std::stop_token stop) const {
    auto password = job.sealed_password.empty() ? std::nullopt : vault_.unseal(job.sealed_password);
    if (!password) return Error(ErrorKind::job, codes::service_credentials_needed, "");
    nextcloud::Options options = options_;
    options.connections = connections;
    options.on_wait = std::move(on_wait);
    return connect_({server_url_, job.login, std::move(*password)}, options, std::move(stop));
}

std::string_view reason_for(nextcloud::Waiting::For what) {
    switch (what) {
    case nextcloud::Waiting::For::maintenance:
        return codes::server_maintenance;
    case nextcloud::Waiting::For::locked:
        return codes::server_locked;
    case nextcloud::Waiting::For::overloaded:
        return codes::server_overloaded;
    case nextcloud::Waiting::For::connection:
        return codes::server_connection_lost;
    }
    return codes::server_overloaded;
}

} // namespace passerelle::service
