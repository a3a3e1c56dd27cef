// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/unit/daemon/convert/office_files.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// Small documents of Word 97, table by table ([MS-DOC]).
namespace passerelle::convert::tests {

/// Characters with properties, by their places in the text.
struct DocRun {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::string properties;
};

struct Doc {
    /// The text, footnotes, headers, comments, endnotes, text boxes, and text boxes of headers.
    std::array<std::u16string, 7> parts;
    bool is_narrow = false;              ///< one byte for each character, which must not be beyond Latin-1
    std::uint32_t piece = 1000;          ///< characters in a piece of the text
    std::vector<DocRun> runs;            ///< only in a text that is not narrow
    std::vector<DocRun> paragraphs;      ///< each with its style in two bytes before its properties
    std::map<int, std::string> tables;   ///< others, by their numbers
    std::string section_properties = {}; ///< of the only section
};

/// The streams "WordDocument" and "1Table".
[[nodiscard]] std::vector<Stream> word_document(const Doc& doc);

} // namespace passerelle::convert::tests
