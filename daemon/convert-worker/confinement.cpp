// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert-worker/confinement.hpp"

#include "core/unique_fd.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/ioprio.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <new>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
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

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kArchitecture = 0; // no filter
#endif
constexpr std::uint32_t kFirstX32Call = 0x40000000; // the same calls of x86-64 under other numbers

constexpr sock_filter load(std::size_t offset) {
    return {BPF_LD | BPF_W | BPF_ABS, 0, 0, static_cast<std::uint32_t>(offset)};
}
/// Skips as many of the next instructions.
constexpr sock_filter if_equal(std::uint32_t value, std::uint8_t then, std::uint8_t otherwise) {
    return {BPF_JMP | BPF_JEQ | BPF_K, then, otherwise, value};
}
constexpr sock_filter answer(std::uint32_t action) {
    return {BPF_RET | BPF_K, 0, 0, action};
}

constexpr std::array kNoSocketsButLocal = {
    load(offsetof(seccomp_data, arch)),
    if_equal(kArchitecture, 1, 0),
    answer(SECCOMP_RET_ERRNO | EACCES),
    load(offsetof(seccomp_data, nr)),
    sock_filter{BPF_JMP | BPF_JGE | BPF_K, 5, 0, kFirstX32Call},
    if_equal(SYS_io_uring_setup, 4, 0), // it opens sockets past this filter
    if_equal(SYS_socket, 0, 2),
    load(offsetof(seccomp_data, args)), // the family: its low half, both architectures being little-endian
    if_equal(AF_UNIX, 0, 1),
    answer(SECCOMP_RET_ALLOW),
    answer(SECCOMP_RET_ERRNO | EACCES),
};

constexpr std::uint64_t kWritingAndStarting =
    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
    LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_EXECUTE;

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
    return forbid_sockets_but_local() ? "seccomp" : "shared";
}

bool forbid_sockets_but_local() {
    if (kArchitecture == 0) return false;
    auto instructions = kNoSocketsButLocal;
    const sock_fprog program{static_cast<unsigned short>(instructions.size()), instructions.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

bool write_only_in(const std::string& folder) {
    // Reading stays free: documents lie anywhere, and LibreOffice is spread over the system.
    landlock_ruleset_attr rules{kWritingAndStarting};
    if (::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) > 1)
        rules.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER; // else moves between folders are forbidden everywhere
    const UniqueFd ruleset(
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, &rules, sizeof(rules.handled_access_fs), 0)));
    const UniqueFd place(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!ruleset || !place) return false;
    const landlock_path_beneath_attr beneath{rules.handled_access_fs & ~LANDLOCK_ACCESS_FS_EXECUTE, place.get()};
    return ::syscall(SYS_landlock_add_rule, ruleset.get(), LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0 &&
           ::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) == 0;
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
    // Each for itself, and as far as the system allows: a worker that is not nice converts as well.
    (void)!::nice(kNiceness);
    ::syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, 0, IOPRIO_PRIO_VALUE(IOPRIO_CLASS_BE, 7));
}

void end_by_crash_signals() {
    for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS, SIGTERM})
        ::signal(number, SIG_DFL);
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
