// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace passerelle::http {

/// The address of a server, as a person gives it. A value.
struct Url {
    bool https = true;
    std::string host; ///< lower case; an IPv6 address without its brackets
    std::uint16_t port = 443;
    std::string path; ///< percent-encoded, begins with a slash and ends without one; empty at the root

    /// Scheme, host and port; the port only where it is not the scheme's own: "https://cloud.example.org".
    [[nodiscard]] std::string origin() const;
    /// origin() and path: what the address looks like everywhere from here on.
    [[nodiscard]] std::string text() const;

    friend bool operator==(const Url&, const Url&) = default;
};

/// Reads an address that a person typed or copied from a browser: blanks around it, a missing scheme (https is meant),
/// slashes at the end and Nextcloud's own `/index.php/…`, `/login`, `/remote.php/…` are forgiven. Error:
/// `usage.bad_url` (job), also for a user name or password inside the address.
[[nodiscard]] Result<Url> parse_url(std::string_view text);

/// Error `server.insecure_http` (job) where a password would travel unprotected: plain http to a host that is not this
/// one.
[[nodiscard]] Result<void> require_protected(const Url& url, bool insecure_http_allowed);

/// True for localhost, 127.0.0.0/8 and ::1.
[[nodiscard]] bool is_loopback(std::string_view host);

/// Encodes every byte but RFC 3986's unreserved ones, so the result fits a path segment, a query value and a form
/// value.
[[nodiscard]] std::string percent_encode(std::string_view text);

/// As percent_encode(), with the slashes left as they are.
[[nodiscard]] std::string percent_encode_path(std::string_view path);

/// What a percent-encoded text says; a `%` that introduces no two hexadecimal digits stays as it is.
[[nodiscard]] std::string percent_decode(std::string_view text);

} // namespace passerelle::http
