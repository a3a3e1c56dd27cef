// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "core/unique_fd.hpp"
#include "daemon/log/lines.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace passerelle::log {

/// Which lines are wanted. A value.
struct Filter {
    std::optional<JobId> job; ///< lines of this job alone
    Level least = Level::info;
};

/// Reads a log file back, with those that were put aside before it. Confined to a thread.
class Reader {
  public:
    explicit Reader(std::filesystem::path file) : file_(std::move(file)) {}

    /// Hands over the wanted lines, oldest first, that were written since the last call; the first call begins with the
    /// oldest file that is kept. A last line that is not complete yet waits for the next call; what is no line of a log
    /// is passed over. A file that does not exist yet holds no lines. To follow a log, call again and again. Error:
    /// `log.unavailable` (permanent).
    [[nodiscard]] Result<void> read_new(const Filter& filter, const std::function<void(const Line&)>& take);

  private:
    using Take = std::function<void(const Line&)>;
    Result<void> read_file(const std::filesystem::path& file, const Filter& filter, const Take& take);
    Result<void> read_rest(const Filter& filter, const Take& take);
    [[nodiscard]] bool was_replaced() const;

    std::filesystem::path file_;
    UniqueFd open_;
    std::string begun_; ///< a line whose end is not written yet
    bool started_ = false;
};

} // namespace passerelle::log
