// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/dav/endpoint.hpp"
#include "client/dav/multistatus.hpp"
#include "core/result.hpp"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace passerelle::dav {

enum class Depth { self, children };

/// Asks for what this room wants to know of a resource; with Depth::children the resource itself (an empty path) comes
/// too. Nothing when there is no such resource. `target` is an encoded path of the Endpoint's.
[[nodiscard]] Result<std::optional<std::vector<Resource>>> propfind(const Endpoint& endpoint, const std::string& target,
                                                                    Depth depth, std::stop_token stop);

} // namespace passerelle::dav
