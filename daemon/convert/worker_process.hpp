// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "daemon/convert/channel.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <sys/types.h>
#include <vector>

namespace passerelle::convert {

/// What one worker is started with and held to. A value.
struct WorkerSettings {
    std::filesystem::path executable;
    std::filesystem::path libreoffice;
    std::filesystem::path profile; ///< the worker's own folder, in place already
    std::uint64_t memory_bytes = 0;
};

/// How a worker's turn with one document ended. After all but the first two the process is gone.
enum class Outcome { converted, refused, crashed, timed_out, out_of_memory, stopped };

struct Turn {
    Outcome outcome = Outcome::crashed;
    std::string detail{}; ///< what LibreOffice said, or how the process ended ("signal 11"); for the log
};

/// One worker: a process in a session of its own that is killed with its whole group and reaped, at the latest by the
/// destructor. Confined to a thread at a time.
class WorkerProcess {
  public:
    /// Starts it and waits until LibreOffice runs. Errors: `convert.unavailable`, `job.stopped`.
    [[nodiscard]] static Result<std::unique_ptr<WorkerProcess>> start(WorkerSettings settings,
                                                                      const std::stop_token& stop);
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    [[nodiscard]] Turn convert(const std::filesystem::path& input, const std::filesystem::path& output,
                               const std::string& format, std::chrono::milliseconds timeout,
                               const std::stop_token& stop);

    /// How it ended between two documents; nothing while it lives.
    [[nodiscard]] std::optional<Turn> end_while_idle();
    [[nodiscard]] std::size_t documents() const { return documents_; }
    /// What it occupies now; 0 when that cannot be read.
    [[nodiscard]] std::uint64_t resident_bytes() const;
    /// What keeps the worker from the network: see PoolStatistics.
    [[nodiscard]] const std::string& network() const { return network_; }
    [[nodiscard]] pid_t pid() const { return pid_; }

  private:
    WorkerProcess(WorkerSettings settings, pid_t pid, UniqueFd socket);
    /// Waits for one message under all the bounds; without a message, the turn that this makes.
    [[nodiscard]] std::optional<Turn> await(Message& message, std::chrono::milliseconds timeout,
                                            const std::stop_token& stop);
    /// Kills and reaps what is left; answers the status that waitpid gave.
    int end();
    [[nodiscard]] Turn end_as(Outcome outcome, std::string detail);
    /// It hung up by itself: why?
    [[nodiscard]] Turn end_of_itself();

    WorkerSettings settings_;
    pid_t pid_ = -1;
    Channel channel_;
    std::size_t documents_ = 0;
    std::string network_;
};

} // namespace passerelle::convert
