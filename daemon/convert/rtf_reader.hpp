// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/census.hpp"
#include "daemon/convert/rtf_text.hpp"
#include "daemon/convert/rtf_tokens.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace passerelle::convert {

/// Counts what a text in the Rich Text Format holds ([RTF 1.9.1]). A group inherits all that was in force around it;
/// this is kept in a stack, never in calls. Confined to a thread.
class RtfReader {
  public:
    explicit RtfReader(const std::filesystem::path& file) : tokens_(file) {}
    /// Nothing when the file ends before its text does, or is no such text. Once.
    std::optional<Census> read();

  private:
    /// What the bytes of a group are.
    enum class Place { text, skipped, font_table, style_sheet, information, value, moment, instruction, picture };
    /// Whose words they are.
    enum class Flow { body, asides, running, comments };

    struct Group {
        Place place = Place::text;
        Flow flow = Flow::body;
        std::int32_t font = 0;
        std::int32_t style = 0;
        std::int32_t outline_level = -1; ///< -1: none of its own
        std::uint16_t bytes_for_unicode = 1;
        std::string* value = nullptr; ///< where a Place::value or a Place::moment goes
        bool is_upr = false;
        bool is_embedded = false; ///< what stands here is how an object looks
        bool is_unused = false;   ///< a header that no page shows
        bool is_computed = false; ///< what a field shows
        bool is_in_field = false; ///< the same, and what somebody wrote under a link
        bool begins_field = false;
        bool is_deleted = false;
        bool is_revised = false;
        bool is_in_list = false;
        bool is_framed = false;
        bool is_in_table = false;
    };

    struct Moment {
        std::int32_t year = 0, month = 0, day = 0, hour = 0, minute = 0; // LibreOffice knows no seconds here
        [[nodiscard]] std::string text() const;
    };

    using Handler = void (*)(RtfReader& reader, std::int32_t number);
    static const std::map<std::string_view, Handler>& destinations();
    static const std::map<std::string_view, Handler>& properties();
    static const std::map<std::string_view, std::string_view>& characters();

    void open();
    void close();
    void word(const RtfToken& token);
    void symbol(unsigned char byte);
    void byte(unsigned char byte);
    void unicode(std::int32_t number);
    void characters(std::string_view utf8);
    void flush();
    void take(const std::string& utf8);

    void skip() { group().place = Place::skipped; }
    void set_value(std::string& value);
    void begin_moment(std::string& value);
    void begin_flow(Flow flow);
    void end_flow();
    void begin_header(bool is_unused);
    void begin_comment();
    void end_instruction();
    void begin_result();
    void end_field();
    void end_word();
    void end_paragraph();
    void end_cell();
    void end_row();
    void end_inner_row();
    void begin_paragraph_properties();
    void begin_character_properties();
    void set_outline_level(std::int32_t level);
    void count(Fact fact);

    Group& group() { return groups_.back(); }
    WordList& words();
    [[nodiscard]] std::uint16_t code_page() { return fonts_.code_page(group().font, code_page_); }

    RtfTokens tokens_;
    Census census_;
    RtfFonts fonts_;
    std::set<std::int32_t> used_fonts_;
    std::map<std::int32_t, std::int32_t> outline_levels_; ///< of styles
    std::vector<Group> groups_;
    std::vector<std::string> instructions_; ///< of the fields that are open
    std::string bytes_;                     ///< of text, not decoded yet
    std::string utf16_;
    std::string author_;        ///< of the comment that comes next
    std::string property_name_; ///< of a shape
    std::string property_;
    Moment moment_;
    std::size_t words_before_header_ = 0;
    std::uint64_t picture_bytes_ = 0;
    std::uint16_t code_page_ = 1252;
    std::int32_t default_font_ = 0;
    std::int32_t left_for_unicode_ = 0; ///< bytes that repeat what was said in Unicode
    bool is_optional_ = false;          ///< behind \*
    bool has_text_ = false;             ///< the paragraph of the body that is open
    bool is_in_table_ = false;
    bool is_in_inner_table_ = false;
    bool has_first_page_ = false;
    bool has_facing_pages_ = false;
};

} // namespace passerelle::convert
