// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

/// Names come from strangers' archives: what they may hold, and how each format shows it harmlessly.
namespace passerelle::report {

/// The text as valid UTF-8 in which every character can be seen: control characters become their pictures (␛), what
/// turns the direction of writing or breaks a line becomes its name (‹U+202E›), what is no UTF-8 becomes �.
[[nodiscard]] std::string visible(std::string_view text);

/// visible(), ready to stand in an element or in a quoted attribute.
[[nodiscard]] std::string html_text(std::string_view text);

/// visible(), quoted as RFC 4180 says where it must be. A text that a spreadsheet would take for a formula gets an
/// apostrophe in front.
[[nodiscard]] std::string csv_text(std::string_view text, char separator);

/// A path as tables show it: from the root, "/Drive/=1+1.ods", and visible(). The slash keeps it from being a formula,
/// so that a path is never altered. An empty path stays empty.
[[nodiscard]] std::string rooted_path(std::string_view path);

/// rooted_path(), quoted as csv needs it.
[[nodiscard]] std::string csv_path(std::string_view path, char separator);

} // namespace passerelle::report
