// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/census.hpp"
#include "daemon/convert/xml_events.hpp"

#include <string_view>

namespace passerelle::convert {

/// The words of the header or footer that a sheet is printed with, out of Excel's codes for fonts, places and fields:
/// `&L&"Arial,Bold"&12Budget &A` gives "Budget" ([MS-XLS] 2.4.136 Header, ECMA-376 part 1, 18.3.1.46). UTF-8.
void add_sheet_header(WordList& words, std::string_view text);

/// Collects the headers and footers of a sheet (ECMA-376 part 1, 18.3.1.46), those that are switched on.
class SheetHeaders final : public XmlHandler {
  public:
    explicit SheetHeaders(Census& census) : census_(census) {}
    void start(std::string_view name, const XmlAttributes& attributes) override;
    void end(std::string_view name) override;
    void text(std::string_view piece) override;

  private:
    Census& census_;
    bool has_even_pages_ = false;
    bool has_first_page_ = false;
    bool is_open_ = false;
    std::string text_;
};

/// Counts a header or footer with words, and that it numbers or dates its pages.
void count_sheet_header(Census& census, std::string_view text);

} // namespace passerelle::convert
