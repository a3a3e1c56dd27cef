// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room: errors as RFC 9457 describes them.
#pragma once

#include "core/result.hpp"
#include "core/words.hpp"
#include "daemon/api/message.hpp"

#include <string_view>
#include <vector>

namespace passerelle::api {

/// The one map from errors to the status of an answer.
[[nodiscard]] unsigned status_of(const Error& error);

/// The error as an answer, in the person's language; with Retry-After where waiting helps.
[[nodiscard]] Answer problem(const Error& error, Language language);

/// An error of the API's own.
[[nodiscard]] Error refusal(std::string_view code, std::vector<Reason::Parameter> parameters = {});

/// 400: `field` may hold `allowed` only.
[[nodiscard]] Error bad_field(std::string_view field, std::string_view allowed);

} // namespace passerelle::api
