// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/ids.hpp"
#include "core/result.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// Messages for the person who looks after a server. What to write at which level:
///   error    something is broken that a person has to mend      info     what an administrator wants to know of a day
///   warning  something failed and the program went on           debug    the rest; the only level that may name files
/// A secret cannot be formatted (core/secret.hpp); what looks like one inside a text is hidden before it is written.
namespace passerelle::log {

enum class Level { debug, info, warning, error };

/// "debug", "info", "warning", "error".
[[nodiscard]] std::string_view to_string(Level level);
[[nodiscard]] std::optional<Level> level_from(std::string_view word);

enum class Format { text, json };

/// A room's part of the log: its name and level. Internally locked; lives as long as the program.
struct Room {
    std::string name;
    std::atomic<Level> level;
};

/// Writes for one room, and with one subject. A value, cheap to copy; any thread may use it.
class Logger {
  public:
    explicit Logger(const Room& room) : room_(&room) {}

    /// The same logger speaking of one job, or of one item; the ids become the fields `job` and `item`.
    [[nodiscard]] Logger with(JobId job) const;
    [[nodiscard]] Logger with(ItemId item) const;

    [[nodiscard]] bool writes(Level level) const { return level >= room_->level.load(std::memory_order_relaxed); }

    template <class... Args> void debug(fmt::format_string<Args...> format, Args&&... args) const {
        if (writes(Level::debug)) write(Level::debug, fmt::format(format, std::forward<Args>(args)...));
    }
    template <class... Args> void info(fmt::format_string<Args...> format, Args&&... args) const {
        if (writes(Level::info)) write(Level::info, fmt::format(format, std::forward<Args>(args)...));
    }
    template <class... Args> void warning(fmt::format_string<Args...> format, Args&&... args) const {
        if (writes(Level::warning)) write(Level::warning, fmt::format(format, std::forward<Args>(args)...));
    }
    template <class... Args> void error(fmt::format_string<Args...> format, Args&&... args) const {
        if (writes(Level::error)) write(Level::error, fmt::format(format, std::forward<Args>(args)...));
    }

  private:
    void write(Level level, const std::string& message) const;

    const Room* room_;
    std::optional<JobId> job_;
    std::optional<ItemId> item_;
};

/// The logger of a room ("jobs", "http"). Before set_up() it writes warnings and errors to standard error as text.
[[nodiscard]] Logger logger(std::string_view room);

/// Where messages go, and which.
struct Options {
    Level level = Level::info;
    std::map<std::string, Level> rooms; ///< other levels for single rooms
    bool on_stderr = true;              ///< in systemd's journal, with fields, where standard error leads there
    Format stderr_format = Format::text;
    std::filesystem::path file;                  ///< JSON lines; empty: none. Its folder is made, for this user alone
    std::uint64_t file_bytes = 10 * 1024 * 1024; ///< a file of that size is put aside as "<name>.1.<extension>"
    std::size_t kept_files = 5;
};

/// Applies to all loggers, those that exist already too; may be called again. Error: `log.unavailable` (permanent) when
/// the file cannot be written; then nothing has changed.
[[nodiscard]] Result<void> set_up(const Options& options);

/// Puts the file aside before it has its full size, if there is something in it. Error: as set_up().
[[nodiscard]] Result<void> begin_new_file();

/// Reads "http=debug, jobs=warning". Error: `log.rooms` (permanent) with the parameter `text`, the part that is not
/// understood.
[[nodiscard]] Result<std::map<std::string, Level>> parse_rooms(std::string_view text);

} // namespace passerelle::log
