// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room.
#pragma once

#include <string_view>

namespace passerelle::api {

/// Empty, or names with a slash between them; none of them empty, "." or "..".
[[nodiscard]] bool is_relative_path(std::string_view path);

} // namespace passerelle::api
