// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/bytes.hpp"

#include <algorithm>
#include <array>

namespace passerelle::exports {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

constexpr auto kWords = std::to_array<std::string_view>(
    {"réunion",    "jardin", "bénévole", "compost", "assemblée", "générale", "cotisation", "adhérente",
     "récolte",    "semis",  "parcelle", "atelier", "été",       "budget",   "procès",     "verbal",
     "trésorière", "œuvre",  "goûter",   "fête",    "la",        "le",       "des",        "et",
     "pour",       "avec",   "l'outil",  "qui",     "sera",      "samedi"});

void random_piece(Dice& dice, std::string& piece) {
    for (std::size_t at = 0; at < piece.size(); at += sizeof(std::uint64_t)) {
        const std::uint64_t number = dice.next();
        for (std::size_t byte = 0; byte < std::min(sizeof number, piece.size() - at); ++byte)
            piece[at + byte] = static_cast<char>(number >> (8 * byte));
    }
}

// A piece ends where it ends, in the middle of a word or of a character: sizes are exact, the text is only for
// compressors.
void prose_piece(Dice& dice, std::string& piece) {
    const std::size_t length = piece.size();
    piece.clear();
    while (piece.size() < length) {
        piece += kWords[dice.below(kWords.size())];
        piece += dice.below(12) == 0 ? ".\n" : " ";
    }
    piece.resize(length);
}

} // namespace

Bytes Bytes::random(std::uint64_t size, std::uint64_t seed) {
    return {Kind::random, size, seed};
}
Bytes Bytes::prose(std::uint64_t size, std::uint64_t seed) {
    return {Kind::prose, size, seed};
}
Bytes Bytes::repeated(char byte, std::uint64_t size) {
    return {Kind::repeated, size, static_cast<std::uint64_t>(static_cast<unsigned char>(byte))};
}

void Bytes::pour(const std::function<void(std::string_view)>& sink) const {
    if (kind_ == Kind::literal) return sink(literal_);
    Dice dice(seed_);
    std::string piece;
    for (std::uint64_t done = 0; done < size_; done += piece.size()) {
        piece.assign(std::min<std::uint64_t>(kPiece, size_ - done), static_cast<char>(seed_));
        if (kind_ == Kind::random) random_piece(dice, piece);
        if (kind_ == Kind::prose) prose_piece(dice, piece);
        sink(piece);
    }
}

std::string Bytes::to_string() const {
    std::string all;
    all.reserve(size_);
    pour([&](std::string_view piece) { all += piece; });
    return all;
}

std::uint64_t Dice::next() {
    std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
}

double Dice::fraction() {
    return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

} // namespace passerelle::exports
