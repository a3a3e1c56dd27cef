// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/rtf_tokens.hpp"

#include <algorithm>
#include <limits>

namespace passerelle::convert {
namespace {

constexpr std::size_t kLongestWord = 32;
constexpr int kEnd = std::char_traits<char>::eof();

bool is_letter(int character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

bool is_digit(int character) {
    return character >= '0' && character <= '9';
}

int hex_digit(int character) {
    if (is_digit(character)) return character - '0';
    if (character >= 'a' && character <= 'f') return character - 'a' + 10;
    if (character >= 'A' && character <= 'F') return character - 'A' + 10;
    return -1;
}

} // namespace

const RtfToken& RtfTokens::next() {
    int character = take();
    while (character == '\r' || character == '\n' || character == 0) // these say nothing
        character = take();
    token_.kind = RtfToken::Kind::byte;
    if (character == kEnd) token_.kind = RtfToken::Kind::end;
    if (character == '{') token_.kind = RtfToken::Kind::open;
    if (character == '}') token_.kind = RtfToken::Kind::close;
    token_.byte = static_cast<unsigned char>(character);
    if (character == '\\') control();
    return token_;
}

void RtfTokens::control() {
    const int character = take();
    if (is_letter(character)) return control_word(character);
    if (character == '\'') return hexadecimal();
    const bool is_text = character == '\\' || character == '{' || character == '}';
    token_.kind = is_text ? RtfToken::Kind::byte : RtfToken::Kind::symbol;
    if (character == kEnd) token_.kind = RtfToken::Kind::end;
    token_.byte = static_cast<unsigned char>(character);
}

void RtfTokens::control_word(int letter) {
    token_.kind = RtfToken::Kind::word;
    token_.name.assign(1, static_cast<char>(letter));
    token_.number.reset();
    for (; is_letter(look()); take())
        if (token_.name.size() < kLongestWord) token_.name.push_back(static_cast<char>(look()));
    const bool is_negative = look() == '-';
    if (is_negative) take();
    if (is_digit(look())) {
        std::int64_t number = 0;
        for (; is_digit(look()); take())
            number = std::min<std::int64_t>(number * 10 + (look() - '0'), std::numeric_limits<std::int32_t>::max());
        token_.number = static_cast<std::int32_t>(is_negative ? -number : number);
    }
    if (look() == ' ') take();
    if (token_.name == "bin" && token_.number.value_or(0) > 0) file_.ignore(*token_.number);
}

void RtfTokens::hexadecimal() {
    token_.kind = RtfToken::Kind::byte;
    int value = 0;
    for (int i = 0; i < 2 && hex_digit(look()) >= 0; ++i)
        value = value * 16 + hex_digit(take());
    token_.byte = static_cast<unsigned char>(value);
}

} // namespace passerelle::convert
