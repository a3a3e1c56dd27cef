// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace passerelle::plan {

/// A pattern of --include or --exclude. It is compared with case, in NFC, with a path of the export:
///   *      any characters but "/"           ?    one character but "/"
///   [a-z]  one of these, [!a-z] none        \x   the character x itself
///   **     any characters, "/" too          a leading "**/" also stands for nothing
/// Without a slash it is compared with the last name of the path alone; a slash at the end means folders only; a slash
/// in front means the export's root. A value.
class Glob {
  public:
    explicit Glob(std::string_view pattern);

    /// What the person wrote.
    [[nodiscard]] const std::string& pattern() const { return pattern_; }
    [[nodiscard]] bool matches(std::string_view path, bool folder) const;

  private:
    struct Range {
        char32_t first;
        char32_t last;
    };
    struct Token {
        enum class Kind { literal, any, set, star, deep_star, folders } kind;
        char32_t literal = 0;
        bool negated = false;
        std::vector<Range> ranges{};
    };
    class Attempt;
    static bool accepts(const Token& token, char32_t point);
    static std::size_t read_set(const std::u32string& text, std::size_t open, Token& token);
    void read(const std::u32string& text);

    std::string pattern_;
    std::vector<Token> tokens_;
    bool last_name_only_ = false;
    bool folders_only_ = false;
};

} // namespace passerelle::plan
