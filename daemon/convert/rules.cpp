// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/rules.hpp"

#include "core/reason_codes.hpp"

namespace passerelle::convert {
namespace {

constexpr std::array<Rule, kFacts> kRules = {{
    {Fact::tables, Holds::not_fewer, codes::convert_tables_lost,
     "a table that became running text can hardly be read; a header that is used twice stands twice in the result"},
    {Fact::pictures, Holds::not_fewer, codes::convert_pictures_lost,
     "a missing picture is missed; what two headers shared may be there twice"},
    {Fact::charts, Holds::not_fewer, codes::convert_charts_lost,
     "a chart says what no other part of the document says"},
    {Fact::footnotes, Holds::not_fewer, codes::convert_footnotes_lost, "a note holds sources and reservations"},
    {Fact::comments, Holds::not_fewer, codes::convert_comments_lost,
     "what people said about the text; their words are compared as well"},
    {Fact::slides, Holds::same, codes::convert_slides_differ, "a slide more is as wrong as a slide less"},
    {Fact::headings, Holds::not_fewer, codes::convert_headings_lost,
     "tables of contents and the navigator are made from them"},
    {Fact::lists, Holds::not_all_gone, codes::convert_lists_lost,
     "numbering that comes from a style is a list here and none there; that all are gone would be seen"},
    {Fact::links, Holds::not_all_gone, codes::convert_links_lost,
     "a link over several pieces of text is divided in one format and joined in the other"},
    {Fact::tracked_changes, Holds::not_all_gone, codes::convert_changes_lost,
     "neighbouring changes of one author become one; that none is left means that somebody's proposals are gone"},
    {Fact::fields, Holds::not_all_gone, codes::convert_fields_lost,
     "some kinds become plain text, which a reader does not see; without any, no page number moves any more"},
    {Fact::form_fields, Holds::not_all_gone, codes::convert_form_fields_lost,
     "a form that cannot be filled in is none; a group of buttons counts once in one format and often in the other"},
    {Fact::embedded_objects, Holds::not_fewer, codes::convert_objects_lost,
     "an embedded table, sound or video holds content of its own"},
    {Fact::equations, Holds::not_fewer, codes::convert_equations_lost, "half a formula is worse than none"},
    {Fact::merged_cells, Holds::not_fewer, codes::convert_merged_cells_lost, "titles over columns lose their place"},
    {Fact::conditional_formats, Holds::not_all_gone, codes::convert_conditional_formats_lost,
     "one range with three conditions is one format or three"},
    {Fact::validations, Holds::not_all_gone, codes::convert_validations_lost,
     "OpenDocument keeps equal rules once, however many ranges they serve"},
    {Fact::pivot_tables, Holds::not_fewer, codes::convert_pivot_tables_lost,
     "its numbers remain as cells, but nobody can turn them any more"},
    {Fact::hidden_sheets, Holds::same, codes::convert_hidden_sheets_differ,
     "what was hidden shows now, or cannot be found any more"},
    {Fact::hidden_slides, Holds::same, codes::convert_hidden_slides_differ,
     "a slide that was not to be shown is shown, or the other way round"},
    {Fact::animated_slides, Holds::not_fewer, codes::convert_animations_lost,
     "what appeared step by step appears at once"},
    {Fact::paragraphs, Holds::not_fewer, codes::convert_paragraphs_lost,
     "paragraphs that run together keep their words and lose their sense"},
    {Fact::shapes, Holds::not_all_gone, codes::convert_shapes_lost,
     "a group is several drawings here and one there; the words in them are compared as well"},
    {Fact::speaker_notes, Holds::not_fewer, codes::convert_speaker_notes_lost,
     "what the speaker is to say stands nowhere else"},
    {Fact::headers, Holds::not_all_gone, codes::convert_headers_lost,
     "one header for all sections becomes one for each, or the other way round; that none is left would be seen"},
    {Fact::transitions, Holds::not_all_gone, codes::convert_transitions_lost,
     "some effects have no counterpart and are replaced; that none is left would be seen"},
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < kRules.size(); ++i)
        if (static_cast<std::size_t>(kRules[i].fact) != i) return false;
    return true;
}
static_assert(in_order(), "a rule for each fact, in the facts' order");

} // namespace

std::span<const Rule> rules() {
    return kRules;
}

bool is_kept(Holds holds, std::uint64_t before, std::uint64_t after) {
    switch (holds) {
    case Holds::same:
        return before == after;
    case Holds::not_fewer:
        return after >= before;
    case Holds::not_all_gone:
        return before == 0 || after > 0;
    }
    return false;
}

} // namespace passerelle::convert
