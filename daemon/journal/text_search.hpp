// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

struct sqlite3;

namespace passerelle::journal {

/// The text as it is searched: without case, accents and compatibility forms. What is no UTF-8 is taken byte by byte.
[[nodiscard]] std::string searchable(std::string_view text);

/// Makes `contains_text(text, searchable)` known to a connection: 1 where the second stands in searchable(first).
void add_text_search(sqlite3* database);

} // namespace passerelle::journal
