// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/census.hpp"
#include "daemon/convert/fact_readers.hpp"
#include "daemon/convert/package.hpp"
#include "daemon/convert/part_readers.hpp"
#include "daemon/convert/xml_events.hpp"

#include <algorithm>
#include <map>

namespace passerelle::convert {
namespace {

constexpr std::size_t kLongText = std::size_t{64} << 10;

bool is_on(std::string_view value) {
    return value != "0" && value != "false" && value != "off";
}

bool is_note(std::string_view name) {
    return name == "w:footnote" || name == "w:endnote";
}

/// The line above the notes is stored as one of them.
bool is_note_rule(std::string_view name, const XmlAttributes& attributes) {
    const std::string_view type = attributes.get("w:type");
    return is_note(name) && !type.empty() && type != "normal";
}

struct HeaderReference {
    std::string id;
    std::string type; ///< "default", "first" or "even"
};

/// Reads a part with text: the document itself, notes, comments, headers.
class TextPart final : public XmlHandler {
  public:
    /// Counts into `census`; the text of its paragraphs goes to `flow`.
    TextPart(Census& census, WordList& flow) : census_(census), flow_(flow) {}

    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "mc:Fallback" || name == "w:moveFrom") ++skipped_; // said already, or deleted
        if (is_note_rule(name, attributes)) {
            in_note_rule_ = true;
            ++skipped_;
        }
        if (skipped_ > 0) return;
        if (name == "w:t") {
            in_text_ = true;
            keeps_spaces_ = attributes.get("space") == "preserve";
        }
        if (name == "w:instrText") in_instruction_ = true;
        if (name == "w:tab" || name == "w:br" || name == "w:cr" || name == "w:ptab") flow().end_word();
        if (name == "w:noBreakHyphen") flow().add("\u2011");
        if (name == "w:fldChar") field(attributes.get("fldCharType"));
        if (name == "w:fldSimple") simple_fields_.push_back(is_computed_instruction(attributes.get("instr")));
        if (name == "w:txbxContent" || name == "w:rt") ++boxes_; // text boxes, and how an ideogram is read
        if (name == "w:object") ++objects_;
        if (name == "v:textpath") { // WordArt
            WordList& words = &flow_ == &census_.body ? census_.asides : flow_;
            words.add(attributes.get("string"));
            words.end_word();
        }
        if (name == "w:tbl") census_.facts.add(Fact::tables);
        if (name == "pic:pic" || (name == "v:imagedata" && objects_ == 0)) census_.facts.add(Fact::pictures);
        if (name == "c:chart" || name == "cx:chart") census_.facts.add(Fact::charts);
        if (name == "w:footnoteReference" || name == "w:endnoteReference") {
            census_.facts.add(Fact::footnotes);
            in_mark_ = attributes.get("customMarkFollows") == "1"; // the rest of the run is the note's own sign
        }
        if (name == "w:comment") census_.facts.add(Fact::comments);
        if (name == "w:altChunk" || name == "w:subDoc") understood = false; // another document inside
        section(name, attributes);
    }

    void end(std::string_view name) override {
        if (name == "mc:Fallback" || name == "w:moveFrom") --skipped_;
        if (in_note_rule_ && is_note(name)) {
            in_note_rule_ = false;
            --skipped_;
        }
        if (skipped_ > 0) return;
        if (name == "w:t") end_text();
        if (name == "w:instrText") in_instruction_ = false;
        if (name == "w:p") flow().end_word();
        if (name == "w:fldSimple") {
            census_.computed.end_word();
            simple_fields_.pop_back();
        }
        if (name == "w:rt") flow().end_word();
        if (name == "w:txbxContent" || name == "w:rt") --boxes_;
        if (name == "w:r") in_mark_ = false;
        if (name == "w:object") --objects_;
        if (name == "w:sectPr") end_section();
    }

    void text(std::string_view piece) override {
        if (skipped_ > 0) return;
        if (in_text_ && !in_mark_) {
            text_ += piece;
            if (text_.size() > kLongText) add_text();
        }
        if (in_instruction_ && !fields_.empty()) fields_.back().instruction += piece;
    }

    std::vector<HeaderReference> headers;
    bool understood = true;

  private:
    struct Field {
        std::string instruction;
        bool shows_result = false;
    };

    void add_text() {
        flow().add(text_);
        text_.clear();
    }

    /// Spaces at either end count only where the document says so.
    void end_text() {
        constexpr std::string_view kSpaces = " \t\r\n";
        in_text_ = false;
        if (!keeps_spaces_) {
            text_.erase(0, std::min(text_.find_first_not_of(kSpaces), text_.size()));
            text_.erase(text_.find_last_not_of(kSpaces) + 1);
        }
        add_text();
    }

    /// LibreOffice shows what stands in the instruction of an equation of the old kind.
    void end_equation(std::string instruction) {
        if (type_of_field(instruction) != "EQ") return;
        constexpr std::string_view kSigns = "\\(),;";
        for (char& character : instruction)
            if (kSigns.find(character) != kSigns.npos) character = ' ';
        census_.computed.add(instruction);
        census_.computed.end_word();
    }

    void field(std::string_view type) {
        if (type == "begin") fields_.emplace_back();
        if (fields_.empty()) return;
        if (type == "separate") fields_.back().shows_result = true;
        if (type == "end") {
            census_.computed.end_word();
            end_equation(std::move(fields_.back().instruction));
            fields_.pop_back();
        }
    }

    /// Headers of the kinds "first" and "even" stand in the file even when they are switched off.
    void section(std::string_view name, const XmlAttributes& attributes) {
        if (name == "w:headerReference" || name == "w:footerReference") {
            section_headers_.push_back({std::string(attributes.get("r:id")), std::string(attributes.get("w:type"))});
        }
        if (name == "w:titlePg") has_first_page_ = is_on(attributes.get("val"));
    }

    void end_section() {
        for (HeaderReference& header : section_headers_) {
            if (header.type != "first" || has_first_page_) headers.push_back(std::move(header));
        }
        section_headers_.clear();
        has_first_page_ = false;
    }

    WordList& flow() {
        const auto computed = [](const Field& field) {
            return field.shows_result && is_computed_instruction(field.instruction);
        };
        if (std::any_of(fields_.begin(), fields_.end(), computed) ||
            std::find(simple_fields_.begin(), simple_fields_.end(), true) != simple_fields_.end()) {
            return census_.computed;
        }
        return boxes_ > 0 && &flow_ == &census_.body ? census_.asides : flow_;
    }

    Census& census_;
    WordList& flow_;
    int skipped_ = 0;
    int boxes_ = 0;
    int objects_ = 0;
    std::string text_; ///< of the "w:t" that is open
    bool keeps_spaces_ = false;
    bool in_text_ = false;
    bool in_mark_ = false;
    bool in_note_rule_ = false;
    bool in_instruction_ = false;
    std::vector<Field> fields_;
    std::vector<bool> simple_fields_;
    std::vector<HeaderReference> section_headers_;
    bool has_first_page_ = false;
};

class SettingsReader final : public XmlHandler {
  public:
    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "w:evenAndOddHeaders") even_headers = is_on(attributes.get("val"));
    }
    bool even_headers = false;
};

} // namespace

std::optional<Census> count_docx(const Package& package) {
    Census census;
    DocxStyles styles;
    const auto parts = package.relationships(package.main_part());
    for (const Relationship& part : parts) {
        if (part.type == "styles" && !read_xml(package.zip(), part.target, styles)) return std::nullopt;
    }
    TextPart document(census, census.body);
    DocxFacts facts(census, styles);
    Both both(document, facts);
    if (!read_xml(package.zip(), package.main_part(), both) || !document.understood) return std::nullopt;

    census.metadata.language = styles.language();
    if (!styles.font().empty()) census.fonts.insert(styles.font());
    ThemeFonts theme;
    SettingsReader settings;
    std::map<std::string, std::string> headers;
    for (const Relationship& part : parts) {
        bool read = true;
        if (part.type == "settings") read = read_xml(package.zip(), part.target, settings);
        if (part.type == "theme" && styles.font_is_the_themes() && read_xml(package.zip(), part.target, theme))
            census.fonts.insert(theme.minor);
        if (part.type == "header" || part.type == "footer") headers[part.id] = part.target;
        if (part.type == "diagramDrawing") read = read_drawing_text(package, part.target, census.asides);
        if (part.type == "footnotes" || part.type == "endnotes" || part.type == "comments") {
            TextPart notes(census, part.type == "comments" ? census.comments : census.asides);
            DocxFacts note_facts(census, styles);
            Both notes_and_facts(notes, note_facts);
            read = read_xml(package.zip(), part.target, notes_and_facts) && notes.understood;
        }
        if (!read) return std::nullopt;
    }
    for (const HeaderReference& header : document.headers) {
        if (header.type == "even" && !settings.even_headers) continue;
        const std::size_t words_before = census.running.words().size();
        Census counts_apart; // a header is repeated in the result as often as it is used
        TextPart part(counts_apart, census.running);
        DocxFacts header_facts(counts_apart, styles);
        Both part_and_facts(part, header_facts);
        if (!headers.contains(header.id) || !read_xml(package.zip(), headers[header.id], part_and_facts))
            return std::nullopt;
        if (census.running.words().size() > words_before) census.facts.add(Fact::headers);
        for (const Fact fact : {Fact::fields, Fact::links})
            census.facts.add(fact, counts_apart.facts.get(fact).value_or(0));
    }
    return census;
}

} // namespace passerelle::convert
