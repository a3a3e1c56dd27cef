// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/stream_window.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace passerelle::convert {

/// The records of a presentation that our readers know ([MS-PPT] 2.13.24 RecordType, [MS-ODRAW] for 0xF000 and above).
enum class Ppt : std::uint16_t {
    document = 0x03E8,
    slide = 0x03EE,
    slide_atom = 0x03EF,
    notes = 0x03F0,
    slide_persist = 0x03F3,
    slide_show_info = 0x03F9,
    external_objects = 0x0409,
    drawing = 0x040C,
    round_trip_placeholder = 0x0420,
    object_reference = 0x0BC1,
    placeholder = 0x0BC3,
    outline_reference = 0x0F9E,
    text_header = 0x0F9F,
    text_wide = 0x0FA0,
    text_narrow = 0x0FA8,
    string = 0x0FBA,
    embedded_object = 0x0FCC,
    object_atom = 0x0FC3,
    slide_number_field = 0x0FD8,
    headers_footers = 0x0FD9,
    headers_footers_atom = 0x0FDA,
    slide_list = 0x0FF0,
    animation_atom = 0x0FF1,
    interaction = 0x0FF2,
    interaction_atom = 0x0FF3,
    user_edit = 0x0FF5,
    date_field = 0x0FF7,
    generic_date_field = 0x0FF8,
    header_field = 0x0FF9,
    footer_field = 0x0FFA,
    animation = 0x1014,
    rtf_date_field = 0x1015,
    tags = 0x1388,
    binary_tag = 0x138A,
    binary_tag_data = 0x138B,
    persist_directory = 0x1772,
    comment = 0x2EE0,
    shape_drawing = 0xF002,
    shape_group = 0xF003,
    shape = 0xF004,
    shape_atom = 0xF00A,
    shape_properties = 0xF00B,
    shape_text = 0xF00D,
    shape_place_in_group = 0xF00F,
    shape_data = 0xF011,
    shape_more_properties = 0xF122,
    animate = 0xF12B, ///< the first of the eight behaviours
    command = 0xF132, ///< the last of them
    timing = 0xF144,
};

/// One record: its header, and where what it holds lies in the stream.
struct PptRecord {
    Ppt type = Ppt::document;
    std::uint16_t instance = 0;
    bool is_container = false;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

/// The stream "PowerPoint Document": records within records. Confined to a thread.
class PptStream {
  public:
    PptStream(CompoundFile& file, const CompoundFile::Entry& stream) : window_(file, stream) {}

    /// Nothing where no record begins, where it reaches over `end`, and after more records than a sound file can make
    /// anybody read: some of them lead in a circle then. failed() tells.
    [[nodiscard]] std::optional<PptRecord> at(std::uint64_t offset, std::uint64_t end);
    [[nodiscard]] std::optional<PptRecord> at(std::uint64_t offset) { return at(offset, window_.size()); }

    /// Hands each record between `begin` and `end` to `visit`, one after the other.
    template <typename Visit> void each(std::uint64_t begin, std::uint64_t end, Visit&& visit) {
        while (begin + 8 <= end) { // fewer bytes are padding
            const auto record = at(begin, end);
            if (!record) return;
            visit(*record);
            begin = record->end;
        }
    }
    template <typename Visit> void each(const PptRecord& parent, Visit&& visit) {
        each(parent.begin, parent.end, std::forward<Visit>(visit));
    }
    /// The first of this type in a container.
    [[nodiscard]] std::optional<PptRecord> child(const PptRecord& parent, Ppt type);

    /// At most `length` bytes of what a record holds.
    [[nodiscard]] std::string bytes(const PptRecord& record, std::size_t length);
    /// A text of at most some millions of characters, as UTF-16 or as its low bytes; longer ones fail.
    [[nodiscard]] std::string text(const PptRecord& record);

    /// Once a record was found that cannot be read, or whoever reads gave up().
    [[nodiscard]] bool failed() const { return failed_; }
    void give_up() { failed_ = true; }
    /// Counts text that is used once more, for a small file may show one long text in very many shapes.
    void spend_text(std::uint64_t bytes);
    [[nodiscard]] std::uint64_t size() const { return window_.size(); }

  private:
    StreamWindow window_;
    std::uint64_t records_read_ = 0;
    std::uint64_t bytes_read_ = 0;
    std::uint64_t text_read_ = 0;
    bool failed_ = false;
};

/// Where the objects of a presentation lie that a number stands for: the document, slides, notes.
using PersistDirectory = std::map<std::uint32_t, std::uint32_t>;

struct LivePresentation {
    PptRecord document;
    PersistDirectory objects;
};

/// Follows the edits from the newest to the oldest ([MS-PPT] 2.1.2): what was saved later hides what was saved before.
[[nodiscard]] std::optional<LivePresentation> find_live_presentation(CompoundFile& file, PptStream& stream);

} // namespace passerelle::convert
