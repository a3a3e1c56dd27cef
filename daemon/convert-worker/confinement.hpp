// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace passerelle::convert_worker {

/// The exit status of a worker whose memory ran out; the pool counts it as such.
inline constexpr int kOutOfMemoryStatus = 77;

/// Gives the process a network namespace of its own, in which nothing can be reached. Answers "namespace";
/// "seccomp" where the system allows none, but lets forbid_sockets_but_local() work; and else "shared": LibreOffice's
/// own settings are then what keeps it from following links. Must be called while the process has one thread.
[[nodiscard]] std::string_view leave_the_network();

/// From now on this thread and those it starts open no socket but local ones (seccomp(2)): others fail with EACCES.
/// False where the system does not allow it.
[[nodiscard]] bool forbid_sockets_but_local();

/// From now on this thread and those it starts make, change and remove files in `folder` alone, and start no program
/// (landlock(7)). False where the system does not allow it. After bound_resources().
[[nodiscard]] bool write_only_in(const std::string& folder);

/// No new privileges, no core dumps, bounds on memory (with room for what is only reserved), file size and open files;
/// a low priority, so that the server stays usable.
void bound_resources(std::uint64_t memory_bytes);

/// LibreOffice catches the signals of a crash to save what somebody was writing, and then exits with status 1. Here
/// nobody writes: the process ends at once by the signal itself, which the pool counts. To be called once it runs.
void end_by_crash_signals();

/// Ends the whole process group as soon as the other end of `socket` is closed, whatever LibreOffice does at that
/// moment. (A parent-death signal would be sent when the thread that started the worker ends.)
void end_with_the_pool(int socket);

} // namespace passerelle::convert_worker
