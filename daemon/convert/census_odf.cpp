// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/census.hpp"
#include "daemon/convert/fact_readers.hpp"
#include "daemon/convert/odf_cells.hpp"
#include "daemon/convert/xml_events.hpp"
#include "daemon/convert/zip_file.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <vector>

namespace passerelle::convert {
namespace {

/// What holds text that is not the document's.
constexpr std::array<std::string_view, 10> kSkipped = {
    "text:tracked-changes", "table:tracked-changes", "text:note-citation", "text:number",
    "dc:creator",           "office:forms",          "svg:title",          "svg:desc",
    "table:help-message",   "table:error-message"};
constexpr std::array<std::string_view, 11> kShapes = {
    "draw:text-box", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:circle",   "draw:line",
    "draw:polyline", "draw:polygon",      "draw:path", "draw:caption", "draw:connector"};

template <std::size_t N> bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_aside(std::string_view name) {
    return name == "text:note" || name == "text:ruby-text" || name == "presentation:notes";
}

/// LibreOffice writes those on slides under a name of its own.
bool is_annotation(std::string_view name) {
    return name == "office:annotation" || name == "officeooo:annotation";
}

bool is_header(std::string_view name) {
    return name.starts_with("style:header") || name.starts_with("style:footer");
}

/// content.xml and styles.xml of a text, spreadsheet or presentation.
class ContentReader final : public XmlHandler {
  public:
    explicit ContentReader(Census& census) : census_(census), cells_(census.sheets) {}

    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (is_one_of(kSkipped, name) || is_copy_of_linked_sheet(name, attributes)) {
            if (name == "table:table") in_linked_sheet_ = true;
            ++skipped_;
        }
        if (skipped_ > 0) return;
        if (name == "office:text" || name == "office:spreadsheet" || name == "office:presentation") kind_ = name;
        if (name == "style:style" && !attributes.get("style:master-page-name").empty())
            masters_.emplace(attributes.get("style:master-page-name"));
        if (is_computed_field(name)) ++computed_;
        if (is_header(name)) {
            ++headers_;
            words_before_header_ = census_.running.words().size();
        }
        if (name == "presentation:notes") words_before_notes_ = census_.asides.words().size();
        if (is_one_of(kShapes, name)) {
            ++shapes_;
            if (headers_ == 0) census_.facts.add(Fact::shapes);
        }
        if (name == "text:p" || name == "text:h") ++paragraphs_;
        if (name == "text:s" || name == "text:tab" || name == "text:line-break") add(" ");
        if (name.starts_with("presentation:") && name.ends_with("-decl")) ++declarations_;
        if (name == "text:note") census_.facts.add(Fact::footnotes);
        if (is_aside(name)) ++notes_;
        if (is_annotation(name)) {
            ++annotations_;
            census_.facts.add(Fact::comments);
            // It stands in a paragraph, and its author's name and its date would count as that one's.
            around_annotation_.push_back(std::exchange(paragraphs_, 0));
        }
        if (name == "draw:page") {
            census_.facts.add(Fact::slides);
            if (!attributes.get("presentation:use-footer-name").empty()) census_.facts.add(Fact::headers);
        }
        frame(name, attributes);
        table(name, attributes);
    }

    void end(std::string_view name) override {
        if (is_one_of(kSkipped, name) || (in_linked_sheet_ && name == "table:table")) {
            if (name == "table:table") in_linked_sheet_ = false;
            --skipped_;
            return;
        }
        if (skipped_ > 0) return;
        if (name == "text:p" || name == "text:h") {
            end_paragraph();
            --paragraphs_;
            // On a slide everything is a shape.
            if (notes_ == 0 && annotations_ == 0 && (shapes_ == 0 || kind_ == "office:presentation")) end_own_text();
        }
        if (is_computed_field(name)) {
            census_.computed.end_word();
            --computed_;
        }
        if (is_header(name)) {
            --headers_;
            if (census_.running.words().size() > words_before_header_) census_.facts.add(Fact::headers);
        }
        if (is_one_of(kShapes, name)) --shapes_;
        if (name.starts_with("presentation:") && name.ends_with("-decl")) {
            census_.running.end_word();
            --declarations_;
        }
        if (is_aside(name)) {
            census_.asides.end_word();
            --notes_;
            if (name == "presentation:notes" && census_.asides.words().size() > words_before_notes_)
                census_.facts.add(Fact::speaker_notes);
        }
        if (is_annotation(name)) {
            --annotations_;
            paragraphs_ = around_annotation_.back();
            around_annotation_.pop_back();
        }
        if (name == "draw:frame") end_frame();
        if (name == "table:table-row") cells_.end_row();
        if (name == "table:table-cell" || name == "table:covered-table-cell") cells_.end_cell();
    }

    void text(std::string_view piece) override {
        if (skipped_ == 0 && (paragraphs_ > 0 || declarations_ > 0)) add(piece);
    }

    [[nodiscard]] bool is_spreadsheet() const { return kind_ == "office:spreadsheet"; }
    /// The pages that the styles of sheets name.
    [[nodiscard]] const std::set<std::string>& masters() const { return masters_; }
    [[nodiscard]] bool understood() const { return cells_.understood(); }

  private:
    struct Frame {
        std::string presentation_class; ///< "title", "footer": what it is for on its slide
        bool is_named = false;          ///< counted for what it is for
        bool has_image = false;
        bool has_object = false; ///< its image is only how the object, or the table on a slide, looks
    };

    void end_own_text() {
        const std::string& purpose = frames_.empty() ? std::string() : frames_.back().presentation_class;
        const bool is_running = purpose == "footer" || purpose == "header";
        if (has_text_ && kind_ != "office:spreadsheet" && !is_running) census_.facts.add(Fact::paragraphs);
        if (has_text_ && purpose == "title" && !std::exchange(frames_.back().is_named, true))
            census_.facts.add(Fact::headings);
        if (has_text_ && is_running && !std::exchange(frames_.back().is_named, true)) census_.facts.add(Fact::headers);
        has_text_ = false;
    }

    void frame(std::string_view name, const XmlAttributes& attributes) {
        if (name == "draw:frame")
            frames_.push_back({.presentation_class = std::string(attributes.get("presentation:class"))});
        if (frames_.empty()) return;
        if (name == "draw:image") frames_.back().has_image = true;
        if (name == "draw:plugin") census_.facts.add(Fact::embedded_objects);
        if (name == "draw:object" || name == "draw:object-ole" || name == "draw:plugin" || name == "table:table")
            frames_.back().has_object = true;
    }

    void end_frame() {
        if (frames_.back().has_image && !frames_.back().has_object) census_.facts.add(Fact::pictures);
        frames_.pop_back();
    }

    void table(std::string_view name, const XmlAttributes& attributes) {
        if (kind_ != "office:spreadsheet") {
            if (name == "table:table" && headers_ == 0) census_.facts.add(Fact::tables);
            return;
        }
        if (name == "table:null-date") cells_.set_null_date(attributes.get("table:date-value"));
        if (name == "table:table") cells_.start_sheet(attributes.get("table:name"));
        if (name == "table:table-row") cells_.start_row(attributes.get("table:number-rows-repeated"));
        if (name == "table:table-cell" || name == "table:covered-table-cell") cells_.start_cell(attributes);
    }

    [[nodiscard]] bool is_in_cell() const { return cells_.in_cell() && annotations_ == 0 && shapes_ == 0; }

    void add(std::string_view piece) {
        if (is_in_cell()) return cells_.add_text(piece);
        WordList& words = flow();
        words.add(piece);
        has_text_ = has_text_ || (&words == &census_.body && piece.find_first_not_of(" \t\r\n") != piece.npos);
    }

    void end_paragraph() {
        if (is_in_cell()) return cells_.end_paragraph();
        flow().end_word();
    }

    WordList& flow() {
        if (annotations_ > 0) return census_.comments;
        if (computed_ > 0) return census_.computed;
        if (headers_ > 0 || declarations_ > 0) return census_.running;
        // On a slide everything is a shape.
        if (notes_ > 0 || (shapes_ > 0 && kind_ != "office:presentation")) return census_.asides;
        return census_.body;
    }

    Census& census_;
    OdfCells cells_;
    std::string kind_;
    std::set<std::string> masters_;
    std::vector<Frame> frames_;
    std::size_t words_before_header_ = 0;
    std::size_t words_before_notes_ = 0;
    bool has_text_ = false; ///< the paragraph that is open
    int skipped_ = 0;
    bool in_linked_sheet_ = false;
    int paragraphs_ = 0;
    std::vector<int> around_annotation_; ///< paragraphs_ before each annotation that is open
    int computed_ = 0;
    int headers_ = 0;
    int shapes_ = 0;
    int notes_ = 0;
    int annotations_ = 0;
    int declarations_ = 0;
};

/// Of styles.xml only the headers and footers are the document's; the rest are patterns.
class StylesReader final : public XmlHandler {
  public:
    /// `masters`: the pages of a spreadsheet that its sheets use; others stand in every file of LibreOffice's. Of a
    /// text all count.
    StylesReader(Census& census, const std::set<std::string>* masters)
        : census_(census), masters_(masters), content_(census), facts_(census) {}
    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "style:master-page")
            is_used_ = !masters_ || masters_->contains(std::string(attributes.get("style:name")));
        if (name == "style:default-style") is_default_ = attributes.get("style:family") == "paragraph";
        if (name == "style:style") is_default_ = false;
        if (name == "style:text-properties" && is_default_ && !attributes.get("fo:language").empty()) {
            const std::string country(attributes.get("fo:country"));
            census_.metadata.language = attributes.get("fo:language");
            if (!country.empty() && country != "none") census_.metadata.language += "-" + country;
        }
        if (is_header(name) && !name.ends_with("-style") && is_used_) ++headers_;
        if (headers_ > 0) both_.start(name, attributes);
    }
    void end(std::string_view name) override {
        if (headers_ > 0) both_.end(name);
        if (is_header(name) && !name.ends_with("-style") && headers_ > 0) --headers_;
    }
    void text(std::string_view piece) override {
        if (headers_ > 0) both_.text(piece);
    }

  private:
    Census& census_;
    const std::set<std::string>* masters_;
    bool is_used_ = true;
    bool is_default_ = false;
    ContentReader content_;
    OdfFacts facts_;
    Both both_{content_, facts_};
    int headers_ = 0;
};

class ManifestReader final : public XmlHandler {
  public:
    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "manifest:file-entry" &&
            attributes.get("manifest:media-type") == "application/vnd.oasis.opendocument.chart") {
            ++charts;
        } else if (name == "manifest:file-entry" && attributes.get("manifest:full-path") != "/") {
            const auto type = attributes.get("manifest:media-type");
            if (type == "application/vnd.oasis.opendocument.formula")
                ++equations;
            else if (type.starts_with("application/vnd.oasis.opendocument.") ||
                     type == "application/vnd.sun.star.oleobject")
                ++objects;
        }
    }
    std::uint64_t charts = 0;
    std::uint64_t equations = 0;
    std::uint64_t objects = 0; ///< embedded documents
};

} // namespace

std::optional<Census> count_opendocument(const std::filesystem::path& file) {
    const auto zip = ZipFile::open(file);
    if (!zip) return std::nullopt;
    Census census;
    ContentReader content(census);
    OdfFacts facts(census);
    Both both(content, facts);
    if (!read_xml(*zip, "content.xml", both) || !content.understood()) return std::nullopt;

    Census in_headers;
    StylesReader styles(in_headers, content.is_spreadsheet() ? &content.masters() : nullptr);
    ManifestReader manifest;
    if (!read_xml(*zip, "styles.xml", styles) || !read_xml(*zip, "META-INF/manifest.xml", manifest))
        return std::nullopt;
    for (WordList* words : {&in_headers.running, &in_headers.body, &in_headers.asides})
        census.running.append(*words);
    census.computed.append(in_headers.computed);
    census.metadata = read_opendocument_metadata(*zip);
    census.metadata.language = in_headers.metadata.language;
    census.facts.add(Fact::charts, manifest.charts);
    census.facts.add(Fact::embedded_objects, manifest.objects);
    census.facts.add(Fact::equations, manifest.equations);
    for (const Fact fact : {Fact::fields, Fact::links, Fact::headers})
        census.facts.add(fact, in_headers.facts.get(fact).value_or(0));
    return census;
}

} // namespace passerelle::convert
