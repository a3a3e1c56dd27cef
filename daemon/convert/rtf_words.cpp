// SPDX-License-Identifier: AGPL-3.0-or-later
// What the control words of the Rich Text Format mean to a reader that counts.
#include "daemon/convert/rtf_reader.hpp"

#include <algorithm>
#include <limits>

namespace passerelle::convert {
namespace {

constexpr std::int32_t kMostBytesForUnicode = 32;

} // namespace

/// Words that begin a destination: what follows in their group is no text, or text of another kind.
const std::map<std::string_view, RtfReader::Handler>& RtfReader::destinations() {
    static constexpr Handler kSkip = [](RtfReader& reader, std::int32_t) { reader.skip(); };
    static constexpr Handler kPass = [](RtfReader&, std::int32_t) {};
    static constexpr Handler kHeader = [](RtfReader& reader, std::int32_t) { reader.begin_header(false); };
    static constexpr Handler kHeaderOfFirst = [](RtfReader& reader, std::int32_t) {
        reader.begin_header(!reader.has_first_page_);
    };
    static constexpr Handler kHeaderOfLeft = [](RtfReader& reader, std::int32_t) {
        reader.begin_header(!reader.has_facing_pages_);
    };
    static constexpr Handler kTextBox = [](RtfReader& reader, std::int32_t) {
        reader.count(Fact::shapes);
        if (reader.group().flow == Flow::body) reader.begin_flow(Flow::asides);
    };
    static const std::map<std::string_view, Handler> all = {
        {"aftncn", kSkip},
        {"aftnsep", kSkip},
        {"aftnsepc", kSkip},
        {"annotation", [](RtfReader& reader, std::int32_t) { reader.begin_comment(); }},
        {"atnauthor", [](RtfReader& reader, std::int32_t) { reader.set_value(reader.author_); }},
        {"atnid", kSkip},
        {"author",
         [](RtfReader& reader, std::int32_t) {
             if (reader.group().place == Place::information) reader.set_value(reader.census_.metadata.author);
         }},
        {"background", kSkip},
        {"bkmkend", kSkip},
        {"bkmkstart", kSkip},
        {"colorschememapping", kSkip},
        {"colortbl", kSkip},
        {"creatim", [](RtfReader& reader, std::int32_t) { reader.begin_moment(reader.census_.metadata.created); }},
        {"datafield", kSkip},
        {"datastore", kSkip},
        {"do", kPass},
        {"dptxbxtext", kTextBox},
        {"falt", kSkip},
        {"filetbl", kSkip},
        {"fldinst", [](RtfReader& reader, std::int32_t) { reader.group().place = Place::instruction; }},
        {"fldrslt", [](RtfReader& reader, std::int32_t) { reader.begin_result(); }},
        {"fonttbl", [](RtfReader& reader, std::int32_t) { reader.group().place = Place::font_table; }},
        {"footer", kHeader},
        {"footerf", kHeaderOfFirst},
        {"footerl", kHeaderOfLeft},
        {"footerr", kHeader},
        {"footnote",
         [](RtfReader& reader, std::int32_t) {
             reader.count(Fact::footnotes);
             reader.begin_flow(Flow::asides);
         }},
        {"formfield",
         [](RtfReader& reader, std::int32_t) {
             reader.count(Fact::form_fields);
             reader.skip();
         }},
        {"ftncn", kSkip},
        {"ftnsep", kSkip},
        {"ftnsepc", kSkip},
        {"generator", kSkip},
        {"header", kHeader},
        {"headerf", kHeaderOfFirst},
        {"headerl", kHeaderOfLeft},
        {"headerr", kHeader},
        {"info", [](RtfReader& reader, std::int32_t) { reader.group().place = Place::information; }},
        {"latentstyles", kSkip},
        {"listoverridetable", kSkip},
        {"listtable", kSkip},
        {"listtext", kSkip},
        {"moMath",
         [](RtfReader& reader, std::int32_t) {
             reader.count(Fact::equations);
             reader.skip();
         }},
        {"moMathPara", kPass},
        {"nesttableprops", kPass},
        {"nonesttables", kSkip},
        {"nonshppict", kSkip},
        {"objdata", kSkip},
        {"object", kPass},
        {"operator", kSkip}, // whoever saved it last; the result keeps the name under that word, not as its own
        {"panose", kSkip},
        {"pict",
         [](RtfReader& reader, std::int32_t) {
             reader.group().place = Place::picture;
             reader.picture_bytes_ = 0;
         }},
        {"pntext", kSkip},
        {"private", kSkip},
        {"result",
         [](RtfReader& reader, std::int32_t) {
             if (reader.group().is_embedded) reader.skip();
         }},
        {"revtbl", kSkip},
        {"revtim", [](RtfReader& reader, std::int32_t) { reader.begin_moment(reader.census_.metadata.modified); }},
        {"rsidtbl", kSkip},
        {"rxe", kSkip},
        {"shpgrp", kPass},
        {"shpinst", kPass},
        {"shppict", kPass},
        {"shprslt", kSkip},
        {"shptxt", kTextBox},
        {"sn", [](RtfReader& reader, std::int32_t) { reader.set_value(reader.property_name_); }},
        {"sp", kPass},
        {"stylesheet", [](RtfReader& reader, std::int32_t) { reader.group().place = Place::style_sheet; }},
        {"sv",
         [](RtfReader& reader, std::int32_t) {
             if (reader.property_name_ == "gtextUNICODE")
                 reader.begin_flow(Flow::asides); // WordArt
             else
                 reader.set_value(reader.property_);
         }},
        {"tc", kSkip},
        {"template", kSkip},
        {"themedata", kSkip},
        {"title",
         [](RtfReader& reader, std::int32_t) {
             if (reader.group().place == Place::information) reader.set_value(reader.census_.metadata.title);
         }},
        {"txe", kSkip},
        {"upr", [](RtfReader& reader, std::int32_t) { reader.group().is_upr = true; }},
        {"xe", kSkip},
    };
    return all;
}

/// Words that change what is in force, or say something themselves.
const std::map<std::string_view, RtfReader::Handler>& RtfReader::properties() {
    static constexpr Handler kParagraphEnd = [](RtfReader& reader, std::int32_t) { reader.end_paragraph(); };
    static constexpr Handler kWordEnd = [](RtfReader& reader, std::int32_t) { reader.end_word(); };
    static constexpr Handler kFramed = [](RtfReader& reader, std::int32_t) { reader.group().is_framed = true; };
    static const std::map<std::string_view, Handler> all = {
        {"absh", kFramed},
        {"absw", kFramed},
        {"ansi", [](RtfReader& reader, std::int32_t) { reader.code_page_ = 1252; }},
        {"ansicpg",
         [](RtfReader& reader, std::int32_t number) {
             if (number > 0 && number <= std::numeric_limits<std::uint16_t>::max())
                 reader.code_page_ = static_cast<std::uint16_t>(number);
         }},
        {"cell", [](RtfReader& reader, std::int32_t) { reader.end_cell(); }},
        {"chpgn", [](RtfReader& reader, std::int32_t) { reader.count(Fact::fields); }},
        {"column", kWordEnd},
        {"cpg", [](RtfReader& reader, std::int32_t number) { reader.fonts_.set_code_page(number); }},
        {"deff", [](RtfReader& reader, std::int32_t number) { reader.default_font_ = reader.group().font = number; }},
        {"deleted", [](RtfReader& reader, std::int32_t number) { reader.group().is_deleted = number != 0; }},
        {"dxfrtext", kFramed},
        {"dy", [](RtfReader& reader, std::int32_t number) { reader.moment_.day = number; }},
        {"f",
         [](RtfReader& reader, std::int32_t number) {
             reader.group().font = number;
             if (reader.group().place == Place::font_table) reader.fonts_.begin(number);
         }},
        {"facingp", [](RtfReader& reader, std::int32_t) { reader.has_facing_pages_ = true; }},
        {"fcharset", [](RtfReader& reader, std::int32_t number) { reader.fonts_.set_charset(number); }},
        {"field",
         [](RtfReader& reader, std::int32_t) {
             if (reader.group().begins_field || reader.group().place != Place::text) return;
             reader.group().begins_field = true;
             reader.instructions_.emplace_back();
         }},
        {"hr", [](RtfReader& reader, std::int32_t number) { reader.moment_.hour = number; }},
        {"intbl", [](RtfReader& reader, std::int32_t) { reader.group().is_in_table = true; }},
        {"line", kWordEnd},
        {"ls", [](RtfReader& reader, std::int32_t number) { reader.group().is_in_list = number > 0; }},
        {"mac", [](RtfReader& reader, std::int32_t) { reader.code_page_ = 10000; }},
        {"min", [](RtfReader& reader, std::int32_t number) { reader.moment_.minute = number; }},
        {"mo", [](RtfReader& reader, std::int32_t number) { reader.moment_.month = number; }},
        {"nestcell", kParagraphEnd},
        {"nestrow", [](RtfReader& reader, std::int32_t) { reader.end_inner_row(); }},
        {"objemb",
         [](RtfReader& reader, std::int32_t) {
             reader.group().is_embedded = true;
             reader.count(Fact::embedded_objects);
         }},
        {"outlinelevel", [](RtfReader& reader, std::int32_t number) { reader.set_outline_level(number); }},
        {"page", kWordEnd},
        {"par", kParagraphEnd},
        {"pard", [](RtfReader& reader, std::int32_t) { reader.begin_paragraph_properties(); }},
        {"pc", [](RtfReader& reader, std::int32_t) { reader.code_page_ = 437; }},
        {"pca", [](RtfReader& reader, std::int32_t) { reader.code_page_ = 850; }},
        {"plain", [](RtfReader& reader, std::int32_t) { reader.begin_character_properties(); }},
        {"posx", kFramed},
        {"posxc", kFramed},
        {"posxl", kFramed},
        {"posxr", kFramed},
        {"posy", kFramed},
        {"revised", [](RtfReader& reader, std::int32_t number) { reader.group().is_revised = number != 0; }},
        {"row", [](RtfReader& reader, std::int32_t) { reader.end_row(); }},
        {"s", [](RtfReader& reader, std::int32_t number) { reader.group().style = number; }},
        {"sect", kParagraphEnd},
        {"sectd", [](RtfReader& reader, std::int32_t) { reader.has_first_page_ = false; }},
        {"tab", kWordEnd},
        {"titlepg", [](RtfReader& reader, std::int32_t) { reader.has_first_page_ = true; }},
        {"uc",
         [](RtfReader& reader, std::int32_t number) {
             reader.group().bytes_for_unicode = static_cast<std::uint16_t>(std::clamp(number, 0, kMostBytesForUnicode));
         }},
        {"yr", [](RtfReader& reader, std::int32_t number) { reader.moment_.year = number; }},
    };
    return all;
}

const std::map<std::string_view, std::string_view>& RtfReader::characters() {
    static const std::map<std::string_view, std::string_view> all = {
        {"bullet", "\u2022"}, {"emdash", "\u2014"},    {"emspace", " "}, {"endash", "\u2013"},
        {"enspace", " "},     {"lquote", "\u2018"},    {"qmspace", " "}, {"ldblquote", "\u201C"},
        {"rquote", "\u2019"}, {"rdblquote", "\u201D"},
    };
    return all;
}

} // namespace passerelle::convert
