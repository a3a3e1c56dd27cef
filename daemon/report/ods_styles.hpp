// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the spreadsheet: how its cells look.
#pragma once

#include "client/xml/writer.hpp"
#include "core/words.hpp"
#include "daemon/report/ods_sheets.hpp"

namespace passerelle::report {

inline constexpr const char* kRowStyle = "row";
inline constexpr const char* kDayStyle = "day";
inline constexpr const char* kTitleStyle = "title";
inline constexpr const char* kHeadStyle = "head";

[[nodiscard]] const char* style_of(SheetColumn::Width width);
[[nodiscard]] const char* style_of(SheetColumn::Cells cells);

/// Of the element just started.
void write_namespaces(xml::Writer& writer);
/// The styles that the names above stand for.
void write_automatic_styles(xml::Writer& writer, Language language);

} // namespace passerelle::report
