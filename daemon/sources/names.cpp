// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/names.hpp"

#include "core/reason_codes.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utf8proc.h>

namespace passerelle::sources {
namespace {

using UpperHalf = std::array<char16_t, 128>;

constexpr UpperHalf kCp437{
    0x00C7, 0x00FC, 0x00E9, 0x00E2, 0x00E4, 0x00E0, 0x00E5, 0x00E7, 0x00EA, 0x00EB, 0x00E8, 0x00EF, 0x00EE,
    0x00EC, 0x00C4, 0x00C5, 0x00C9, 0x00E6, 0x00C6, 0x00F4, 0x00F6, 0x00F2, 0x00FB, 0x00F9, 0x00FF, 0x00D6,
    0x00DC, 0x00A2, 0x00A3, 0x00A5, 0x20A7, 0x0192, 0x00E1, 0x00ED, 0x00F3, 0x00FA, 0x00F1, 0x00D1, 0x00AA,
    0x00BA, 0x00BF, 0x2310, 0x00AC, 0x00BD, 0x00BC, 0x00A1, 0x00AB, 0x00BB, 0x2591, 0x2592, 0x2593, 0x2502,
    0x2524, 0x2561, 0x2562, 0x2556, 0x2555, 0x2563, 0x2551, 0x2557, 0x255D, 0x255C, 0x255B, 0x2510, 0x2514,
    0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x255E, 0x255F, 0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550,
    0x256C, 0x2567, 0x2568, 0x2564, 0x2565, 0x2559, 0x2558, 0x2552, 0x2553, 0x256B, 0x256A, 0x2518, 0x250C,
    0x2588, 0x2584, 0x258C, 0x2590, 0x2580, 0x03B1, 0x00DF, 0x0393, 0x03C0, 0x03A3, 0x03C3, 0x00B5, 0x03C4,
    0x03A6, 0x0398, 0x03A9, 0x03B4, 0x221E, 0x03C6, 0x03B5, 0x2229, 0x2261, 0x00B1, 0x2265, 0x2264, 0x2320,
    0x2321, 0x00F7, 0x2248, 0x00B0, 0x2219, 0x00B7, 0x221A, 0x207F, 0x00B2, 0x25A0, 0x00A0};

/// What differs from Latin-1: 0x80 to 0x9F. The five unassigned bytes become U+FFFD.
constexpr std::array<char16_t, 32> kWindows1252Low{0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                                   0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

void append(std::string& text, char16_t codepoint) {
    std::array<utf8proc_uint8_t, 4> bytes;
    const auto count = utf8proc_encode_char(codepoint, bytes.data());
    text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(count));
}

template <class Lookup> std::string transcode(std::string_view bytes, Lookup lookup) {
    std::string text;
    text.reserve(bytes.size() + 8);
    for (const char c : bytes) {
        const auto byte = static_cast<std::uint8_t>(c);
        append(text, byte < 0x80 ? byte : lookup(byte));
    }
    return text;
}

} // namespace

bool is_utf8(std::string_view bytes) {
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(bytes.data());
    auto left = static_cast<utf8proc_ssize_t>(bytes.size());
    while (left > 0) {
        utf8proc_int32_t codepoint = 0;
        const auto count = utf8proc_iterate(at, left, &codepoint);
        if (count <= 0) return false;
        at += count;
        left -= count;
    }
    return true;
}

std::string from_cp437(std::string_view bytes) {
    return transcode(bytes, [](std::uint8_t byte) { return kCp437[byte - 0x80U]; });
}

std::string from_windows_1252(std::string_view bytes) {
    return transcode(bytes, [](std::uint8_t byte) {
        return byte < 0xA0 ? kWindows1252Low[byte - 0x80U] : static_cast<char16_t>(byte);
    });
}

std::string readable_name(std::string_view raw, std::string (*decode)(std::string_view), std::vector<Reason>& reasons) {
    std::string name(raw);
    if (!is_utf8(raw)) {
        name = decode(raw);
        reasons.emplace_back(codes::source_name_decoded);
    }
    if (name.find('\0') != std::string::npos) {
        std::replace(name.begin(), name.end(), '\0', '_');
        reasons.emplace_back(codes::source_name_repaired);
    }
    return name;
}

std::string printable(std::string_view raw) {
    std::vector<Reason> ignored;
    return readable_name(raw, from_windows_1252, ignored);
}

} // namespace passerelle::sources
