// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room.
#pragma once

#include "core/words.hpp"

#include <string_view>

namespace passerelle::api {

/// Which of the two languages a reader prefers, by Accept-Language (RFC 9110, 12.5.4). French where the header names
/// neither, or cannot be understood.
[[nodiscard]] Language language_of(std::string_view accept_language);

} // namespace passerelle::api
