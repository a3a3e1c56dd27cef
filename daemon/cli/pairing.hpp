// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "core/secret.hpp"
#include "daemon/cli/settings.hpp"

#include <cstdint>
#include <string>

namespace passerelle::cli {

/// Where the service listens.
struct ListenAddress {
    std::string address;
    std::uint16_t port = 0;
    [[nodiscard]] std::string url() const;
};

/// "127.0.0.1:8790" or "[::1]:8790". Error: `config.listen` (permanent).
[[nodiscard]] Result<ListenAddress> listen_address(const std::string& text);

/// The secret that the app proves itself with. Error: `service.not_paired` (job).
[[nodiscard]] Result<Secret> pairing_secret(const Settings& settings);

} // namespace passerelle::cli
