// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/fact_readers.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace passerelle::convert {
namespace {

constexpr std::array<std::string_view, 43> kComputed = {"text:page-number",
                                                        "text:page-count",
                                                        "text:page-continuation",
                                                        "text:date",
                                                        "text:time",
                                                        "text:creation-date",
                                                        "text:creation-time",
                                                        "text:modification-date",
                                                        "text:print-date",
                                                        "text:print-time",
                                                        "text:file-name",
                                                        "text:sheet-name",
                                                        "text:title",
                                                        "text:subject",
                                                        "text:keywords",
                                                        "text:description",
                                                        "text:author-name",
                                                        "text:author-initials",
                                                        "text:initial-creator",
                                                        "text:creator",
                                                        "text:editing-cycles",
                                                        "text:editing-duration",
                                                        "text:word-count",
                                                        "text:character-count",
                                                        "text:paragraph-count",
                                                        "text:modification-time",
                                                        "text:sequence",
                                                        "text:sequence-ref",
                                                        "text:bookmark-ref",
                                                        "text:reference-ref",
                                                        "text:note-ref",
                                                        "text:chapter",
                                                        "text:user-defined",
                                                        "text:template-name",
                                                        "text:expression",
                                                        "text:variable-get",
                                                        "text:variable-set",
                                                        "text:user-field-get",
                                                        "text:conditional-text",
                                                        "text:database-name",
                                                        "text:dde-connection",
                                                        "text:variable-input",
                                                        "text:table-formula"};
constexpr std::array<std::string_view, 4> kChangesOfCells = {"table:cell-content-change", "table:insertion",
                                                             "table:deletion", "table:movement"};
constexpr std::array<std::string_view, 7> kFormFields = {"loext:content-control", "form:text",    "form:textarea",
                                                         "form:checkbox",         "form:listbox", "form:combobox",
                                                         "form:formatted-text"};
constexpr std::array<std::string_view, 7> kAnimations = {
    "anim:animate",          "anim:set",    "anim:animateMotion", "anim:animateColor", "anim:animateTransform",
    "anim:transitionFilter", "anim:command"};

template <std::size_t N> bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_above_one(std::string_view number) {
    unsigned value = 1;
    std::from_chars(number.data(), number.data() + number.size(), value);
    return value > 1;
}

/// A mark may stand for any field of Word's that LibreOffice does not know.
bool is_form_field(std::string_view name, const XmlAttributes& attributes) {
    if (name.starts_with("field:")) return attributes.get("field:type").find(".FORM") != std::string_view::npos;
    return is_one_of(kFormFields, name);
}

bool is_annotation(std::string_view name) {
    return name == "office:annotation" || name == "officeooo:annotation";
}

} // namespace

bool is_computed_field(std::string_view name) {
    return is_one_of(kComputed, name);
}

bool is_copy_of_linked_sheet(std::string_view name, const XmlAttributes& attributes) {
    return name == "table:table" && attributes.get("table:style-name") == "ta_extref";
}

void OdfFacts::start(std::string_view name, const XmlAttributes& attributes) {
    style(name, attributes);
    if (name == "office:spreadsheet") is_spreadsheet_ = true;
    if (name == "text:tracked-changes" || name == "table:tracked-changes") ++changes_;
    if (name == "text:changed-region" || (changes_ > 0 && is_one_of(kChangesOfCells, name)))
        census_.facts.add(Fact::tracked_changes);
    if (is_annotation(name)) ++annotations_;
    if (annotations_ > 0 && name == "dc:creator") {
        in_author_ = true;
        author_.clear();
    }
    if (changes_ > 0) return;
    if (name == "text:h") census_.facts.add(Fact::headings);
    if (name == "text:list-item") census_.facts.add(Fact::lists);
    if (name == "text:a" || name == "draw:a" || name == "presentation:event-listener") census_.facts.add(Fact::links);
    if (is_computed_field(name)) census_.facts.add(Fact::fields);
    if (is_form_field(name, attributes)) census_.facts.add(Fact::form_fields);
    if (name == "table:table-cell" && (is_above_one(attributes.get("table:number-columns-spanned")) ||
                                       is_above_one(attributes.get("table:number-rows-spanned"))))
        census_.facts.add(Fact::merged_cells);
    if (is_spreadsheet_) spreadsheet(name, attributes);
    presentation(name, attributes);
}

void OdfFacts::style(std::string_view name, const XmlAttributes& attributes) {
    if (name == "style:style") style_ = attributes.get("style:name");
    if (name == "style:table-properties" && attributes.get("table:display") == "false") hidden_.insert(style_);
    if (name == "style:drawing-page-properties" && attributes.get("presentation:visibility") == "hidden")
        hidden_.insert(style_);
    if (attributes.get("presentation:display-page-number") == "true" ||
        attributes.get("presentation:display-date-time") == "true")
        numbered_.insert(style_);
    const auto style = attributes.get("presentation:transition-style");
    if (name == "style:drawing-page-properties" &&
        (!attributes.get("smil:type").empty() || (!style.empty() && style != "none")))
        moving_.insert(style_);
}

void OdfFacts::spreadsheet(std::string_view name, const XmlAttributes& attributes) {
    if (name == "calcext:conditional-format") census_.facts.add(Fact::conditional_formats);
    if (name == "table:content-validation") census_.facts.add(Fact::validations);
    if (name == "table:data-pilot-table") census_.facts.add(Fact::pivot_tables);
    if (name == "table:table" && !is_copy_of_linked_sheet(name, attributes) &&
        hidden_.contains(std::string(attributes.get("table:style-name"))))
        census_.facts.add(Fact::hidden_sheets);
}

void OdfFacts::presentation(std::string_view name, const XmlAttributes& attributes) {
    if (name == "draw:page") {
        is_animated_ = false;
        if (numbered_.contains(std::string(attributes.get("draw:style-name")))) census_.facts.add(Fact::fields);
        if (moving_.contains(std::string(attributes.get("draw:style-name")))) census_.facts.add(Fact::transitions);
        if (hidden_.contains(std::string(attributes.get("draw:style-name")))) census_.facts.add(Fact::hidden_slides);
    }
    if (is_one_of(kAnimations, name)) is_animated_ = true;
}

void OdfFacts::end(std::string_view name) {
    if (name == "text:tracked-changes" || name == "table:tracked-changes") --changes_;
    if (is_annotation(name)) --annotations_;
    if (in_author_ && name == "dc:creator") {
        in_author_ = false;
        if (!author_.empty()) census_.comment_authors.insert(author_);
    }
    if (name == "draw:page" && is_animated_) census_.facts.add(Fact::animated_slides);
}

void OdfFacts::text(std::string_view piece) {
    if (in_author_) author_ += piece;
}

} // namespace passerelle::convert
