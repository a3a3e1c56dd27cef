// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "daemon/plan/plan.hpp"

#include <stop_token>
#include <string>

namespace passerelle::jobs {

/// The plan's view of what stands on the server. Confined to a thread.
class ServerTarget final : public plan::Target {
  public:
    ServerTarget(nextcloud::Nextcloud& server, std::stop_token stop) : server_(server), stop_(std::move(stop)) {}

    [[nodiscard]] Result<std::optional<std::vector<Entry>>> list(const std::string& folder) override;

  private:
    nextcloud::Nextcloud& server_;
    std::stop_token stop_;
};

} // namespace passerelle::jobs
