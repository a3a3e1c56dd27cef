// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace passerelle::convert {

/// What is counted in a document beside its words and cells. daemon/convert/rules.cpp says how each is compared.
enum class Fact {
    tables,
    pictures,
    charts,
    footnotes, ///< and endnotes
    comments,
    slides,
    headings,
    lists, ///< paragraphs in lists
    links,
    tracked_changes,
    fields, ///< page numbers, dates, references: what fills itself in
    form_fields,
    embedded_objects, ///< documents in the document, sounds and videos
    equations,        ///< that the program writes itself; others are embedded objects
    merged_cells,
    conditional_formats,
    validations, ///< rules for what may be typed into cells
    pivot_tables,
    hidden_sheets,
    hidden_slides,
    animated_slides,
    paragraphs,    ///< with text of their own, outside of notes, comments and text boxes
    shapes,        ///< text boxes and drawings in texts and on sheets
    speaker_notes, ///< slides with notes
    headers,       ///< headers and footers with words
    transitions,   ///< slides that come with an effect
    count_
};

inline constexpr std::size_t kFacts = static_cast<std::size_t>(Fact::count_);

/// How often each fact was found. A fact that a reader of a format cannot know is unknown, which is not zero, and is
/// not compared. A value.
class FactCounts {
  public:
    void add(Fact fact, std::uint64_t times = 1) {
        if (auto& count = counts_[index(fact)]) *count += times;
    }
    void set_unknown(Fact fact) { counts_[index(fact)].reset(); }
    [[nodiscard]] std::optional<std::uint64_t> get(Fact fact) const { return counts_[index(fact)]; }

  private:
    static constexpr std::size_t index(Fact fact) { return static_cast<std::size_t>(fact); }
    static constexpr std::array<std::optional<std::uint64_t>, kFacts> zeros() {
        std::array<std::optional<std::uint64_t>, kFacts> counts;
        counts.fill(0);
        return counts;
    }

    std::array<std::optional<std::uint64_t>, kFacts> counts_ = zeros();
};

} // namespace passerelle::convert
