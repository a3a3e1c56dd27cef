// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room: small things about text on the wire.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace passerelle::api {

/// ASCII letters only.
[[nodiscard]] bool same_without_case(std::string_view one, std::string_view other);

/// Without spaces and tabs at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// What stands before the first `mark`, or everything; it and the mark are taken from `rest`.
[[nodiscard]] std::string_view take_until(std::string_view& rest, char mark);

/// Digits alone, and no more than fit.
[[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view text);

/// Empty, or a time as RFC 3339 writes it.
[[nodiscard]] bool is_time(std::string_view text);

/// Percent-encoding taken away. Nothing where it is broken, or the result is no UTF-8 or holds a control character.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);

/// UTF-8 as RFC 3629 has it, without control characters.
[[nodiscard]] bool is_plain_text(std::string_view text);

} // namespace passerelle::api
