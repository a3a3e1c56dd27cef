// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert-worker/confinement.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <linux/ioprio.h>
#include <new>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

namespace passerelle::convert_worker {
namespace {

// LibreOffice maps its libraries and thread stacks: address space that never becomes memory.
constexpr rlim_t kReservedBytes = 3ull << 30;
constexpr rlim_t kMaxFileBytes = 4ull << 30;
constexpr rlim_t kMaxOpenFiles = 512;
constexpr int kNiceness = 10;

void lower(int resource, rlim_t value) {
    rlimit limit{};
    if (::getrlimit(static_cast<__rlimit_resource>(resource), &limit) != 0) return;
    if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < value) value = limit.rlim_max;
    limit.rlim_cur = limit.rlim_max = value;
    ::setrlimit(static_cast<__rlimit_resource>(resource), &limit);
}

} // namespace

std::string_view leave_the_network() {
    // Root may take the namespace directly; everybody else needs a user namespace around it.
    if (::unshare(CLONE_NEWNET) == 0 || ::unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0) return "namespace";
    return "shared";
}

void bound_resources(std::uint64_t memory_bytes) {
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    lower(RLIMIT_CORE, 0);
    lower(RLIMIT_FSIZE, kMaxFileBytes);
    lower(RLIMIT_NOFILE, kMaxOpenFiles);
    lower(RLIMIT_AS, memory_bytes + kReservedBytes);
    ::signal(SIGXFSZ, SIG_IGN); // a write beyond the bound fails like one on a full disk
    std::set_new_handler([] { std::_Exit(kOutOfMemoryStatus); });
    errno = 0;
    if (::nice(kNiceness) == -1 && errno != 0) return;
    ::syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, 0, IOPRIO_PRIO_VALUE(IOPRIO_CLASS_BE, 7));
}

void end_with_the_pool(int socket) {
    std::thread([socket] {
        pollfd hung_up{socket, POLLRDHUP, 0};
        while (::poll(&hung_up, 1, -1) < 0 && errno == EINTR) {
        }
        ::kill(0, SIGKILL);
    }).detach(); // lives exactly as long as the process
}

} // namespace passerelle::convert_worker
