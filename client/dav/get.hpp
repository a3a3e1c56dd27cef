// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/dav/endpoint.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <stop_token>
#include <string>

namespace passerelle::dav {

/// `length` bytes of a file from `offset` on, or fewer at its end, of the very state that has this etag (If-Match, RFC
/// 9110). Held in memory whole. Errors besides the transport's and those of dav::refusal(): `target.changed` (conflict)
/// where the file is another one by now, or shorter; `target.missing` (item); `server.bad_answer` (retryable) where
/// the server sends something else than what was asked for.
[[nodiscard]] Result<std::string> read_range(const Endpoint& endpoint, const std::string& path, const std::string& etag,
                                             std::uint64_t offset, std::uint64_t length, std::stop_token stop);

} // namespace passerelle::dav
