// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <stop_token>
#include <thread>

namespace passerelle::cli {

/// Turns the first Ctrl-C or SIGTERM into a stop request; the second one ends the process at once (nothing is lost: the
/// journal is durable at every step). Blocks the signals for the whole process: made before any other thread.
class Interruption {
  public:
    Interruption();

    [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

  private:
    std::stop_source source_;
    std::jthread waiter_;
};

} // namespace passerelle::cli
