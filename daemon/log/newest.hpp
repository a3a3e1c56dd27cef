// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "daemon/log/lines.hpp"
#include "daemon/log/reader.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace passerelle::log {

/// Hands over the wanted lines of a log file and of those that were put aside before it, the newest first, until `take`
/// answers false; what lies before is not read. Where `since` is not empty, lines up to this time are not handed over,
/// and the reading ends with them (threads may write some lines out of order: it goes back a little further). A last
/// line that is not complete yet, and what is no line of a log, is passed over. A file that does not exist holds no
/// lines. Error: `log.unavailable` (permanent).
[[nodiscard]] Result<void> read_newest(const std::filesystem::path& file, const Filter& filter,
                                       const std::string& since, const std::function<bool(const Line&)>& take);

} // namespace passerelle::log
