// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"
#include "core/words.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::report {

/// A text with places for parameters, in the part of ICU's message format that config/reasons.json uses:
///   {name}                                   the parameter as it is
///   {name, plural, one{# image} other{# images}}   one of two texts by a whole number; within it # is that number,
///                                            grouped as the language writes it, and other parameters may stand
/// Apostrophes mean nothing special here. A value.
class Message {
  public:
    Message() = default;
    /// std::runtime_error where the text is not of this form.
    [[nodiscard]] static Message parse(std::string_view pattern);

    /// What parse() read.
    [[nodiscard]] const std::string& pattern() const { return pattern_; }
    /// A parameter that the reason does not have becomes an empty text; what is no number takes `other`.
    [[nodiscard]] std::string fill(const Reason& reason, Language language) const;
    /// "…" for each parameter; one that stands alone in brackets is a detail, and goes.
    [[nodiscard]] std::string general() const;
    /// The names of its parameters.
    [[nodiscard]] std::set<std::string> parameters() const;

  private:
    struct Piece {
        std::string text; ///< or the name of a parameter
        enum class Kind { text, parameter, plural, number } kind = Kind::text;
        std::vector<Piece> one; ///< of a plural
        std::vector<Piece> other;
    };
    class Parser;
    class Filler;

    static void generalise(const std::vector<Piece>& pieces, std::string& text);
    static void collect(const std::vector<Piece>& pieces, std::set<std::string>& names);

    std::string pattern_;
    std::vector<Piece> pieces_;
};

} // namespace passerelle::report
