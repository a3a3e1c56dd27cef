// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "core/result.hpp"
#include "daemon/journal/service_jobs.hpp"
#include "daemon/service/vault.hpp"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace passerelle::service {

/// The way from a job to its account on the server. Immutable; any thread may use it.
class Connections {
  public:
    using Connect = std::function<Result<std::unique_ptr<nextcloud::Nextcloud>>(
        const nextcloud::Account& account, const nextcloud::Options& options, std::stop_token stop)>;

    /// `options` are those of every connection; `connect` is Nextcloud::connect but in tests.
    Connections(const Vault& vault, std::string server_url, nextcloud::Options options,
                Connect connect = &nextcloud::Nextcloud::connect)
        : vault_(vault), server_url_(std::move(server_url)), options_(std::move(options)),
          connect_(std::move(connect)) {}

    /// With the job's own app password. Errors: `service.credentials_needed` (job), and those of Nextcloud::connect.
    [[nodiscard]] Result<std::unique_ptr<nextcloud::Nextcloud>>
    open(const journal::ServiceJob& job, std::size_t connections,
         std::function<void(const nextcloud::Waiting&)> on_wait, std::stop_token stop) const;

  private:
    const Vault& vault_;
    const std::string server_url_;
    const nextcloud::Options options_;
    const Connect connect_;
};

/// The reason code of what a connection waits for.
[[nodiscard]] std::string_view reason_for(nextcloud::Waiting::For what);

} // namespace passerelle::service
