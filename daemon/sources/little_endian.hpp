// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace passerelle::sources {

/// The little-endian number of type `Number` at `at`; the caller has checked that it lies within `bytes`.
template <class Number> [[nodiscard]] Number little_endian(std::string_view bytes, std::size_t at) {
    Number number = 0;
    for (std::size_t i = sizeof(Number); i-- > 0;)
        number =
            static_cast<Number>((static_cast<std::uint64_t>(number) << 8U) | static_cast<std::uint8_t>(bytes[at + i]));
    return number;
}

[[nodiscard]] inline std::uint16_t u16(std::string_view bytes, std::size_t at) {
    return little_endian<std::uint16_t>(bytes, at);
}
[[nodiscard]] inline std::uint32_t u32(std::string_view bytes, std::size_t at) {
    return little_endian<std::uint32_t>(bytes, at);
}
[[nodiscard]] inline std::uint64_t u64(std::string_view bytes, std::size_t at) {
    return little_endian<std::uint64_t>(bytes, at);
}

} // namespace passerelle::sources
