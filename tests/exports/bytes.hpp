// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace passerelle::exports {

/// What a file of an export holds: given bytes, or bytes that are made up while they are written, so that a file of
/// several gigabytes costs no memory. The same description gives the same bytes on every machine. A value.
class Bytes {
  public:
    Bytes(std::string literal) : literal_(std::move(literal)), size_(literal_.size()) {}
    Bytes(std::string_view literal) : Bytes(std::string(literal)) {}
    Bytes(const char* literal) : Bytes(std::string(literal)) {}

    /// `size` bytes that do not compress.
    [[nodiscard]] static Bytes random(std::uint64_t size, std::uint64_t seed);
    /// `size` bytes of French-looking words, which compress as text does.
    [[nodiscard]] static Bytes prose(std::uint64_t size, std::uint64_t seed);
    /// `size` times the same byte: compresses to about a thousandth.
    [[nodiscard]] static Bytes repeated(char byte, std::uint64_t size);

    [[nodiscard]] std::uint64_t size() const { return size_; }
    /// Passes all bytes to `sink` in order, in pieces of at most 64 KiB (given bytes in one piece).
    void pour(const std::function<void(std::string_view)>& sink) const;
    [[nodiscard]] std::string to_string() const;

  private:
    enum class Kind { literal, random, prose, repeated };
    Bytes(Kind kind, std::uint64_t size, std::uint64_t seed) : kind_(kind), size_(size), seed_(seed) {}

    Kind kind_ = Kind::literal;
    std::string literal_;
    std::uint64_t size_;
    std::uint64_t seed_ = 0;
};

/// A generator of numbers that gives the same ones on every machine (SplitMix64). Confined to a thread.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    [[nodiscard]] std::uint64_t next();
    /// 0 to `bound` - 1.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return next() % bound; }
    /// At least 0, less than 1.
    [[nodiscard]] double fraction();

  private:
    std::uint64_t state_;
};

} // namespace passerelle::exports
