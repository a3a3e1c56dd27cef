// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/dav/wire.hpp"
#include "core/result.hpp"

#include <string_view>
#include <vector>

namespace passerelle::dav {

/// Reads a multistatus (RFC 4918, 13). `collection` is the encoded path that was asked below: it is cut off every href,
/// whatever folder a proxy in front shows the server in. Error: `server.bad_answer`.
[[nodiscard]] Result<std::vector<Resource>> parse_multistatus(std::string_view body, std::string_view collection);

/// Reads the body of a refused request; what is no such document gives empty fields.
[[nodiscard]] ErrorBody parse_error_body(std::string_view body);

} // namespace passerelle::dav
