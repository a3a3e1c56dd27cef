// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/ppt_shapes.hpp"

#include "daemon/convert/little_endian.hpp"
#include "daemon/convert/office_art.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace passerelle::convert {
namespace {

constexpr int kMaxDepth = 64; // of groups in groups

// [MS-PPT] 2.13.21 PlaceholderEnum.
constexpr std::uint8_t kDate = 7;
constexpr std::uint8_t kSlideNumber = 8;
constexpr std::uint8_t kFooter = 9;
constexpr std::uint8_t kHeader = 10;
constexpr std::array<std::uint8_t, 3> kTitles = {13, 15, 17};

constexpr std::uint16_t kPictureFrame = 75; // [MS-ODRAW] 2.4.24 MSOSPT

std::uint8_t byte_at(const std::string& bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<std::uint8_t>(bytes[at]) : std::uint8_t{0};
}

} // namespace

void PptShapes::read(const PptRecord& drawing) {
    const auto shapes = stream_.child(drawing, Ppt::shape_drawing);
    if (!shapes) return;
    stream_.each(*shapes, [&](const PptRecord& record) {
        if (record.type == Ppt::shape_group) group(record, 1);
    });
}

/// The first shape of a group stands for the group itself.
void PptShapes::group(const PptRecord& record, int depth) {
    if (depth > kMaxDepth) return stream_.give_up();
    bool is_first = true;
    bool is_table = false;
    std::vector<Shape> cells;
    stream_.each(record, [&](const PptRecord& part) {
        if (part.type == Ppt::shape_group) group(part, depth + 1);
        if (part.type != Ppt::shape) return;
        Shape found = shape(part);
        if (is_first) is_table = found.is_table;
        if (is_table) {
            cells.push_back(std::move(found));
        } else {
            count(found);
        }
        is_first = false;
    });
    if (is_table) table(cells);
}

/// Its cells may stand in any order.
void PptShapes::table(std::vector<Shape>& cells) {
    census_.facts.add(Fact::tables);
    std::stable_sort(cells.begin(), cells.end(), [](const Shape& left, const Shape& right) {
        return std::tie(left.top, left.left) < std::tie(right.top, right.left);
    });
    for (const Shape& cell : cells)
        count(cell);
}

PptShapes::Shape PptShapes::shape(const PptRecord& record) {
    Shape found;
    stream_.each(record, [&](const PptRecord& part) {
        if (part.type == Ppt::shape_atom) {
            constexpr std::uint32_t kDeleted = 0x08;
            found.kind = part.instance;
            found.is_deleted = (u32_at(stream_.bytes(part, 8), 4) & kDeleted) != 0;
        }
        if (part.type == Ppt::shape_properties || part.type == Ppt::shape_more_properties) properties(part, found);
        if (part.type == Ppt::shape_data) data(part, found);
        if (part.type == Ppt::shape_text) text(part, found);
        if (part.type == Ppt::shape_place_in_group) {
            const std::string place = stream_.bytes(part, 16);
            found.left = static_cast<std::int32_t>(u32_at(place, 0));
            found.top = static_cast<std::int32_t>(u32_at(place, 4));
        }
    });
    return found;
}

void PptShapes::properties(const PptRecord& record, Shape& shape) {
    const OfficeArtProperties found = read_properties(stream_.text(record), record.instance);
    shape.has_picture |= found.has_picture;
    shape.is_table |= found.is_table;
    if (!found.word_art.empty()) shape.words += found.word_art + '\n';
}

void PptShapes::data(const PptRecord& record, Shape& shape) {
    stream_.each(record, [&](const PptRecord& part) {
        if (part.type == Ppt::placeholder) shape.placeholder = byte_at(stream_.bytes(part, 5), 4);
        if (part.type == Ppt::round_trip_placeholder) shape.placeholder = byte_at(stream_.bytes(part, 1), 0);
        if (part.type == Ppt::object_reference) shape.object = u32_at(stream_.bytes(part, 4), 0);
        if (part.type == Ppt::interaction && is_link(stream_, part)) ++shape.links;
        if (part.type == Ppt::animation) {
            constexpr std::uint8_t kFromMaster = 0xFE;
            const auto atom = stream_.child(part, Ppt::animation_atom);
            const std::uint8_t build = atom ? byte_at(stream_.bytes(*atom, 21), 20) : std::uint8_t{0};
            if (build != 0 && build < kFromMaster) is_animated_ = true;
        }
    });
}

void PptShapes::text(const PptRecord& record, Shape& shape) {
    PptTexts own;
    const auto take = [&](const PptText& text) {
        stream_.spend_text(text.utf16.size());
        if (stream_.failed()) return;
        shape.words += text.words() + '\n';
        shape.links += text.links;
    };
    stream_.each(record, [&](const PptRecord& part) {
        own.read(stream_, part);
        if (part.type != Ppt::outline_reference) return;
        const std::uint32_t index = u32_at(stream_.bytes(part, 4), 0);
        if (index < references_.outline.size()) take(references_.outline[index]);
    });
    for (const PptText& text : own.texts)
        take(text);
}

void PptShapes::count(const Shape& shape) {
    if (shape.is_deleted) return;
    census_.facts.add(Fact::links, shape.links);
    const auto object = references_.objects.find(shape.object);
    if (object != references_.objects.end()) {
        if (object->second) census_.facts.add(Fact::embedded_objects);
    } else if (shape.kind == kPictureFrame && shape.has_picture && shape.object == 0) {
        census_.facts.add(Fact::pictures);
    }
    const bool has_words = shape.words.find_first_not_of(" \n") != std::string::npos;
    const bool is_title = std::find(kTitles.begin(), kTitles.end(), shape.placeholder) != kTitles.end();
    if (is_title && has_words) census_.facts.add(Fact::headings);
    if (shape.placeholder == 0 && has_words) census_.facts.add(Fact::shapes);
    const bool is_computed = shape.placeholder == kDate || shape.placeholder == kSlideNumber;
    const bool is_running = shape.placeholder == kFooter || shape.placeholder == kHeader;
    WordList& words = is_computed ? census_.computed : is_running ? census_.running : flow_;
    words.add(shape.words);
    words.end_word();
}

} // namespace passerelle::convert
