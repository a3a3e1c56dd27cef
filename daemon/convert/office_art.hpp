// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace passerelle::convert {

/// The properties of one shape, as old presentations and workbooks both store them ([MS-ODRAW] 2.2.9 OfficeArtFOPT).
struct OfficeArtProperties {
    bool has_picture = false;
    bool is_table = false; ///< a group that is one
    std::string word_art;  ///< text drawn as a picture of itself, in UTF-8; it stands nowhere else
};

/// `count` properties and what does not fit into six bytes each; whatever is missing is passed over.
[[nodiscard]] OfficeArtProperties read_properties(std::string_view bytes, std::size_t count);

/// Of the shapes in a piece of a workbook's drawing (MSODRAWING record): their word art, a line each.
[[nodiscard]] std::string word_art_in(std::string_view drawing);

} // namespace passerelle::convert
