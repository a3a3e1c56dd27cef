// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// What names need of Unicode. All functions are pure and take any bytes; only valid() and repaired() promise anything
/// about text that is no UTF-8.
namespace passerelle::plan::unicode {

/// The text with each byte that is no UTF-8 replaced by `replacement`.
[[nodiscard]] std::string repaired(std::string_view text, std::string_view replacement);

/// Normalisation form C: the form in which the server stores names.
[[nodiscard]] std::string nfc(std::string_view text);

/// Equal for two names exactly when they differ at most by case (full case folding) or composition.
[[nodiscard]] std::string case_key(std::string_view text);

/// The length of the longest front of `text` with at most `limit` bytes that ends between two characters as a reader
/// sees them; where the first of these is longer than that, between two code points.
[[nodiscard]] std::size_t front_bytes(std::string_view text, std::size_t limit);

/// The code points; bytes that are no UTF-8 stand for themselves.
[[nodiscard]] std::u32string decoded(std::string_view text);

} // namespace passerelle::plan::unicode
