// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/worker_process.hpp"

#include "core/reason_codes.hpp"
#include "daemon/convert/spawn.hpp"
#include "daemon/convert/worker_arguments.hpp"

#include <cerrno>
#include <csignal>
#include <fstream>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace passerelle::convert {
namespace {

// How often the bounds are looked at while a document is in work.
constexpr std::chrono::milliseconds kWatchInterval{100};
constexpr std::chrono::milliseconds kStartTimeout{60'000};
// The status with which a worker ends when its memory ran out (daemon/convert-worker/confinement.hpp).
constexpr int kOutOfMemoryStatus = 77;

Error unavailable(std::string detail) {
    return {ErrorKind::job, codes::convert_unavailable, std::move(detail)};
}

} // namespace

WorkerProcess::WorkerProcess(WorkerSettings settings, pid_t pid, UniqueFd socket)
    : settings_(std::move(settings)), pid_(pid), channel_(std::move(socket)) {}

WorkerProcess::~WorkerProcess() {
    end();
}

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(WorkerSettings settings, const std::stop_token& stop) {
    const WorkerArguments arguments{settings.libreoffice, settings.profile, settings.memory_bytes};
    auto spawned = spawn(settings.executable, arguments.to_list(), settings.profile);
    if (!spawned) return failure(spawned);
    std::unique_ptr<WorkerProcess> worker(
        new WorkerProcess(std::move(settings), spawned->pid, std::move(spawned->socket)));

    Message hello;
    if (const auto turn = worker->await(hello, kStartTimeout, stop)) {
        if (turn->outcome == Outcome::stopped) return Error(ErrorKind::job, codes::job_stopped, "");
        return unavailable("the worker does not start: " + turn->detail);
    }
    if (hello.size() != 2 || hello[0] != messages::kReady) return unavailable(hello.back());
    worker->network_ = hello[1];
    return worker;
}

Turn WorkerProcess::convert(const std::filesystem::path& input, const std::filesystem::path& output,
                            const std::string& format, std::chrono::milliseconds timeout, const std::stop_token& stop) {
    ++documents_;
    if (!channel_.send({std::string(messages::kConvert), input.string(), output.string(), format}))
        return end_of_itself();
    Message answer;
    if (auto turn = await(answer, timeout, stop)) return *turn;
    if (answer.size() == 1 && answer[0] == messages::kConverted) return {Outcome::converted, {}};
    if (answer.size() == 2 && answer[0] == messages::kFailed) return {Outcome::refused, answer[1]};
    return end_as(Outcome::crashed, "an answer that is none");
}

std::optional<Turn> WorkerProcess::await(Message& message, std::chrono::milliseconds timeout,
                                         const std::stop_token& stop) {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    for (;;) {
        switch (channel_.receive(message, kWatchInterval)) {
        case Channel::Received::message:
            return std::nullopt;
        case Channel::Received::closed:
            return end_of_itself();
        case Channel::Received::rubbish:
            return end_as(Outcome::crashed, "an answer that is none");
        case Channel::Received::nothing_yet:
            break;
        }
        if (stop.stop_requested()) return end_as(Outcome::stopped, {});
        if (resident_bytes() > settings_.memory_bytes) return end_as(Outcome::out_of_memory, "above its bound");
        if (std::chrono::steady_clock::now() >= deadline) return end_as(Outcome::timed_out, {});
    }
}

std::optional<Turn> WorkerProcess::end_while_idle() {
    siginfo_t info{};
    const bool is_child = ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0;
    if (is_child && info.si_pid == 0) return std::nullopt;
    return end_of_itself();
}

std::uint64_t WorkerProcess::resident_bytes() const {
    // statm: size and resident set, in pages.
    std::ifstream statm("/proc/" + std::to_string(pid_) + "/statm");
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    if (!(statm >> size >> resident)) return 0;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

int WorkerProcess::end() {
    if (pid_ < 0) return 0;
    ::kill(-pid_, SIGKILL); // the session's leader and whatever it started
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
}

Turn WorkerProcess::end_as(Outcome outcome, std::string detail) {
    end();
    return {outcome, std::move(detail)};
}

Turn WorkerProcess::end_of_itself() {
    // Its socket closes before the process has quite ended: a kill at once would hide how it ended by itself.
    siginfo_t info{};
    for (int tries = 0; tries < 500; ++tries) {
        info = {};
        if (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != 0)
            break;
        ::poll(nullptr, 0, 10);
    }
    const int status = end();
    if (WIFSIGNALED(status)) return {Outcome::crashed, "signal " + std::to_string(WTERMSIG(status))};
    if (WIFEXITED(status) && WEXITSTATUS(status) == kOutOfMemoryStatus) return {Outcome::out_of_memory, "no memory"};
    return {Outcome::crashed, "status " + std::to_string(WEXITSTATUS(status))};
}

} // namespace passerelle::convert
