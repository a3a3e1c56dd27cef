// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/words.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace passerelle::sources {

/// What a downloaded part's file name says. A value.
struct PartName {
    ExportKind kind = ExportKind::takeout; ///< takeout or drive_download
    std::string
        export_name;   ///< what all parts of the export share: "takeout-20240712T112341Z", "Bureau-20250821T104544Z"
    std::string batch; ///< "7" in takeout-20251202T121101Z-7-003.zip; often empty
    int number = 0;
    bool copy = false; ///< a browser's " (1)": the same part downloaded again
};

[[nodiscard]] std::optional<PartName> parse_part_name(std::string_view file_name);

/// A file too large for a part is delivered beside the zips as `<stem>-<part>.<extension>`; answers
/// `<stem>.<extension>`.
[[nodiscard]] std::optional<std::string> loose_file_name(std::string_view file_name);

} // namespace passerelle::sources
