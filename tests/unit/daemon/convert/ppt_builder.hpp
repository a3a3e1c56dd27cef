// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/unit/daemon/convert/office_files.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// Small presentations of PowerPoint 97, record by record ([MS-PPT]).
namespace passerelle::convert::tests {

/// A record that holds bytes, and one that holds records.
[[nodiscard]] std::string atom(std::uint16_t type, const std::string& bytes, int instance = 0);
[[nodiscard]] std::string container(std::uint16_t type, const std::string& records, int instance = 0);

/// A text with its header: ASCII in one byte a character, or as UTF-16.
[[nodiscard]] std::string narrow_text(const std::string& text);
[[nodiscard]] std::string wide_text(const std::u16string& text);
/// A string of a comment or a footer; `instance` says which.
[[nodiscard]] std::string ppt_string(const std::u16string& text, int instance);

/// A shape with these records of text and of data; `properties` are pairs of six bytes.
[[nodiscard]] std::string shape(const std::string& text, const std::string& data = {},
                                const std::string& properties = {}, int kind = 1, const std::string& more = {});
[[nodiscard]] std::string property(std::uint16_t meaning, std::uint32_t value);

struct PptSlide {
    std::string shapes;
    std::string outline; ///< texts in the document's list
    std::string records; ///< beside the drawing
    std::string notes;   ///< shapes of its page of notes
};

/// The two streams of a presentation whose document holds `records` before its lists.
[[nodiscard]] std::vector<Stream> presentation(const std::vector<PptSlide>& slides, const std::string& records = {});

} // namespace passerelle::convert::tests
