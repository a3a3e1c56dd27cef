// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace passerelle::convert {

/// The fonts that a text in the Rich Text Format lists at its beginning ([RTF 1.9.1], "Font Table"). A value.
class RtfFonts {
  public:
    /// A font's entry begins; its name, charset and code page follow.
    void begin(std::int32_t number);
    void set_charset(std::int32_t charset);
    void set_code_page(std::int32_t code_page);
    void add_to_name(char byte);

    /// Of text in the font; `otherwise` where the font does not say it.
    [[nodiscard]] std::uint16_t code_page(std::int32_t number, std::uint16_t otherwise) const;
    /// Empty: no such font.
    [[nodiscard]] std::string name(std::int32_t number) const;

  private:
    struct Font {
        std::string name; ///< in its code page
        std::uint16_t code_page = 0;
        bool is_complete = false;
    };
    std::map<std::int32_t, Font> fonts_;
    Font* open_ = nullptr;
};

/// That a font of symbols has no letters: each byte is a character of the private use area.
inline constexpr std::uint16_t kSymbolCodePage = 42;

/// Text of a code page in UTF-8, as utf8_from_code_page() gives it; of symbols as LibreOffice stores them.
[[nodiscard]] std::string utf8_from_rtf(std::string_view bytes, std::uint16_t code_page);

} // namespace passerelle::convert
