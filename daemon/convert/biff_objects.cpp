// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/biff_objects.hpp"

#include "daemon/convert/legacy_text.hpp"
#include "daemon/convert/little_endian.hpp"
#include "daemon/convert/office_art.hpp"
#include "daemon/convert/sheet_headers.hpp"

namespace passerelle::convert {
namespace {

// [MS-XLS] 2.5.143 FtCmo: kinds of objects.
constexpr std::uint16_t kLine = 0x01;
constexpr std::uint16_t kArc = 0x04;
constexpr std::uint16_t kTextBox = 0x06;
constexpr std::uint16_t kPolygon = 0x09;
constexpr std::uint16_t kButton = 0x07;
constexpr std::uint16_t kPicture = 0x08;
constexpr std::uint16_t kCheckBox = 0x0B;
constexpr std::uint16_t kListBox = 0x12;
constexpr std::uint16_t kDropDown = 0x14;
constexpr std::uint16_t kRemark = 0x19;

// The pieces of an OBJ record.
constexpr std::uint16_t kEnd = 0x00;
constexpr std::uint16_t kPictureFlags = 0x08;
constexpr std::uint16_t kPictureFormula = 0x09;
constexpr std::uint16_t kCommon = 0x15;

constexpr std::uint16_t kIsControl = 0x0010;

bool is_form_field(std::uint16_t type) {
    return type == kCheckBox || type == kListBox;
}

/// Its words are its caption, which in OpenDocument is no text.
bool is_control(std::uint16_t type) {
    return type == kButton || (type >= kCheckBox && type <= kDropDown);
}

} // namespace

void BiffObjects::read(BiffRecord& record) {
    switch (record.type) {
    case Biff::object:
        return object(record.body);
    case Biff::text_object:
        return text_object(record.body);
    case Biff::note:
        return note(record.body);
    case Biff::merged_cells:
        return merged_cells(record.body);
    case Biff::link:
        // [MS-XLS] 2.4.140 HLink, [MS-OSHARED] 2.3.7.1: a link that stays within the document has no moniker.
        if ((u32_at(record.body, 28) & 1) != 0) census_.facts.add(Fact::links);
        return;
    case Biff::validation:
        // Without a condition it only carries a hint for who selects the cell.
        if ((u16_at(record.body, 0) & 0xF) != 0) census_.facts.add(Fact::validations);
        return;
    case Biff::conditional_format:
    case Biff::conditional_format_12:
        return census_.facts.add(Fact::conditional_formats);
    case Biff::drawing:
        census_.asides.add(word_art_in(record.body));
        return census_.asides.end_word();
    case Biff::header:
    case Biff::footer:
        return header(record.body);
    case Biff::pivot_table:
        return census_.facts.add(Fact::pivot_tables);
    default:
        return;
    }
}

void BiffObjects::header(const std::string& body) {
    if (body.empty()) return;
    if (is_biff8_) {
        ContinuedBytes bytes(records_, body);
        return count_sheet_header(census_, read_biff_string(bytes, 2));
    }
    count_sheet_header(census_, utf8_from_code_page(std::string_view(body).substr(1), code_page_));
}

void BiffObjects::object(const std::string& body) {
    if (!is_biff8_) {
        object_type_ = u16_at(body, 4);
        if (object_type_ == kTextBox) understood_ = false;
        return;
    }
    bool has_formula = false;
    std::uint16_t flags = 0;
    object_type_ = 0;
    for (std::size_t at = 0; at + 4 <= body.size(); at += 4 + std::size_t{u16_at(body, at + 2)}) {
        const std::uint16_t piece = u16_at(body, at);
        if (piece == kEnd) break;
        if (piece == kCommon) {
            object_type_ = u16_at(body, at + 4);
            object_ = u16_at(body, at + 6);
        }
        if (piece == kPictureFlags) flags = u16_at(body, at + 4);
        if (piece == kPictureFormula) has_formula = true;
    }
    if (object_type_ == kTextBox || (object_type_ >= kLine && object_type_ <= kArc) || object_type_ == kPolygon)
        census_.facts.add(Fact::shapes);
    if (is_form_field(object_type_)) census_.facts.add(Fact::form_fields);
    if (object_type_ != kPicture || (flags & kIsControl) != 0) return;
    census_.facts.add(has_formula ? Fact::embedded_objects : Fact::pictures);
}

/// [MS-XLS] 2.4.329 TxO: its text stands in the CONTINUE records after it.
void BiffObjects::text_object(const std::string& body) {
    const std::uint16_t count = u16_at(body, 10);
    if (count == 0 || is_control(object_type_)) return;
    ContinuedBytes bytes(records_, {});
    const std::string text = bytes.characters(count, false);
    if (bytes.failed()) understood_ = false;
    if (object_type_ == kRemark) {
        remarks_[object_] = text;
    } else {
        census_.asides.add(text);
        census_.asides.end_word();
    }
}

void BiffObjects::note(const std::string& body) {
    if (is_biff8_) {
        notes_.push_back(u16_at(body, 6));
        return;
    }
    constexpr std::uint16_t kGoesOn = 0xFFFF; // a long text is divided between records
    if (u16_at(body, 0) != kGoesOn) census_.facts.add(Fact::comments);
}

void BiffObjects::merged_cells(const std::string& body) {
    constexpr std::size_t kRange = 8; // first and last row, first and last column
    for (std::size_t at = 2; at + kRange <= body.size(); at += kRange) {
        const bool is_one_cell =
            u16_at(body, at) == u16_at(body, at + 2) && u16_at(body, at + 4) == u16_at(body, at + 6);
        if (!is_one_cell) census_.facts.add(Fact::merged_cells);
    }
}

void BiffObjects::finish() {
    for (const std::uint16_t object : notes_) {
        census_.facts.add(Fact::comments);
        census_.comments.add(remarks_[object]);
        census_.comments.end_word();
    }
}

} // namespace passerelle::convert
