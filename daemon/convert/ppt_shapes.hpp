// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/census.hpp"
#include "daemon/convert/ppt_text.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace passerelle::convert {

/// What the shapes of a slide refer to.
struct PptReferences {
    std::vector<PptText> outline;                 ///< of this slide
    const std::map<std::uint32_t, bool>& objects; ///< embedded ones by number; false: perhaps a chart
};

/// Counts the shapes of a slide or of a page of notes, and gives their text to `flow` ([MS-PPT] 2.5.13
/// DrawingContainer, [MS-ODRAW] 2.2.13). Confined to a thread.
class PptShapes {
  public:
    PptShapes(PptStream& stream, Census& census, WordList& flow, const PptReferences& references)
        : stream_(stream), census_(census), flow_(flow), references_(references) {}

    void read(const PptRecord& drawing);
    /// Some shape comes or goes in the way of PowerPoint 97.
    [[nodiscard]] bool is_animated() const { return is_animated_; }

  private:
    struct Shape {
        std::uint16_t kind = 0;
        std::uint8_t placeholder = 0;
        bool is_deleted = false;
        bool has_picture = false;
        bool is_table = false;
        std::uint64_t links = 0;
        std::uint32_t object = 0;
        std::int32_t left = 0;
        std::int32_t top = 0;
        std::string words;
    };

    void group(const PptRecord& record, int depth);
    void table(std::vector<Shape>& cells);
    [[nodiscard]] Shape shape(const PptRecord& record);
    void properties(const PptRecord& record, Shape& shape);
    void data(const PptRecord& record, Shape& shape);
    void text(const PptRecord& record, Shape& shape);
    void count(const Shape& shape);

    PptStream& stream_;
    Census& census_;
    WordList& flow_;
    const PptReferences& references_;
    bool is_animated_ = false;
};

} // namespace passerelle::convert
