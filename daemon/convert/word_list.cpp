// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/word_list.hpp"

#include <functional>

namespace passerelle::convert {
namespace {

constexpr std::size_t kMaxShownBytes = 1 << 20;

enum class Kind { letter, space, nothing, symbol };

/// What the UTF-8 character is that starts at `text`, and how many bytes it has. Only white space and invisible
/// characters are told apart; other bytes count as letters one by one.
Kind classify(std::string_view text, std::size_t& length) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    length = 1;
    if (byte(0) <= 0x20) return Kind::space;
    if (byte(0) == 0xC2 && (byte(1) == 0xA0 || byte(1) == 0xAD)) { // no-break space, soft hyphen
        length = 2;
        return byte(1) == 0xA0 ? Kind::space : Kind::nothing;
    }
    length = 3;
    if (byte(0) == 0xE2 && byte(1) == 0x80) {
        if (byte(2) >= 0x80 && byte(2) <= 0x8A) return Kind::space;                    // U+2000 to U+200A
        if (byte(2) == 0xA8 || byte(2) == 0xA9 || byte(2) == 0xAF) return Kind::space; // U+2028, U+2029, U+202F
        if (byte(2) >= 0xAA && byte(2) <= 0xAE) return Kind::nothing;                  // embedded directions
        if (byte(2) >= 0x8B && byte(2) <= 0x8F) return Kind::nothing;                  // zero width, direction marks
    }
    if (byte(0) == 0xE3 && byte(1) == 0x80 && byte(2) == 0x80) return Kind::space;                  // ideographic space
    if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return Kind::nothing;                // byte order mark
    if (byte(0) == 0xEF && byte(1) >= 0x80 && byte(1) <= 0x83 && byte(2) != 0) return Kind::symbol; // U+F000 to U+F0FF
    length = 1;
    return Kind::letter;
}

/// Spread over 64 bits, so that sums of different letters differ.
std::uint64_t weight(unsigned char byte) {
    const std::uint64_t spread = (byte + std::uint64_t{1}) * 0x9E3779B97F4A7C15;
    return (spread ^ (spread >> 29)) * 0xBF58476D1CE4E5B9;
}

/// A sign of a special font, which programs store as U+F067 or as the "g" that the keyboard has for it.
std::string letter_of_symbol(std::string_view symbol) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(symbol[i]); };
    const unsigned code = (byte(1) & 0x03u) << 6 | (byte(2) & 0x3Fu);
    if (code < 0x80) return {static_cast<char>(code)};
    return {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 0x3F))};
}

} // namespace

void WordList::add(std::string_view piece) {
    while (!piece.empty()) {
        std::size_t length = 1;
        switch (classify(piece, length)) {
        case Kind::letter:
            add_letter(piece.front());
            break;
        case Kind::symbol:
            for (const char letter : letter_of_symbol(piece.substr(0, length)))
                letter == ' ' ? end_word() : add_letter(letter);
            break;
        case Kind::space:
            end_word();
            break;
        case Kind::nothing:
            break;
        }
        piece.remove_prefix(length);
    }
}

void WordList::add_letter(char byte) {
    word_.push_back(byte);
    letters_ += weight(static_cast<unsigned char>(byte));
}

void WordList::append(const WordList& other) {
    words_.insert(words_.end(), other.words_.begin(), other.words_.end());
    letters_ += other.letters_;
    if (shows_all_ && shown_.size() + other.shown_.size() <= kMaxShownBytes)
        shown_ += other.shown_;
    else
        shows_all_ = false;
    shows_all_ = shows_all_ && other.shows_all_;
}

void WordList::end_word() {
    if (word_.empty()) return;
    words_.push_back(std::hash<std::string_view>{}(word_));
    shows_all_ = shows_all_ && shown_.size() + word_.size() < kMaxShownBytes;
    if (shows_all_) (shown_ += word_) += '\n';
    word_.clear();
}

void WordList::for_each_shown(const std::function<bool(std::uint64_t, std::string_view)>& take) const {
    std::string_view rest = shown_;
    for (std::size_t i = 0; i < words_.size() && !rest.empty(); ++i) {
        const auto end = rest.find('\n');
        if (!take(words_[i], rest.substr(0, end))) return;
        rest.remove_prefix(end + 1);
    }
}

} // namespace passerelle::convert
