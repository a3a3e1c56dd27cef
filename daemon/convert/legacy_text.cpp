// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/legacy_text.hpp"

#include "daemon/convert/little_endian.hpp"

#include <array>
#include <iconv.h>
#include <memory>

namespace passerelle::convert {
namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;
constexpr std::uint16_t kMacintosh = 10000; // as Windows numbers it; iconv knows only the name
constexpr std::uint16_t kUtf8 = 65001;

bool is_between(std::uint32_t value, std::uint32_t first, std::uint32_t last) {
    return value >= first && value <= last;
}

void append(std::string& text, std::uint32_t character) {
    const auto byte = [&](std::uint32_t value) { text.push_back(static_cast<char>(value)); };
    const auto rest = [&](int shift) { byte(0x80 | (character >> shift & 0x3F)); };
    if (character < 0x80) return byte(character);
    if (character < 0x800) {
        byte(0xC0 | character >> 6);
    } else if (character < 0x10000) {
        byte(0xE0 | character >> 12);
        rest(6);
    } else {
        byte(0xF0 | character >> 18);
        rest(12);
        rest(6);
    }
    rest(0);
}

struct CloseIconv {
    void operator()(void* handle) const { iconv_close(handle); }
};

} // namespace

std::string utf8_from_utf16(std::string_view bytes) {
    std::string text;
    for (std::size_t at = 0; at + 2 <= bytes.size(); at += 2) {
        std::uint32_t character = u16_at(bytes, at);
        const std::uint32_t next = u16_at(bytes, at + 2);
        if (is_between(character, 0xD800, 0xDBFF) && is_between(next, 0xDC00, 0xDFFF)) {
            character = 0x10000 + ((character - 0xD800) << 10) + (next - 0xDC00);
            at += 2;
        } else if (is_between(character, 0xD800, 0xDFFF)) {
            character = kReplacement;
        }
        append(text, character);
    }
    return text;
}

std::string utf8_from_low_bytes(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes)
        append(text, static_cast<unsigned char>(byte));
    return text;
}

std::string utf8_from_code_page(std::string_view bytes, std::uint16_t code_page) {
    const auto open = [](const std::string& name) { return iconv_open("UTF-8", name.c_str()); };
    const auto none = reinterpret_cast<iconv_t>(-1); // NOLINT(performance-no-int-to-ptr): so iconv says "none"
    iconv_t opened = open(code_page == kMacintosh ? "MACINTOSH"
                          : code_page == kUtf8    ? "UTF-8"
                                                  : "CP" + std::to_string(code_page));
    if (opened == none) opened = open("CP1252");
    if (opened == none) return utf8_from_low_bytes(bytes);
    const std::unique_ptr<void, CloseIconv> handle(opened);

    std::string text;
    std::string left(bytes);
    char* from = left.data();
    std::size_t from_bytes = left.size();
    while (from_bytes > 0) {
        std::array<char, 512> piece{};
        char* to = piece.data();
        std::size_t to_bytes = piece.size();
        const std::size_t before = from_bytes;
        iconv(handle.get(), &from, &from_bytes, &to, &to_bytes);
        text.append(piece.data(), piece.size() - to_bytes);
        if (from_bytes == before) { // a byte that stands for nothing in this code page
            append(text, kReplacement);
            ++from;
            --from_bytes;
        }
    }
    return text;
}

} // namespace passerelle::convert
