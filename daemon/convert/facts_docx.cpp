// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/fact_readers.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace passerelle::convert {
namespace {

constexpr int kBodyLevel = 9; // "w:outlineLvl" of what is no heading
constexpr int kMaxInheritance = 16;

/// Fields whose result is text that somebody wrote; all others are computed.
constexpr std::array<std::string_view, 10> kWrittenFields = {"HYPERLINK", "TOC",   "FORMTEXT", "MERGEFIELD",   "QUOTE",
                                                             "CITATION",  "INDEX", "ADDIN",    "BIBLIOGRAPHY", "TOA"};

constexpr std::array<std::string_view, 6> kChanges = {"w:ins",    "w:del",       "w:moveFrom",
                                                      "w:moveTo", "w:rPrChange", "w:pPrChange"};
constexpr std::array<std::string_view, 4> kControls = {"w:dropDownList", "w:comboBox", "w:date", "w14:checkbox"};

template <std::size_t N> bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool has_word(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") != std::string_view::npos;
}

int number(std::string_view text, int otherwise) {
    int value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

} // namespace

std::string_view type_of_field(std::string_view instruction) {
    instruction.remove_prefix(std::min(instruction.find_first_not_of(' '), instruction.size()));
    return instruction.substr(0, instruction.find_first_of(" \\\""));
}

bool is_computed_instruction(std::string_view instruction) {
    return !is_one_of(kWrittenFields, type_of_field(instruction));
}

void DocxStyles::default_property(std::string_view name, const XmlAttributes& attributes) {
    if (name == "w:lang") language_ = attributes.get("w:val");
    if (name != "w:rFonts") return;
    font_ = attributes.get("w:ascii");
    font_is_the_themes_ = !attributes.get("w:asciiTheme").empty();
}

void DocxStyles::start(std::string_view name, const XmlAttributes& attributes) {
    if (name == "w:docDefaults") in_defaults_ = true;
    if (in_defaults_) default_property(name, attributes);
    if (name == "w:style")
        open_ = attributes.get("w:type") == "paragraph" ? &styles_[std::string(attributes.get("w:styleId"))] : nullptr;
    if (!open_) return;
    if (name == "w:basedOn") open_->based_on = attributes.get("val");
    if (name == "w:outlineLvl") open_->outline_level = number(attributes.get("val"), -1);
}

void DocxStyles::end(std::string_view name) {
    if (name == "w:style") open_ = nullptr;
    if (name == "w:docDefaults") in_defaults_ = false;
}

bool DocxStyles::is_heading(const std::string& style) const {
    auto found = styles_.find(style);
    for (int depth = 0; depth < kMaxInheritance && found != styles_.end(); ++depth) {
        if (found->second.outline_level >= 0) return found->second.outline_level < kBodyLevel;
        found = styles_.find(found->second.based_on);
    }
    return false;
}

void DocxFacts::start(std::string_view name, const XmlAttributes& attributes) {
    if (name == "mc:Fallback") ++skipped_;
    if (skipped_ > 0) return;
    if (name == "w:p") paragraphs_.emplace_back();
    if (name == "w:pPrChange" || name == "w:rPrChange") ++in_old_properties_;
    paragraph_property(name, attributes);
    if (name == "w:t") in_text_ = true;
    if (name == "w:txbxContent") ++boxes_;
    if (name == "w:moveFrom") ++moved_away_;
    if (name == "w:footnote" || name == "w:endnote" || name == "w:comment") ++notes_;
    if (name == "wps:wsp" || name == "v:textbox") census_.facts.add(Fact::shapes);
    if (name == "w:rFonts" && !attributes.get("w:ascii").empty()) census_.fonts.emplace(attributes.get("w:ascii"));
    // With both, a copy is in the document.
    if (name == "a:blip" && !attributes.get("r:link").empty() && attributes.get("r:embed").empty())
        ++census_.linked_pictures;
    if (name == "w:hyperlink") census_.facts.add(Fact::links);
    if (is_one_of(kChanges, name)) census_.facts.add(Fact::tracked_changes);
    if (name == "w:fldSimple") {
        field(attributes.get("instr"));
        ++simple_fields_;
    }
    table(name, attributes);
    if (name == "w:fldChar") {
        const auto type = attributes.get("fldCharType");
        if (type == "begin") instructions_.emplace_back();
        if (type == "end" && !instructions_.empty()) {
            field(instructions_.back());
            instructions_.pop_back();
        }
    }
    if (name == "w:instrText") in_instruction_ = true;
    if (name == "w:sdtPr") ++in_control_properties_;
    if (name == "w:ffData" || (in_control_properties_ > 0 && is_one_of(kControls, name)))
        census_.facts.add(Fact::form_fields);
    // A "w:object" without one is a control or a picture.
    if (name == "o:OLEObject" && attributes.get("Type") == "Embed") census_.facts.add(Fact::embedded_objects);
    if (name == "m:oMath") census_.facts.add(Fact::equations);
    if (name == "w:comment" && !attributes.get("w:author").empty())
        census_.comment_authors.emplace(attributes.get("w:author"));
}

void DocxFacts::table(std::string_view name, const XmlAttributes& attributes) {
    if (name == "w:tbl") tables_.push_back({.is_floating = !tables_.empty() && tables_.back().is_floating});
    if (tables_.empty()) return;
    Table& table = tables_.back();
    if (name == "w:tblpPr") table.is_floating = true;
    if (name == "w:tc") ++table.cells;
    if (name == "w:gridSpan" && number(attributes.get("val"), 1) > 1) ++table.wide;
    if (name == "w:vMerge") ++(attributes.get("val") == "restart" ? table.high : table.going_on);
}

void DocxFacts::paragraph_property(std::string_view name, const XmlAttributes& attributes) {
    if (paragraphs_.empty() || in_old_properties_ > 0) return;
    auto& paragraph = paragraphs_.back();
    if (name == "w:pStyle") paragraph.style = attributes.get("val");
    if (name == "w:outlineLvl") paragraph.outline_level = number(attributes.get("val"), -1);
    if (name == "w:del" || name == "w:moveFrom") paragraph.end_is_deleted = true; // among the properties of its mark
    if (name == "w:framePr") paragraph.is_framed = true;
    if (name == "w:numId") paragraph.in_list = attributes.get("val") != "0";
}

void DocxFacts::end(std::string_view name) {
    if (name == "mc:Fallback") --skipped_;
    if (skipped_ > 0) return;
    if (name == "w:t") in_text_ = false;
    if (name == "w:txbxContent") --boxes_;
    if (name == "w:moveFrom") --moved_away_;
    if (name == "w:footnote" || name == "w:endnote" || name == "w:comment") --notes_;
    if (name == "w:p" && !paragraphs_.empty()) end_paragraph();
    if (name == "w:pPrChange" || name == "w:rPrChange") --in_old_properties_;
    if (name == "w:instrText") in_instruction_ = false;
    if (name == "w:fldSimple") --simple_fields_;
    if (name == "w:tr" && !tables_.empty()) tables_.back().end_row();
    if (name == "w:tbl" && !tables_.empty()) {
        census_.facts.add(Fact::merged_cells, tables_.back().merged());
        tables_.pop_back();
    }
    if (name == "w:sdtPr") --in_control_properties_;
}

void DocxFacts::end_paragraph() {
    const auto& paragraph = paragraphs_.back();
    const bool heading =
        paragraph.outline_level >= 0 ? paragraph.outline_level < kBodyLevel : styles_.is_heading(paragraph.style);
    if (heading)
        census_.facts.add(Fact::headings);
    else if (paragraph.in_list)
        census_.facts.add(Fact::lists);
    const bool is_framed = paragraph.is_framed || (!tables_.empty() && tables_.back().is_floating);
    if (paragraph.has_text && !is_framed && !paragraph.end_is_deleted && boxes_ == 0 && notes_ == 0)
        census_.facts.add(Fact::paragraphs);
    paragraphs_.pop_back();
}

void DocxFacts::text(std::string_view piece) {
    const bool is_written = instructions_.empty() && simple_fields_ == 0; // what fields show may be empty in the result
    if (skipped_ == 0 && in_text_ && moved_away_ == 0 && is_written && !paragraphs_.empty() && has_word(piece))
        paragraphs_.back().has_text = true;
    if (skipped_ == 0 && in_instruction_ && !instructions_.empty()) instructions_.back() += piece;
}

void DocxFacts::field(std::string_view instruction) {
    const auto type = type_of_field(instruction);
    if (type == "HYPERLINK") census_.facts.add(Fact::links);
    if (type == "PAGE" || type == "NUMPAGES" || type == "DATE" || type == "TIME") census_.facts.add(Fact::fields);
}

} // namespace passerelle::convert
