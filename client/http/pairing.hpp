// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/transport.hpp"
#include "core/secret.hpp"

namespace passerelle::http {

/// Shows the companion app that the service asks, which its endpoints want to know of whoever comes with a migration's
/// app password. Nothing where there is no secret.
inline void show_pairing(const Secret& secret, Request& request) {
    if (!secret.empty()) request.headers.set("X-Passerelle-Pairing", secret.reveal());
}

} // namespace passerelle::http
