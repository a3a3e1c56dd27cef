// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/spawn.hpp"

#include "core/reason_codes.hpp"
#include "daemon/convert/worker_arguments.hpp"

#include <array>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>

namespace passerelle::convert {
namespace {

struct FileActions {
    posix_spawn_file_actions_t actions;
    FileActions() { ::posix_spawn_file_actions_init(&actions); }
    ~FileActions() { ::posix_spawn_file_actions_destroy(&actions); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
};

struct Attributes {
    posix_spawnattr_t attributes;
    Attributes() { ::posix_spawnattr_init(&attributes); }
    ~Attributes() { ::posix_spawnattr_destroy(&attributes); }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (std::string& text : texts)
        list.push_back(text.data());
    list.push_back(nullptr);
    return list;
}

std::vector<std::string> environment(const std::filesystem::path& home) {
    return {
        "PATH=/nonexistent", // starts no program: LibreOffice would ask gpg five times for its version, for signatures
        "HOME=" + home.string(), "TMPDIR=" + home.string(), "LANG=C.UTF-8",
        "SAL_USE_VCLPLUGIN=svp", // draws into memory, needs no display
        "SAL_DISABLE_OPENCL=1",
    };
}

Error unavailable(const char* what, int number) {
    return {ErrorKind::job, codes::convert_unavailable, std::string(what) + ": " + std::strerror(number)};
}

} // namespace

Result<Spawned> spawn(const std::filesystem::path& executable, const std::vector<std::string>& arguments,
                      const std::filesystem::path& home) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return unavailable("socketpair", errno);
    UniqueFd ours(ends[0]);
    UniqueFd theirs(ends[1]);
    if (theirs.get() == kWorkerSocket) {
        // A dup2 onto itself would leave close-on-exec set.
        theirs.reset(::fcntl(theirs.get(), F_DUPFD_CLOEXEC, kWorkerSocket + 1));
        if (!theirs) return unavailable("fcntl", errno);
    }

    FileActions files;
    for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        ::posix_spawn_file_actions_addopen(&files.actions, standard, "/dev/null", O_RDWR, 0);
    }
    ::posix_spawn_file_actions_adddup2(&files.actions, theirs.get(), kWorkerSocket);
    ::posix_spawn_file_actions_addclosefrom_np(&files.actions, kWorkerSocket + 1);

    Attributes attributes;
    ::posix_spawnattr_setflags(&attributes.attributes,
                               POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    sigset_t signals;
    ::sigemptyset(&signals);
    ::posix_spawnattr_setsigmask(&attributes.attributes, &signals);
    ::sigfillset(&signals);
    ::posix_spawnattr_setsigdefault(&attributes.attributes, &signals);

    std::vector<std::string> words{executable.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> variables = environment(home);
    pid_t pid = -1;
    const int error = ::posix_spawn(&pid, executable.c_str(), &files.actions, &attributes.attributes,
                                    pointers(words).data(), pointers(variables).data());
    if (error != 0) return unavailable(executable.c_str(), error);
    return Spawned{pid, std::move(ours)};
}

} // namespace passerelle::convert
