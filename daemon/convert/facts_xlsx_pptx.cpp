// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/fact_readers.hpp"

#include <algorithm>
#include <array>

namespace passerelle::convert {
namespace {

/// What moves or changes a shape; the rest of "p:timing" is what holds these together.
constexpr std::array<std::string_view, 7> kAnimations = {"p:anim",      "p:animClr", "p:animEffect", "p:animMotion",
                                                         "p:animScale", "p:animRot", "p:set"};

bool is_true(std::string_view value) {
    return value == "1" || value == "true";
}

} // namespace

void XlsxFacts::end(std::string_view name) {
    if (name == "mc:Fallback") --skipped_;
}

void XlsxFacts::start(std::string_view name, const XmlAttributes& attributes) {
    if (name == "mc:Fallback") ++skipped_;
    if (skipped_ > 0) return;
    if (name == "x:mergeCell") census_.facts.add(Fact::merged_cells);
    if (name == "x:conditionalFormatting" || name == "x14:conditionalFormatting")
        census_.facts.add(Fact::conditional_formats);
    // "none" only carries a hint for who selects the cell.
    const bool is_rule = name == "x:dataValidation" || name == "x14:dataValidation";
    const auto type = attributes.get("type");
    if (is_rule && !type.empty() && type != "none") census_.facts.add(Fact::validations);
    if (name == "x:hyperlink" && (!attributes.get("r:id").empty() || !attributes.get("location").empty()))
        census_.facts.add(Fact::links);
    // Linked ones lie elsewhere, and are pictures in both formats.
    if (name == "x:oleObject" && attributes.get("link").empty()) census_.facts.add(Fact::embedded_objects);
}

void PptxFacts::start(std::string_view name, const XmlAttributes& attributes) {
    if (name == "mc:Fallback") ++skipped_;
    if (skipped_ > 0) return;
    if (name == "p:sld") {
        is_animated_ = false;
        has_transition_ = false;
        const auto show = attributes.get("show");
        if (!show.empty() && !is_true(show)) census_.facts.add(Fact::hidden_slides);
    }
    if (name == "a:hlinkClick" && !attributes.get("r:id").empty() && attributes.get("action").empty())
        census_.facts.add(Fact::links);
    if (name == "p:embed") census_.facts.add(Fact::embedded_objects);
    // An empty one only says when the next slide comes.
    if (transitions_ == 1 && name != "p:sndAc" && name != "p:extLst") has_transition_ = true;
    if (name == "p:transition" || transitions_ > 0) ++transitions_;
    if (name == "a:latin" && !attributes.get("typeface").starts_with('+'))
        census_.fonts.emplace(attributes.get("typeface"));
    if (name == "a:blip" && !attributes.get("r:link").empty() && attributes.get("r:embed").empty())
        ++census_.linked_pictures;
    if (std::find(kAnimations.begin(), kAnimations.end(), name) != kAnimations.end()) is_animated_ = true;
}

void PptxFacts::end(std::string_view name) {
    if (name == "mc:Fallback") {
        --skipped_;
        return;
    }
    if (skipped_ > 0) return;
    if (transitions_ > 0) --transitions_;
    if (name == "p:sld" && has_transition_) census_.facts.add(Fact::transitions);
    if (name == "p:sld" && is_animated_) census_.facts.add(Fact::animated_slides);
}

} // namespace passerelle::convert
