// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/log/log.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace passerelle::log {

/// One message. A value.
struct Line {
    std::string time; ///< "2026-03-14T09:26:53.589Z"
    Level level = Level::info;
    std::string room;
    std::optional<JobId> job;
    std::optional<ItemId> item;
    std::string message;
    friend bool operator==(const Line&, const Line&) = default;
};

/// For a terminal, without the line's end: control characters in it are made visible, so that a message is one line and
/// moves no cursor.
[[nodiscard]] std::string to_text(const Line& line);

/// to_text() without the time and the level.
[[nodiscard]] std::string to_message(const Line& line);

/// {"time":"…","level":"info","room":"jobs","job":3,"item":17,"message":"…"} without the line's end.
[[nodiscard]] std::string to_json(const Line& line);

/// Reads what to_json() wrote; nothing when the text is something else.
[[nodiscard]] std::optional<Line> from_json(std::string_view text);

} // namespace passerelle::log
