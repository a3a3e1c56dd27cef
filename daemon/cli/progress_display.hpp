// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/words.hpp"
#include "daemon/jobs/progress_board.hpp"

#include <chrono>
#include <string>
#include <thread>

namespace passerelle::cli {

/// "412/1000 fichiers  23,4/46,0 Mo  1,9 Mo/s  reste 0:12  envoi : photos/été.jpg"
[[nodiscard]] std::string progress_line(const jobs::Progress& progress, std::chrono::seconds elapsed,
                                        Language language);

/// Shows a run's progress on stderr until it is destroyed: a bar that is redrawn on a terminal, else a line now and
/// then.
class ProgressDisplay {
  public:
    ProgressDisplay(const jobs::ProgressBoard& board, Language language);

  private:
    void draw_bar(const std::stop_token& over) const;
    void print_lines(const std::stop_token& over) const;
    [[nodiscard]] std::chrono::seconds elapsed() const;

    const jobs::ProgressBoard& board_;
    const Language language_;
    const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    std::jthread thread_;
};

} // namespace passerelle::cli
