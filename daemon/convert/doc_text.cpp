// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/doc_text.hpp"

#include "daemon/convert/fact_readers.hpp"
#include "daemon/convert/legacy_text.hpp"

namespace passerelle::convert {
namespace {

constexpr std::size_t kMaxFields = 256; // within each other
constexpr std::size_t kMaxInstruction = 256;
constexpr std::size_t kMaxKept = 4096;

constexpr char16_t kCellEnd = 0x07;
constexpr char16_t kTab = 0x09;
constexpr char16_t kParagraphEnd = 0x0D;
constexpr char16_t kColumnBreak = 0x0E;
constexpr char16_t kFieldBegin = 0x13;
constexpr char16_t kFieldSeparator = 0x14;
constexpr char16_t kFieldEnd = 0x15;
constexpr char16_t kFirstPrinted = 0x20;
constexpr char16_t kFirstBeyondAscii = 0x80;
constexpr char16_t kFixedHyphen = 0x1E;
constexpr char16_t kFixedHyphenOfUnicode = u'\u2011';

/// It becomes a chart, or remains an object.
bool is_chart(std::string_view instruction) {
    return instruction.find("Chart") != std::string_view::npos || instruction.find("Graph") != std::string_view::npos;
}

} // namespace

void DocText::take(char16_t character) {
    if (character == kFieldBegin) {
        flush();
        if (fields_.size() == kMaxFields)
            ++fields_beyond_;
        else
            fields_.emplace_back();
        hiding_ += fields_beyond_ == 0 ? 1 : 0;
        return;
    }
    if (character == kFieldSeparator) return separate();
    if (character == kFieldEnd) return end_field();
    if (hiding_ > 0) {
        Field& field = fields_.back();
        if (!field.shows_result && character < kFirstBeyondAscii && field.instruction.size() < kMaxInstruction)
            field.instruction.push_back(static_cast<char>(character));
        return;
    }
    if ((character >= kCellEnd && character <= kColumnBreak) && character != 0x08) return end_word();
    if (character == kFixedHyphen) character = kFixedHyphenOfUnicode;
    // What is left of them stands for pictures, references to notes and comments, or hyphens that do not show.
    if (character < kFirstPrinted) return;
    kept_.push_back(static_cast<char>(character & 0xFF));
    kept_.push_back(static_cast<char>(character >> 8));
    const bool is_half = character >= 0xD800 && character < 0xDC00;
    if (kept_.size() >= kMaxKept && !is_half) flush();
}

void DocText::separate() {
    flush();
    if (fields_.empty() || fields_beyond_ > 0 || fields_.back().shows_result) return;
    Field& field = fields_.back();
    field.shows_result = true;
    field.is_computed = is_computed_instruction(field.instruction);
    --hiding_;
    computed_ += field.is_computed ? 1 : 0;
}

void DocText::end_field() {
    flush();
    if (fields_beyond_ > 0) {
        --fields_beyond_;
        return;
    }
    if (fields_.empty()) return;
    const Field& field = fields_.back();
    const std::string_view type = type_of_field(field.instruction);
    if (type == "FORMTEXT" || type == "FORMCHECKBOX" || type == "FORMDROPDOWN") census_.facts.add(Fact::form_fields);
    if (type == "EMBED" && !is_chart(field.instruction)) census_.facts.add(Fact::embedded_objects);
    if (type == "HYPERLINK") census_.facts.add(Fact::links);
    if (type == "PAGE" || type == "NUMPAGES" || type == "DATE" || type == "TIME") census_.facts.add(Fact::fields);
    if (!field.shows_result) --hiding_;
    if (field.is_computed) --computed_;
    census_.computed.end_word();
    fields_.pop_back();
}

void DocText::end_word() {
    flush();
    (computed_ > 0 ? census_.computed : flow_).end_word();
}

void DocText::flush() {
    if (kept_.empty()) return;
    (computed_ > 0 ? census_.computed : flow_).add(utf8_from_utf16(kept_));
    kept_.clear();
}

void DocText::end() {
    flush();
    census_.computed.end_word();
    flow_.end_word();
    fields_.clear();
    fields_beyond_ = hiding_ = computed_ = 0;
}

} // namespace passerelle::convert
