// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/program/program.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <spawn.h>
#include <string_view>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace passerelle::program {
namespace {

UniqueFd memory_file(const char* name) {
    UniqueFd fd(::memfd_create(name, MFD_CLOEXEC));
    if (!fd) throw std::system_error(errno, std::generic_category(), "memfd_create");
    return fd;
}

std::string text_of(const UniqueFd& file) {
    std::string text;
    std::array<char, 65536> block{};
    for (ssize_t count = 0;
         (count = ::pread(file.get(), block.data(), block.size(), static_cast<off_t>(text.size()))) > 0;)
        text.append(block.data(), static_cast<std::size_t>(count));
    return text;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (auto& text : texts)
        list.push_back(text.data());
    list.push_back(nullptr);
    return list;
}

/// This process's environment without what would steer the program.
std::vector<std::string> environment_with(const std::string& home) {
    std::vector<std::string> variables{"HOME=" + home};
    for (char** variable = environ; *variable != nullptr; ++variable) {
        const std::string_view text(*variable);
        bool steers = false;
        for (const std::string_view name : {"HOME=", "XDG_", "PASSERELLE_", "STATE_DIRECTORY=", "LC_", "LANG"})
            steers = steers || text.starts_with(name);
        if (!steers) variables.emplace_back(text);
    }
    return variables;
}

} // namespace

Program::Program(const std::vector<std::string>& arguments, const std::string& home)
    : out_(memory_file("stdout")), err_(memory_file("stderr")) {
    std::vector<std::string> words{PASSERELLE_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    auto variables = environment_with(home);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out_.get(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err_.get(), STDERR_FILENO);
    const int failed = ::posix_spawn(&pid_, words.front().c_str(), &actions, nullptr, pointers(words).data(),
                                     pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::system_error(failed, std::generic_category(), words.front());
}

Program::~Program() {
    if (has_ended()) return;
    signal(SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

void Program::signal(int number) const {
    ::kill(pid_, number);
}

bool Program::has_ended() {
    int status = 0;
    if (!status_ && ::waitpid(pid_, &status, WNOHANG) == pid_) status_ = status;
    return status_.has_value();
}

std::string Program::errors() const {
    return text_of(err_);
}

Outcome Program::wait() {
    int status = 0;
    if (!status_ && ::waitpid(pid_, &status, 0) == pid_) status_ = status;
    const int ended = status_.value();
    return {.exit_code = WIFEXITED(ended) ? WEXITSTATUS(ended) : -1,
            .signal = WIFSIGNALED(ended) ? WTERMSIG(ended) : 0,
            .out = text_of(out_),
            .err = text_of(err_)};
}

void adopt_orphans() {
    if (::prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) throw std::system_error(errno, std::generic_category(), "prctl");
}

std::vector<pid_t> children_of(pid_t parent, const std::string& executable) {
    std::vector<pid_t> children;
    std::error_code gone; // processes end while we look
    for (const auto& process : std::filesystem::directory_iterator("/proc", gone)) {
        if (process.path().filename().string().find_first_not_of("0123456789") != std::string::npos) continue;
        // proc(5): pid (name) state parent
        std::ifstream stat(process.path() / "stat");
        pid_t pid = 0;
        pid_t its_parent = 0;
        std::string name;
        char state = 0;
        if (!(stat >> pid >> name >> state >> its_parent) || its_parent != parent || state == 'Z') continue;
        if (std::filesystem::read_symlink(process.path() / "exe", gone).filename() == executable)
            children.push_back(pid);
    }
    std::ranges::sort(children);
    return children;
}

bool has_children() {
    while (::waitpid(-1, nullptr, WNOHANG) > 0) {
    }
    return ::waitpid(-1, nullptr, WNOHANG) == 0;
}

} // namespace passerelle::program
