// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

namespace passerelle::convert {

/// One piece of a file in the Rich Text Format ([RTF 1.9.1], "RTF Syntax"). A value.
struct RtfToken {
    enum class Kind {
        open,   ///< {
        close,  ///< }
        word,   ///< \name or \name123
        symbol, ///< a backslash and one character that is no letter, in `byte`
        byte,   ///< of text in the code page that is in force; it stood there or as \'hh
        end,    ///< of the file
    };
    Kind kind = Kind::end;
    std::string name;                   ///< at most as long as the longest word of the format; cut where it is longer
    std::optional<std::int32_t> number; ///< behind the word; kept within its range
    unsigned char byte = 0;
};

/// Reads a file piece by piece and holds a block of it at a time. What \bin announces is left out. Confined to a
/// thread.
class RtfTokens {
  public:
    explicit RtfTokens(const std::filesystem::path& file) : file_(file, std::ios::binary) {}

    /// The next piece; valid until the next call. Behind the end there is only the end.
    const RtfToken& next();

  private:
    int take() { return file_.rdbuf()->sbumpc(); }
    int look() { return file_.rdbuf()->sgetc(); }
    void control();
    void control_word(int letter);
    void hexadecimal();

    std::ifstream file_;
    RtfToken token_;
};

} // namespace passerelle::convert
