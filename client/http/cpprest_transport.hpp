// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/transport.hpp"
#include "client/http/url.hpp"
#include "core/secret.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

namespace passerelle::http {

struct TransportOptions {
    Url server;       ///< its path is not used here: a request's target is absolute and carries it
    std::string user; ///< empty: requests go out without a password
    Secret password;
    std::filesystem::path ca_file; ///< trusted beside the system's certificates, PEM; empty: the system's alone
    bool insecure_http = false;    ///< plain http to another host than this one
    std::size_t connections = 4;   ///< requests under way at a time; the others wait in send()
    std::chrono::milliseconds timeout{300'000}; ///< without any progress on the connection
    std::string user_agent;                     ///< empty: "Passerelle/<version>"
};

/// A transport over cpprestsdk. It keeps connections alive, sends the password with every request and no cookie with
/// any, follows no redirection, streams bodies, and notices a kept connection that the server has closed before it
/// sends on it. What is under way when it is destroyed ends by itself. Errors: `server.insecure_http`, `usage.ca_file`
/// (both job).
[[nodiscard]] Result<std::unique_ptr<Transport>> make_transport(const TransportOptions& options);

} // namespace passerelle::http
