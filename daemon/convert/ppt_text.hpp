// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/ppt_records.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace passerelle::convert {

/// The text of one box, or of one place in a slide's outline. A value.
struct PptText {
    std::string utf16;
    std::set<std::uint32_t> fields; ///< places of the single characters that stand for a date, a page number, …
    std::uint64_t links = 0;        ///< to what lies outside the document

    /// In UTF-8, without the fields.
    [[nodiscard]] std::string words() const;
};

/// Collects texts from the records that make them up ([MS-PPT] 2.9): a header begins each. Confined to a thread.
class PptTexts {
  public:
    /// A record that is no text's is left alone.
    void read(PptStream& stream, const PptRecord& record);
    std::vector<PptText> texts;
};

/// An interaction that leads to a page on the web or to another file, when somebody clicks.
[[nodiscard]] bool is_link(PptStream& stream, const PptRecord& interaction);

} // namespace passerelle::convert
