// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Text as the old binary formats store it, in UTF-8. Half of a surrogate pair that stands alone becomes U+FFFD.
namespace passerelle::convert {

/// Of UTF-16 in little-endian order; an odd last byte is left out.
[[nodiscard]] std::string utf8_from_utf16(std::string_view bytes);

/// Of UTF-16 whose high bytes, all zero, were left out.
[[nodiscard]] std::string utf8_from_low_bytes(std::string_view bytes);

/// Of a Windows code page by its number (1252, 1250, …); an unknown one is taken for 1252.
[[nodiscard]] std::string utf8_from_code_page(std::string_view bytes, std::uint16_t code_page);

} // namespace passerelle::convert
