// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// How texts of strangers are cleaned and compared. All functions are pure and take any bytes.
namespace passerelle::sharing {

[[nodiscard]] std::string lower_ascii(std::string_view text);

/// Equal for two texts that a person would call the same: without case, accents, and with one space for every run of
/// spaces, hyphens, underscores and apostrophes; none at either end. "Droits d'accès" is "droits d acces".
[[nodiscard]] std::string folded(std::string_view text);

/// Without the white space around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// Valid UTF-8 on one line: control characters become spaces, what is no UTF-8 becomes '?', no space around it, and no
/// more than `max_bytes`, cut between two characters.
[[nodiscard]] std::string cleaned(std::string_view text, std::size_t max_bytes);

[[nodiscard]] bool is_utf8(std::string_view text);

/// The UTF-8 of a text that a Windows program wrote: cp1252, in which every byte means something or is kept as U+FFFD.
[[nodiscard]] std::string from_cp1252(std::string_view text);

/// Normalisation form C, the form in which the server stores names; a text that is no UTF-8 stays as it is.
[[nodiscard]] std::string composed(std::string_view text);

} // namespace passerelle::sharing
