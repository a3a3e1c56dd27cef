// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/census.hpp"
#include "daemon/convert/fact_readers.hpp"
#include "daemon/convert/package.hpp"
#include "daemon/convert/part_readers.hpp"
#include "daemon/convert/xml_events.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace passerelle::convert {
namespace {

class SlideList final : public XmlHandler {
  public:
    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "p:sldId") ids.emplace_back(attributes.get("r:id"));
    }
    std::vector<std::string> ids;
};

/// What makes a picture the face of a sound or a video.
bool is_media(std::string_view name) {
    constexpr std::array<std::string_view, 6> kMedia = {"a:videoFile",     "a:audioFile", "a:wavAudioFile",
                                                        "a:quickTimeFile", "a:audioCd",   "p14:media"};
    return std::find(kMedia.begin(), kMedia.end(), name) != kMedia.end();
}

bool is_above_one(std::string_view number) {
    unsigned value = 1;
    std::from_chars(number.data(), number.data() + number.size(), value);
    return value > 1;
}

/// A slide, or the page of notes that belongs to it.
class SlideReader final : public XmlHandler {
  public:
    SlideReader(Census& census, WordList& flow) : census_(census), flow_(flow) {}

    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "mc:Fallback") ++skipped_;
        if (skipped_ > 0) return;
        if (name == "p:sp") {
            placeholder_.clear();
            has_words_ = false;
        }
        if (name == "p:ph") placeholder_ = attributes.get("type");
        if (name == "p:pic") is_media_ = false;
        if (is_media(name)) is_media_ = true;
        if (name == "a:p") has_text_ = is_list_item_ = false;
        if (name == "a:buChar" || name == "a:buAutoNum" || name == "a:buBlip") is_list_item_ = true;
        if (name == "a:tc" && (is_above_one(attributes.get("gridSpan")) || is_above_one(attributes.get("rowSpan"))))
            census_.facts.add(Fact::merged_cells);
        if (name == "a:fld") {
            in_field_ = true;
            const auto type = attributes.get("type");
            if (type == "slidenum" || type.starts_with("datetime")) census_.facts.add(Fact::fields);
        }
        if (name == "a:t") in_text_ = true;
        if (name == "a:br") flow().end_word();
        if (name == "a:tbl") census_.facts.add(Fact::tables);
        if (name == "c:chart" || name == "cx:chart") census_.facts.add(Fact::charts);
    }

    void end(std::string_view name) override {
        if (name == "mc:Fallback") --skipped_;
        if (skipped_ > 0) return;
        if (name == "a:t") in_text_ = false;
        if (name == "a:p" || name == "a:fld") flow().end_word();
        if (name == "a:fld") in_field_ = false;
        if (name == "p:pic") census_.facts.add(is_media_ ? Fact::embedded_objects : Fact::pictures);
        if (name == "a:p") end_paragraph();
        if (name == "p:sp" || name == "p:cxnSp") end_shape();
    }

    void text(std::string_view piece) override {
        if (!in_text_ || skipped_ > 0) return;
        flow().add(piece);
        if (!in_field_ && piece.find_first_not_of(" \t\r\n\u00A0") != piece.npos) has_text_ = has_words_ = true;
    }

  private:
    [[nodiscard]] bool is_running() const { return placeholder_ == "ftr" || placeholder_ == "hdr"; }

    /// A date that somebody typed is text like that of a footer.
    WordList& flow() {
        if (in_field_ || placeholder_ == "sldNum") return census_.computed;
        return is_running() || placeholder_ == "dt" ? census_.running : flow_;
    }

    void end_paragraph() {
        if (!has_text_ || is_running() || placeholder_ == "dt" || placeholder_ == "sldNum") return;
        census_.facts.add(Fact::paragraphs);
        if (is_list_item_) census_.facts.add(Fact::lists);
    }

    void end_shape() {
        if (has_words_ && (placeholder_ == "title" || placeholder_ == "ctrTitle")) census_.facts.add(Fact::headings);
        if (has_words_ && is_running()) census_.facts.add(Fact::headers);
        if (placeholder_.empty()) census_.facts.add(Fact::shapes);
        placeholder_.clear();
    }

    Census& census_;
    WordList& flow_;
    std::string placeholder_;
    int skipped_ = 0;
    bool has_text_ = false;  ///< the paragraph that is open
    bool has_words_ = false; ///< the shape that is open
    bool is_list_item_ = false;
    bool is_media_ = false; ///< the picture shows a sound or a video
    bool in_field_ = false;
    bool in_text_ = false;
};

class CommentReader final : public XmlHandler {
  public:
    explicit CommentReader(Census& census) : census_(census) {}
    void start(std::string_view name, const XmlAttributes&) override {
        if (name == "p:cm" || name == "p188:cm" || name == "p188:reply") census_.facts.add(Fact::comments);
        if (name == "p:text" || name == "a:t") in_text_ = true;
    }
    void end(std::string_view name) override {
        if (name == "p:text" || name == "a:t") in_text_ = false;
        if (name == "p:text" || name == "a:p") census_.comments.end_word();
    }
    void text(std::string_view piece) override {
        if (in_text_) census_.comments.add(piece);
    }

  private:
    Census& census_;
    bool in_text_ = false;
};

class CommentAuthors final : public XmlHandler {
  public:
    explicit CommentAuthors(Census& census) : census_(census) {}
    void start(std::string_view name, const XmlAttributes& attributes) override {
        // Who has removed all their comments stays listed, with nothing said.
        if (name == "p:cmAuthor" && attributes.get("lastIdx") != "0")
            census_.comment_authors.emplace(attributes.get("name"));
    }

  private:
    Census& census_;
};

bool count_slide(const Package& package, const std::string& slide, Census& census) {
    SlideReader reader(census, census.body);
    PptxFacts facts(census);
    Both both(reader, facts);
    if (!read_xml(package.zip(), slide, both)) return false;
    for (const Relationship& part : package.relationships(slide)) {
        bool read = true;
        if (part.type == "diagramDrawing") read = read_drawing_text(package, part.target, census.body);
        if (part.type == "notesSlide") {
            Census counts_apart; // the page of notes shows a picture of its slide
            const std::size_t words_before = census.asides.words().size();
            SlideReader notes(counts_apart, census.asides);
            read = read_xml(package.zip(), part.target, notes);
            census.running.append(counts_apart.running);
            census.computed.append(counts_apart.computed);
            if (census.asides.words().size() > words_before) census.facts.add(Fact::speaker_notes);
        }
        if (part.type == "comments") {
            CommentReader comments(census);
            read = read_xml(package.zip(), part.target, comments);
        }
        if (!read) return false;
    }
    return true;
}

} // namespace

std::optional<Census> count_pptx(const Package& package) {
    Census census;
    SlideList slides;
    if (!read_xml(package.zip(), package.main_part(), slides)) return std::nullopt;
    std::map<std::string, std::string> parts;
    CommentAuthors authors(census);
    for (const Relationship& part : package.relationships(package.main_part())) {
        parts[part.id] = part.target;
        if (part.type == "commentAuthors" && !read_xml(package.zip(), part.target, authors)) return std::nullopt;
    }
    for (const std::string& id : slides.ids) {
        if (!parts.contains(id) || !count_slide(package, parts[id], census)) return std::nullopt;
    }
    census.facts.add(Fact::slides, slides.ids.size());
    return census;
}

} // namespace passerelle::convert
