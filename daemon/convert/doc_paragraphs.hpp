// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/census.hpp"
#include "daemon/convert/doc_file.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace passerelle::convert {

/// What a Word document says of its paragraphs ([MS-DOC] 2.4.6.1). A value.
class DocParagraphs {
  public:
    /// Nothing where the tables about them are damaged, or where some stand in a way that is not read here.
    [[nodiscard]] static std::optional<DocParagraphs> read(const DocFile& doc);

    /// Counts the paragraphs, headings, list items and tables of a text.
    void count(const DocFile& doc, DocRange range, Census& census) const;

  private:
    /// Paragraphs with the same properties, by their place in the stream of the text, in bytes.
    struct Run {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
        bool is_in_table = false;
        bool is_row_end = false;
        bool is_framed = false; ///< it becomes a text box, and so does a table that text runs beside
        bool is_heading = false;
        bool is_in_list = false;
    };

    [[nodiscard]] bool read_page(std::string_view page);
    [[nodiscard]] static Run properties(std::string_view style_and_properties, bool& understood);
    [[nodiscard]] const Run* at(std::uint32_t offset) const;

    std::vector<Run> runs_; ///< by their beginnings
};

} // namespace passerelle::convert
