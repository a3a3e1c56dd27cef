// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/compound_file.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::convert {

/// The texts of a Word document, one after the other in this order ([MS-DOC] 2.3).
enum class DocPart { main, footnotes, headers, comments, endnotes, text_boxes, header_text_boxes, count_ };

/// Tables that the beginning of the document points to, by their places in FibRgFcLcb97 ([MS-DOC] 2.5.6).
enum class DocTable {
    footnote_references = 2,
    footnote_texts = 3,
    comment_references = 4,
    sections = 6,
    header_stories = 11,
    character_pages = 12,
    paragraph_pages = 13,
    document_properties = 31,
    clx = 33,
    comment_authors = 36,
    endnote_references = 46,
    endnote_texts = 47,
    drawings = 50,
};

/// Places in a document's text, counted in characters from its beginning.
struct DocRange {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

/// One character where it stands in the file.
struct DocPlace {
    char16_t character = 0;
    std::uint32_t offset = 0; ///< in the stream of the text, in bytes
    bool is_deleted = false;  ///< by a tracked change
};

/// One modification of a property ([MS-DOC] 2.2.5.1 Sprm).
struct Sprm {
    std::uint16_t code = 0;
    std::string_view operand;
};

/// In their order; what is damaged ends the list.
void each_sprm(std::string_view properties, const std::function<void(const Sprm&)>& take);

/// The container of a Word document of the versions 97 to 2003 ([MS-DOC]): where its text stands and where its tables.
/// Its streams are held in memory. A value.
class DocFile {
  public:
    /// Nothing for other versions, encrypted documents, those that are damaged, and those of more than 64 MiB of text
    /// and properties.
    [[nodiscard]] static std::optional<DocFile> open(CompoundFile& file);

    [[nodiscard]] DocRange part(DocPart part) const { return parts_[static_cast<std::size_t>(part)]; }
    /// Its bytes; empty where the document has none, nothing where they reach over the end of their stream.
    [[nodiscard]] std::optional<std::string_view> table(DocTable table) const;
    /// At most `length` bytes of the stream of the text.
    [[nodiscard]] std::string_view text_bytes(std::uint64_t offset, std::size_t length) const;

    /// Hands over UTF-16 units without those of tracked deletions; a symbol of a special font stands as its own code.
    void each_character(DocRange range, const std::function<void(char16_t)>& take) const;
    /// All of them, with what the file says of each.
    void each_place(DocRange range, const std::function<void(const DocPlace&)>& take) const;
    [[nodiscard]] std::size_t text_size() const { return text_.size(); }
    /// How many pieces of text are inserted or deleted by tracked changes.
    [[nodiscard]] std::uint64_t changes() const { return changes_; }
    /// Whether some text is deleted by a tracked change.
    [[nodiscard]] bool has_deletions() const { return has_deletions_; }

  private:
    struct Piece {
        DocRange characters;
        std::uint32_t offset = 0; ///< in the stream of the text, in bytes
        bool is_narrow = false;   ///< one byte for each character
        bool is_deleted = false;
    };
    /// Text with a property that matters here, by its place in the stream, in bytes.
    struct Run {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
        bool is_deleted = false;
        char16_t symbol = 0; ///< that the character stands for; 0: for itself
    };

    [[nodiscard]] bool read_parts();
    [[nodiscard]] bool read_pieces();
    [[nodiscard]] bool add_pieces(std::string_view table, const std::vector<std::string_view>& properties);
    [[nodiscard]] bool read_runs();
    void read_page(std::string_view page);
    [[nodiscard]] const Run* run_at(std::uint32_t offset) const;

    std::string text_;
    std::string tables_;
    std::array<DocRange, static_cast<std::size_t>(DocPart::count_)> parts_{};
    std::vector<Piece> pieces_;
    std::vector<Run> runs_; ///< by their beginnings
    bool has_deletions_ = false;
    std::uint64_t changes_ = 0;
};

} // namespace passerelle::convert
