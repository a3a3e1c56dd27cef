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

/// One sheet of a spreadsheet. A value.
struct SheetCensus {
    std::string name;
    std::deque<Cell> cells; ///< row by row; a deque, which grows without a second copy
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

/// Of a text in the Rich Text Format; nothing where it ends too early.
[[nodiscard]] std::optional<Census> count_rtf(const std::filesystem::path& file);

/// Of a document of any format that has a reader ("docx", "xlsx", …).
[[nodiscard]] std::optional<Census> count_original(const std::filesystem::path& file, const std::string& format);

/// Of an OpenDocument text, spreadsheet or presentation.
[[nodiscard]] std::optional<Census> count_opendocument(const std::filesystem::path& file);

} // namespace passerelle::convert
