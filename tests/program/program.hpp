// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/unique_fd.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <sys/types.h>
#include <thread>
#include <vector>

/// The program itself, as a person or a script runs it.
namespace passerelle::program {

/// How a process ended. A value.
struct Outcome {
    int exit_code = -1; ///< -1 where a signal ended it
    int signal = 0;     ///< 0 where it ended by itself
    std::string out;
    std::string err;
};

/// A running `passerelle`. Ends it, if need be, when it goes out of scope. Confined to a thread.
class Program {
  public:
    /// Its home is `home`, so that nobody's own settings are read. Throws std::system_error.
    Program(const std::vector<std::string>& arguments, const std::string& home);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    void signal(int number) const;
    [[nodiscard]] pid_t pid() const { return pid_; }
    [[nodiscard]] bool has_ended();
    /// What it has written to stderr so far.
    [[nodiscard]] std::string errors() const;
    /// Waits for its end.
    [[nodiscard]] Outcome wait();

  private:
    pid_t pid_ = -1;
    std::optional<int> status_;
    UniqueFd out_;
    UniqueFd err_;
};

/// Makes processes whose parent dies children of this one, so that none can hide.
void adopt_orphans();
/// The children of a process whose executable has this name, the oldest first.
[[nodiscard]] std::vector<pid_t> children_of(pid_t parent, const std::string& executable);
/// Processes of this one that have not ended; those that have are buried.
[[nodiscard]] bool has_children();

/// Looks until the condition holds; answers whether it did within the limit.
template <class Condition> [[nodiscard]] bool eventually(const Condition& condition, std::chrono::seconds limit) {
    constexpr std::chrono::milliseconds kLookEvery{1};
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(kLookEvery);
    }
    return true;
}

} // namespace passerelle::program
