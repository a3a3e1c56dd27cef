// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/fact_readers.hpp"
#include "daemon/convert/legacy_text.hpp"
#include "daemon/convert/rtf_reader.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <utility>

namespace passerelle::convert {
namespace {

constexpr std::size_t kDeepestGroup = 1000;
constexpr std::size_t kMostBytesAtOnce = std::size_t{64} << 10;
constexpr std::size_t kLongestValue = 4096;
constexpr std::size_t kMostFields = 1000; ///< within one another
constexpr std::size_t kMostStyles = 10'000;
constexpr std::size_t kMostFonts = 10'000;
constexpr std::int32_t kBodyLevel = 9;

bool has_word(std::string_view text) {
    return text.find_first_not_of(" \t") != std::string_view::npos;
}

/// The first word of `text`, which loses it.
std::string_view take_word(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const std::string_view word = text.substr(0, text.find_first_of(" \\\""));
    text.remove_prefix(word.size());
    return word;
}

std::string_view field_type(std::string_view instruction) {
    return take_word(instruction);
}

} // namespace

std::string RtfReader::Moment::text() const {
    if (year <= 0 || month <= 0 || day <= 0) return "";
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:00", year, month, day, hour, minute);
}

std::optional<Census> RtfReader::read() {
    if (tokens_.next().kind != RtfToken::Kind::open) return std::nullopt;
    groups_.emplace_back();
    const RtfToken& first = tokens_.next();
    if (first.kind != RtfToken::Kind::word || first.name != "rtf") return std::nullopt;
    while (!groups_.empty()) {
        const RtfToken& token = tokens_.next();
        switch (token.kind) {
        case RtfToken::Kind::open:
            open();
            break;
        case RtfToken::Kind::close:
            close();
            break;
        case RtfToken::Kind::word:
            word(token);
            break;
        case RtfToken::Kind::symbol:
            symbol(token.byte);
            break;
        case RtfToken::Kind::byte:
            byte(token.byte);
            break;
        case RtfToken::Kind::end:
            return std::nullopt;
        }
        if (groups_.size() > kDeepestGroup || instructions_.size() > kMostFields) return std::nullopt;
    }
    for (const std::int32_t font : used_fonts_)
        if (const auto name = fonts_.name(font); !name.empty()) census_.fonts.insert(name);
    census_.is_certain = false;
    census_.facts.set_unknown(Fact::charts); // an embedded one becomes a chart or stays an object
    return std::move(census_);
}

void RtfReader::open() {
    flush();
    left_for_unicode_ = 0;
    is_optional_ = false;
    const bool is_old_text = group().is_upr; // said once more, in Unicode, in the group behind
    groups_.push_back(group());
    group().begins_field = false;
    group().is_upr = false;
    if (is_old_text) skip();
}

void RtfReader::close() {
    flush();
    left_for_unicode_ = 0;
    is_optional_ = false;
    const bool is_last = groups_.size() == 1;
    if (is_last && has_text_) end_paragraph(); // what stands behind the last mark and says nothing is no paragraph
    if (is_last) end_word();
    const Group ended = group();
    if (!is_last && ended.flow != groups_[groups_.size() - 2].flow) end_flow();
    if (ended.begins_field) end_field();
    groups_.pop_back();
    if (is_last) return;
    const Place around = group().place;
    if (ended.place == Place::picture && around != Place::picture && picture_bytes_ > 0) {
        // A shape that is a picture keeps it as the value of a property; other pictures there only fill it.
        if (around == Place::text || (around == Place::value && property_name_ == "pib")) count(Fact::pictures);
    }
    if (ended.place == Place::instruction && around == Place::text) end_instruction();
    if (ended.place == Place::moment && around == Place::information) {
        *ended.value = moment_.text();
    }
}

void RtfReader::word(const RtfToken& token) {
    const bool is_optional = std::exchange(is_optional_, false);
    if (token.name == "u") return unicode(token.number.value_or(0));
    const auto said = characters().find(token.name);
    if (said != characters().end()) {
        if (left_for_unicode_ > 0)
            --left_for_unicode_;
        else
            characters(said->second);
        return;
    }
    flush();
    left_for_unicode_ = 0;
    if (token.name == "ud" && groups_.size() > 1 && groups_[groups_.size() - 2].is_upr) {
        const Group& around = groups_[groups_.size() - 2];
        group().place = around.place;
        return;
    }
    if (group().place == Place::skipped) return;
    const auto destination = destinations().find(token.name);
    if (destination != destinations().end()) return destination->second(*this, 0);
    if (is_optional) return skip(); // whoever does not know it leaves it out
    const auto property = properties().find(token.name);
    if (property != properties().end()) property->second(*this, token.number.value_or(1));
}

void RtfReader::symbol(unsigned char byte) {
    is_optional_ = byte == '*';
    if (byte == '~') characters("\u00A0");
    if (byte == '_') characters("\u2011");
    if (byte == '\r' || byte == '\n') {
        flush();
        end_paragraph();
    }
    if (byte == '\t') {
        flush();
        end_word();
    }
}

void RtfReader::byte(unsigned char byte) {
    is_optional_ = false;
    if (left_for_unicode_ > 0) {
        --left_for_unicode_;
        return;
    }
    const char character = static_cast<char>(byte);
    switch (group().place) {
    case Place::picture:
        ++picture_bytes_;
        return;
    case Place::font_table:
        return fonts_.add_to_name(character);
    case Place::text:
    case Place::value:
    case Place::instruction:
        if (!utf16_.empty() || bytes_.size() >= kMostBytesAtOnce) flush();
        bytes_.push_back(character);
        return;
    case Place::skipped:
    case Place::style_sheet:
    case Place::information:
    case Place::moment:
        return;
    }
}

/// A negative number stands for the upper half of UTF-16.
void RtfReader::unicode(std::int32_t number) {
    if (!bytes_.empty() || utf16_.size() >= kMostBytesAtOnce) flush();
    utf16_.push_back(static_cast<char>(number & 0xFF));
    utf16_.push_back(static_cast<char>(number >> 8 & 0xFF));
    left_for_unicode_ = group().bytes_for_unicode;
}

void RtfReader::characters(std::string_view utf8) {
    flush();
    take(std::string(utf8));
}

void RtfReader::flush() {
    if (!utf16_.empty()) take(utf8_from_utf16(std::exchange(utf16_, {})));
    if (!bytes_.empty()) take(utf8_from_rtf(std::exchange(bytes_, {}), code_page()));
}

void RtfReader::take(const std::string& utf8) {
    const auto append = [&](std::string& value) {
        if (value.size() + utf8.size() <= kLongestValue) value += utf8;
    };
    const Group& now = group();
    if (now.place == Place::value) append(*now.value);
    if (now.place == Place::instruction && !instructions_.empty()) append(instructions_.back());
    if (now.place != Place::text) return;
    if ((now.is_deleted || now.is_revised) && has_word(utf8)) count(Fact::tracked_changes);
    if (now.is_deleted) return;
    words().add(utf8);
    if (!has_word(utf8)) return;
    if (used_fonts_.size() < kMostFonts) used_fonts_.insert(now.font);
    if (now.flow == Flow::body && !now.is_in_field) has_text_ = true;
}

/// What is said twice is as it was said last.
void RtfReader::set_value(std::string& value) {
    value.clear();
    group().place = Place::value;
    group().value = &value;
}

void RtfReader::begin_moment(std::string& value) {
    if (group().place != Place::information) return;
    group().place = Place::moment;
    group().value = &value;
    moment_ = Moment();
}

void RtfReader::begin_flow(Flow flow) {
    group().place = Place::text;
    group().flow = flow;
    group().is_computed = false;
}

void RtfReader::end_flow() {
    end_word();
    if (group().flow == Flow::running && census_.running.words().size() > words_before_header_) count(Fact::headers);
}

/// The words of one that no page shows may be in the result or not.
void RtfReader::begin_header(bool is_unused) {
    if (group().flow != Flow::body) return;
    words_before_header_ = census_.running.words().size();
    begin_flow(Flow::running);
    group().is_computed = is_unused;
    group().is_unused = is_unused;
}

void RtfReader::begin_comment() {
    count(Fact::comments);
    if (!author_.empty()) census_.comment_authors.insert(std::exchange(author_, {}));
    begin_flow(Flow::comments);
}

/// LibreOffice makes a character of a symbol's number, whatever the font, and lets what the field shows follow.
void RtfReader::end_instruction() {
    if (instructions_.empty()) return;
    std::string_view rest = instructions_.back();
    if (take_word(rest) != "SYMBOL") return;
    const std::string_view digits = take_word(rest);
    unsigned char number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec == std::errc() && number > ' ') take(utf8_from_low_bytes(std::string(1, static_cast<char>(number))));
}

void RtfReader::begin_result() {
    if (group().place != Place::text || instructions_.empty()) return;
    group().is_in_field = true;
    const std::string& instruction = instructions_.back();
    if (is_computed_instruction(instruction) && field_type(instruction) != "SYMBOL") group().is_computed = true;
}

void RtfReader::end_field() {
    census_.computed.end_word();
    const std::string instruction = std::move(instructions_.back());
    instructions_.pop_back();
    const std::string_view type = field_type(instruction);
    if (type == "HYPERLINK") count(Fact::links);
    if (type == "PAGE" || type == "NUMPAGES" || type == "DATE" || type == "TIME") count(Fact::fields);
}

void RtfReader::end_word() {
    if (group().place == Place::text) words().end_word();
}

void RtfReader::end_paragraph() {
    if (group().place != Place::text) return;
    end_word();
    const Group& now = group();
    if (now.flow != Flow::body) return;
    const auto style = outline_levels_.find(now.style);
    const std::int32_t of_style = style == outline_levels_.end() ? kBodyLevel : style->second;
    if ((now.outline_level >= 0 ? now.outline_level : of_style) < kBodyLevel) {
        count(Fact::headings);
    } else if (now.is_in_list) {
        count(Fact::lists);
    }
    if (has_text_ && !now.is_framed && !now.is_deleted) count(Fact::paragraphs);
    has_text_ = false;
    if (!now.is_in_table) is_in_table_ = false;
}

void RtfReader::end_cell() {
    group().is_in_table = true;
    end_paragraph();
    is_in_inner_table_ = false;
}

/// Rows that nothing stands between are one table.
void RtfReader::end_row() {
    if (group().place != Place::text || group().flow != Flow::body) return;
    if (!std::exchange(is_in_table_, true)) count(Fact::tables);
}

void RtfReader::end_inner_row() {
    if (group().place != Place::text || group().flow != Flow::body) return;
    if (!std::exchange(is_in_inner_table_, true)) count(Fact::tables);
}

void RtfReader::begin_paragraph_properties() {
    Group& now = group();
    now.style = 0;
    now.outline_level = -1;
    now.is_in_list = now.is_framed = now.is_in_table = false;
}

void RtfReader::begin_character_properties() {
    group().font = default_font_;
    group().is_deleted = group().is_revised = false;
}

void RtfReader::set_outline_level(std::int32_t level) {
    group().outline_level = level;
    if (group().place == Place::style_sheet && outline_levels_.size() < kMostStyles)
        outline_levels_[group().style] = level;
}

/// What stands in a header is repeated in the result as often as the header is used.
void RtfReader::count(Fact fact) {
    const bool counts_there = fact == Fact::fields || fact == Fact::links || fact == Fact::headers;
    if (group().flow == Flow::running && (!counts_there || group().is_unused)) return;
    census_.facts.add(fact);
}

WordList& RtfReader::words() {
    if (group().is_computed) return census_.computed;
    switch (group().flow) {
    case Flow::body:
        return census_.body;
    case Flow::asides:
        return census_.asides;
    case Flow::running:
        return census_.running;
    case Flow::comments:
        return census_.comments;
    }
    return census_.body;
}

std::optional<Census> count_rtf(const std::filesystem::path& file) {
    return RtfReader(file).read();
}

} // namespace passerelle::convert
