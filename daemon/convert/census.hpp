// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/cells.hpp"
#include "daemon/convert/facts.hpp"
#include "daemon/convert/metadata.hpp"
#include "daemon/convert/word_list.hpp"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace passerelle::convert {

/// One sheet of a spreadsheet. Its cells stand either by their addresses in `cells`, so that a difference can be named,
/// or without them in the lists. A value.
struct SheetCensus {
    std::string name;
    bool by_address = false;
    std::deque<Cell> cells; ///< row by row; only with `by_address`. A deque, which grows without a second copy

    // Only without `by_address`:
    WordList texts;              ///< of its text cells, row by row
    std::vector<double> numbers; ///< numbers, dates (as days), times (as parts of a day) and truth values, row by row
    WordList result_texts;       ///< the same of the cells with a formula
    std::vector<double> results;

    bool results_comparable = true; ///< false: some were never calculated, or change with every opening (TODAY, RAND)
    std::uint64_t formulas = 0;
    std::uint64_t errors = 0; ///< cells that show an error
};

/// What a reader finds in a document, counted by our own code from its file. A value.
struct Census {
    WordList body;     ///< the text in its order: paragraphs, tables, the text on slides
    WordList asides;   ///< notes, speaker notes and text boxes: what has no fixed place in the order
    WordList computed; ///< what fields show (page numbers, dates): may change with every opening
    WordList running;  ///< headers and footers that are in use; repeated or not
    WordList comments; ///< their text
    FactCounts facts;
    std::set<std::string> comment_authors; ///< in texts and presentations; Calc's comments have none
    Metadata metadata;
    std::set<std::string> fonts;       ///< that the original asks for
    std::uint64_t linked_pictures = 0; ///< of the original: they stand at another address
    bool is_signed = false;
    bool is_certain = true; ///< false: read from a format of which our readers know only the greater part
    std::vector<SheetCensus> sheets;
};

class CompoundFile;
class Package;

/// Of a docx, xlsx or pptx. Nothing when it holds what these readers do not understand: no census is better than a
/// wrong one.
[[nodiscard]] std::optional<Census> count_docx(const Package& package);
[[nodiscard]] std::optional<Census> count_xlsx(const Package& package);
[[nodiscard]] std::optional<Census> count_pptx(const Package& package);

/// Of a doc (Word 97 to 2003), an xls (Excel 5 to 2003) or a ppt (PowerPoint 97 to 2003); nothing of those before.
[[nodiscard]] std::optional<Census> count_doc(CompoundFile& file);
[[nodiscard]] std::optional<Census> count_xls(CompoundFile& file);
[[nodiscard]] std::optional<Census> count_ppt(CompoundFile& file);

/// Of a document of any format that has a reader ("docx", "xlsx", …).
[[nodiscard]] std::optional<Census> count_original(const std::filesystem::path& file, const std::string& format);

enum class CellsKept { in_lists, by_address };

/// Of an OpenDocument text, spreadsheet or presentation; its cells are kept as those they are compared with.
[[nodiscard]] std::optional<Census> count_opendocument(const std::filesystem::path& file,
                                                       CellsKept cells = CellsKept::in_lists);

} // namespace passerelle::convert
