// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string_view>

namespace passerelle::convert {

class WordList;

/// The words of the header or footer that a sheet is printed with, out of Excel's codes for fonts, places and fields:
/// `&L&"Arial,Bold"&12Budget &A` gives "Budget" ([MS-XLS] 2.4.136 Header, ECMA-376 part 1, 18.3.1.46). UTF-8.
void add_sheet_header(WordList& words, std::string_view text);

} // namespace passerelle::convert
