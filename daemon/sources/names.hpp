// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace passerelle::sources {

[[nodiscard]] bool is_utf8(std::string_view bytes);

/// Code page 437, the encoding of a zip's names without bit 11 (APPNOTE.TXT, appendix D), as UTF-8.
[[nodiscard]] std::string from_cp437(std::string_view bytes);

/// Windows-1252, what Western European names are in most often when they are no UTF-8, as UTF-8.
[[nodiscard]] std::string from_windows_1252(std::string_view bytes);

/// The name as valid UTF-8 without NUL, and why it is not as it was written. UTF-8 is taken as such; anything else goes
/// through `decode`.
[[nodiscard]] std::string readable_name(std::string_view raw, std::string (*decode)(std::string_view),
                                        std::vector<Reason>& reasons);

/// Some text from an archive, for a reason's parameter.
[[nodiscard]] std::string printable(std::string_view raw);

} // namespace passerelle::sources
