// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room: the one header here that brings a third-party library along; source files only.
#pragma once

#include "core/units.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace passerelle::sources {

/// No metadata file of an export is larger; larger ones are not opened.
inline constexpr std::uint64_t kMaxJsonBytes = kMiB;

/// Parses what an export's small JSON files hold; nothing for anything that is not JSON, is too large or nested deeper
/// than 32.
[[nodiscard]] std::optional<nlohmann::json> parse_bounded_json(std::string_view text);

/// The member's text; empty if there is none or it is no text.
[[nodiscard]] std::string text_of(const nlohmann::json& object, const char* member);
[[nodiscard]] bool flag_of(const nlohmann::json& object, const char* member);

} // namespace passerelle::sources
