// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/census.hpp"
#include "daemon/convert/xml_events.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What counts the facts that need no text. They stand beside the readers of texts and cells on the same XML stream.
namespace passerelle::convert {

/// Hands each event to two handlers.
class Both final : public XmlHandler {
  public:
    Both(XmlHandler& first, XmlHandler& second) : first_(first), second_(second) {}
    void start(std::string_view name, const XmlAttributes& attributes) override {
        first_.start(name, attributes);
        second_.start(name, attributes);
    }
    void end(std::string_view name) override {
        first_.end(name);
        second_.end(name);
    }
    void text(std::string_view piece) override {
        first_.text(piece);
        second_.text(piece);
    }

  private:
    XmlHandler& first_;
    XmlHandler& second_;
};

/// The paragraph styles that make a heading: those with an outline level, of their own or of what they are based on.
class DocxStyles final : public XmlHandler {
  public:
    void start(std::string_view name, const XmlAttributes& attributes) override;
    void end(std::string_view name) override;
    [[nodiscard]] bool is_heading(const std::string& style) const;
    /// Of text that does not say otherwise.
    [[nodiscard]] const std::string& language() const { return language_; }
    [[nodiscard]] const std::string& font() const { return font_; }
    [[nodiscard]] bool font_is_the_themes() const { return font_is_the_themes_; }

  private:
    void default_property(std::string_view name, const XmlAttributes& attributes);

    struct Style {
        std::string based_on;
        int outline_level = -1; ///< -1: none of its own; 9: body text
    };
    std::map<std::string, Style> styles_;
    Style* open_ = nullptr;
    bool in_defaults_ = false;
    std::string language_;
    std::string font_;
    bool font_is_the_themes_ = false;
};

/// The typefaces of a theme (DrawingML): what text gets that asks for the theme's font.
class ThemeFonts final : public XmlHandler {
  public:
    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "a:minorFont" || name == "a:majorFont") is_minor_ = name == "a:minorFont";
        if (name == "a:latin") (is_minor_ ? minor : major) = attributes.get("typeface");
    }
    std::string minor;
    std::string major;

  private:
    bool is_minor_ = false;
};

/// Of the document, its notes and comments.
class DocxFacts final : public XmlHandler {
  public:
    DocxFacts(Census& census, const DocxStyles& styles) : census_(census), styles_(styles) {}
    void start(std::string_view name, const XmlAttributes& attributes) override;
    void end(std::string_view name) override;
    void text(std::string_view piece) override;

  private:
    struct Paragraph {
        std::string style;
        int outline_level = -1;
        bool in_list = false;
        bool has_text = false;
        bool is_framed = false;      ///< becomes a text box
        bool end_is_deleted = false; ///< it runs together with the next one
    };
    struct Table {
        bool is_floating = false; ///< text runs beside it: it becomes a text box
        bool is_uneven = false;   ///< its rows have different numbers of cells
        std::uint64_t wide = 0;   ///< cells over several columns
        std::uint64_t high = 0;   ///< cells that begin a merger of rows
        std::uint64_t going_on = 0;
        std::uint64_t cells = 0; ///< of the row that is open
        std::uint64_t cells_of_row = 0;

        void end_row() {
            is_uneven = is_uneven || (cells_of_row != 0 && cells_of_row != cells);
            cells_of_row = std::exchange(cells, 0);
        }
        /// Where all rows are divided in the same way, nothing is merged whatever the cells say.
        [[nodiscard]] std::uint64_t merged() const {
            return (is_uneven ? wide : 0) + (going_on > 0 ? std::min(high, going_on) : 0);
        }
    };
    void table(std::string_view name, const XmlAttributes& attributes);
    void paragraph_property(std::string_view name, const XmlAttributes& attributes);
    void end_paragraph();
    void field(std::string_view instruction);

    Census& census_;
    const DocxStyles& styles_;
    std::vector<Paragraph> paragraphs_; // a text box stands in a paragraph and holds others
    std::vector<std::string> instructions_;
    int skipped_ = 0;
    int in_control_properties_ = 0;
    int boxes_ = 0;
    int notes_ = 0;
    int moved_away_ = 0;
    int simple_fields_ = 0;
    std::vector<Table> tables_; // around
    bool in_text_ = false;
    int in_old_properties_ = 0; // as they were before a tracked change
    bool in_instruction_ = false;
};

/// Of one sheet.
class XlsxFacts final : public XmlHandler {
  public:
    explicit XlsxFacts(Census& census) : census_(census) {}
    void start(std::string_view name, const XmlAttributes& attributes) override;
    void end(std::string_view name) override;

  private:
    Census& census_;
    int skipped_ = 0;
};

/// Of one slide.
class PptxFacts final : public XmlHandler {
  public:
    explicit PptxFacts(Census& census) : census_(census) {}
    void start(std::string_view name, const XmlAttributes& attributes) override;
    void end(std::string_view name) override;

  private:
    Census& census_;
    int skipped_ = 0;
    bool is_animated_ = false;
    int transitions_ = 0;
    bool has_transition_ = false;
};

/// Of content.xml.
class OdfFacts final : public XmlHandler {
  public:
    explicit OdfFacts(Census& census) : census_(census) {}
    void start(std::string_view name, const XmlAttributes& attributes) override;
    void end(std::string_view name) override;
    void text(std::string_view piece) override;

  private:
    void style(std::string_view name, const XmlAttributes& attributes);
    void spreadsheet(std::string_view name, const XmlAttributes& attributes);
    void presentation(std::string_view name, const XmlAttributes& attributes);

    Census& census_;
    std::string style_;              // that is being read
    std::set<std::string> numbered_; // styles of slides that show their number or date
    std::set<std::string> moving_;   // styles of slides that come with an effect
    std::set<std::string> hidden_;   // styles of sheets and slides that are not shown
    std::string author_;
    bool is_spreadsheet_ = false;
    bool is_animated_ = false;
    bool in_author_ = false;
    int annotations_ = 0;
    int changes_ = 0;
};

/// Fields that LibreOffice fills in, as OpenDocument names them.
[[nodiscard]] bool is_computed_field(std::string_view name);
/// A sheet in which LibreOffice keeps, out of sight, what a formula asks of another file: no sheet of the document.
[[nodiscard]] bool is_copy_of_linked_sheet(std::string_view name, const XmlAttributes& attributes);
/// What a Word field's instruction begins with: "PAGE", "HYPERLINK".
[[nodiscard]] std::string_view type_of_field(std::string_view instruction);
/// A Word field whose result is not text that somebody wrote.
[[nodiscard]] bool is_computed_instruction(std::string_view instruction);

} // namespace passerelle::convert
