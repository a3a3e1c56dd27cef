// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/transport.hpp"
#include "core/result.hpp"

#include <string>

namespace passerelle::dav {

/// What a refused WebDAV request means to whoever asked: 400 for the name `target.name_refused`, 403
/// `target.forbidden`, 404 and 409 `target.parent_missing` (item), 412 `target.exists` (conflict); anything else as
/// http::error_of(). The message carries the status and what the server said. `sent_bytes`: the length of the request's
/// body.
[[nodiscard]] Error refusal(const http::Response& response, std::uint64_t sent_bytes = 0);

/// `target.changed` (conflict): what stands at the path is not, or no longer, the state that was meant.
[[nodiscard]] Error changed(const std::string& path);

/// `server.bad_answer` (retryable): a body cut short, or one that no Nextcloud sends.
[[nodiscard]] Error bad_answer(std::string detail);

} // namespace passerelle::dav
