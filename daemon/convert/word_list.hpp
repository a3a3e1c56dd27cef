// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::convert {

/// The words of a text in their order, each kept as its 64-bit hash. Text comes in pieces as an XML stream gives it; a
/// word ends at white space of any kind and at end_word(). Soft hyphens and the like count for nothing; a sign of a
/// special font is the letter on its key. A value.
class WordList {
  public:
    void add(std::string_view piece);
    void end_word();
    void append(const WordList& other);
    /// The words so far; call end_word() first.
    [[nodiscard]] const std::vector<std::uint64_t>& words() const { return words_; }
    /// A sum over all letters, whatever words they form and in whatever order.
    [[nodiscard]] std::uint64_t letters() const { return letters_; }
    /// Calls `take(hash, word)` for the words in their order until it returns false; only the first mebibyte of text is
    /// there to be shown.
    void for_each_shown(const std::function<bool(std::uint64_t, std::string_view)>& take) const;

  private:
    void add_letter(char byte);

    std::string word_;
    std::string shown_; ///< the words themselves, each with a line end
    bool shows_all_ = true;
    std::vector<std::uint64_t> words_;
    std::uint64_t letters_ = 0;
};

} // namespace passerelle::convert
