// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace passerelle::convert {

/// A number of the old Office formats; 0 where the bytes end before it.
[[nodiscard]] inline std::uint16_t u16_at(std::string_view bytes, std::size_t at) {
    if (bytes.size() < 2 || at > bytes.size() - 2) return 0;
    return static_cast<std::uint16_t>(static_cast<unsigned char>(bytes[at]) | static_cast<unsigned char>(bytes[at + 1])
                                                                                  << 8);
}

[[nodiscard]] inline std::uint32_t u32_at(std::string_view bytes, std::size_t at) {
    return u16_at(bytes, at) | static_cast<std::uint32_t>(u16_at(bytes, at + 2)) << 16;
}

} // namespace passerelle::convert
