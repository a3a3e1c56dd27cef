// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Reading JSON that somebody else wrote. Private to the room.
namespace passerelle::ocs {

using Json = nlohmann::json;

/// Error `server.bad_answer` (permanent): no JSON, larger than 4 MiB, or deeper than 64 levels.
[[nodiscard]] Result<Json> parse_json(std::string_view text);

/// `server.bad_answer` (permanent).
[[nodiscard]] Error bad_answer(std::string detail);

/// The value at the end of a path of member names; null where any of them is missing.
[[nodiscard]] const Json& at(const Json& root, std::initializer_list<const char*> path);

// A value of another type than expected is read as absent.
[[nodiscard]] std::string text_of(const Json& value);
[[nodiscard]] bool truth_of(const Json& value);
[[nodiscard]] std::optional<std::int64_t> number_of(const Json& value); ///< a fraction is cut, a huge number clamped
[[nodiscard]] std::optional<std::vector<std::string>> texts_of(const Json& value);

} // namespace passerelle::ocs
