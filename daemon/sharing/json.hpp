// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room: brings a third-party library along; source files only.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace passerelle::sharing {

/// Nothing for what is no JSON, is larger than `max_bytes` or nested deeper than 16.
[[nodiscard]] std::optional<nlohmann::json> parse_bounded_json(std::string_view text, std::size_t max_bytes);

/// The member's text; empty if there is none or it is no text.
[[nodiscard]] std::string text_of(const nlohmann::json& object, const char* member);
/// The member's answer; `otherwise` if there is none or it is none.
[[nodiscard]] bool flag_of(const nlohmann::json& object, const char* member, bool otherwise = false);
/// The member if it is a list, else an empty one.
[[nodiscard]] const nlohmann::json& list_of(const nlohmann::json& object, const char* member);

} // namespace passerelle::sharing
