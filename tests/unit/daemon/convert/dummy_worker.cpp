// SPDX-License-Identifier: AGPL-3.0-or-later
// A worker without LibreOffice: does what the document tells it to, so that the pool's supervision can be tested. A
// document is RTF whose first word is the command; the result of a good conversion is the file `result` beside it.
#include "daemon/convert-worker/confinement.hpp"
#include "daemon/convert/channel.hpp"
#include "daemon/convert/worker_arguments.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <linux/ioprio.h>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace {

using passerelle::convert::Channel;
using passerelle::convert::Message;

std::string command_of(const std::filesystem::path& input) {
    std::ifstream file(input);
    std::string rtf;
    std::string command;
    file >> rtf >> command;
    return command;
}

[[noreturn]] void hang() {
    for (;;)
        ::pause();
}

[[noreturn]] void eat_memory() {
    std::vector<std::string> eaten;
    for (;;) {
        eaten.emplace_back(4 << 20, 'x');
        if (eaten.size() > 512) hang(); // 2 GiB: the bound was not watched
    }
}

[[noreturn]] void crash() {
    ::signal(SIGSEGV, SIG_DFL);
    ::raise(SIGSEGV);
    std::abort();
}

/// Says who it is through a pipe that then stays open as long as the process lives.
void report_to(const std::filesystem::path& pipe) {
    const int fd = ::open(pipe.c_str(), O_WRONLY);
    const std::string line = std::to_string(::getpid()) + "\n";
    if (::write(fd, line.data(), line.size()) < 0) std::abort();
}

/// Writes down what a document's conversion would find around it: one line each.
void describe(const std::filesystem::path& description) {
    passerelle::convert_worker::bound_resources(1ull << 30);
    std::vector<std::string> descriptors;
    for (int fd = 0; fd < 4096; ++fd) {
        if (::fcntl(fd, F_GETFD) >= 0) descriptors.push_back(std::to_string(fd));
    }
    std::ofstream file(description);
    for (const std::string& descriptor : descriptors)
        file << "descriptor " << descriptor << "\n";
    for (char** variable = environ; *variable; ++variable)
        file << "variable " << std::string_view(*variable).substr(0, std::string_view(*variable).find('=')) << "\n";
    file << "niceness " << ::getpriority(PRIO_PROCESS, 0) << "\n";
    const long io = ::syscall(SYS_ioprio_get, IOPRIO_WHO_PROCESS, 0);
    file << "io " << IOPRIO_PRIO_CLASS(io) << "/" << IOPRIO_PRIO_DATA(io) << "\n";
}

/// Which sockets a worker without a network namespace can open: the error of each family, 0 for none.
void try_sockets(const std::filesystem::path& description) {
    if (!passerelle::convert_worker::forbid_sockets_but_local()) std::abort();
    std::ofstream file(description);
    for (const int family : {AF_UNIX, AF_INET, AF_INET6, AF_NETLINK}) {
        const passerelle::UniqueFd opened(::socket(family, SOCK_DGRAM, 0));
        file << (opened ? 0 : errno) << "\n";
    }
}

/// What can be done outside and inside of the one folder in which a worker may write: the error of each, 0 for none.
void try_files(const std::filesystem::path& folder) {
    std::ofstream file(folder / "description"); // open before, as the channel is
    file << std::unitbuf;                       // what was tried is told even if this process ends
    // Memory is not what is tried, and AddressSanitizer maps terabytes.
    passerelle::convert_worker::bound_resources(1ull << 46);
    if (!passerelle::convert_worker::write_only_in(folder / "scratch")) {
        file << "not allowed here\n";
        return;
    }
    const auto error_of = [](int result) { return result < 0 ? errno : 0; };
    const auto make = [](const std::filesystem::path& path) {
        return ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    };
    file << error_of(make(folder / "outside")) << "\n";
    file << error_of(make(folder / "result")) << "\n";
    file << error_of(::unlink((folder / "result").c_str())) << "\n";
    file << error_of(::open((folder / "result").c_str(), O_RDONLY | O_CLOEXEC)) << "\n";
    file << error_of(make(folder / "scratch" / "inside")) << "\n";
    file << error_of(::unlink((folder / "scratch" / "inside").c_str())) << "\n";
    file << error_of(::execl("/bin/true", "true", nullptr)) << "\n";
}

Message convert(const std::filesystem::path& input, const std::filesystem::path& output, int socket) {
    const std::string command = command_of(input);
    const auto folder = input.parent_path();
    if (command == "crash") crash();
    if (command == "hang") hang();
    if (command == "eat") eat_memory();
    if (command == "no-memory") std::_Exit(passerelle::convert_worker::kOutOfMemoryStatus);
    if (command == "report-and-hang") {
        report_to(folder / "pipe");
        hang();
    }
    if (command == "report") report_to(folder / "pipe");
    if (command == "leave") std::_Exit(5);
    if (command == "describe") describe(folder / "description");
    if (command == "files") try_files(folder);
    if (command == "sockets") try_sockets(folder / "description");
    if (command == "half") {
        std::ofstream(output) << "half a resu";
        std::ofstream(output.parent_path() / ".~lock.result#") << "mine";
        crash();
    }
    if (command == "crash-once" && !std::filesystem::exists(folder / "crashed")) {
        std::ofstream(folder / "crashed").flush();
        crash();
    }
    if (command == "rubbish") {
        (void)::send(socket, "\xff\xff\xff\xff rubbish", 12, MSG_NOSIGNAL);
        hang();
    }
    if (command == "strange") return {"what", "is", "this"};
    if (command == "refuse") return {"failed", "no such filter"};
    if (command == "lie") {
        std::ofstream(output) << "no OpenDocument at all";
        return {"converted"};
    }
    if (command == "nothing") return {"converted"};
    std::filesystem::copy_file(folder / "result", output);
    return {"converted"};
}

} // namespace

int main(int argc, char** argv) {
    const auto arguments = passerelle::convert::WorkerArguments::parse({argv + 1, argv + argc});
    if (!arguments) return EXIT_FAILURE;
    Channel channel{passerelle::UniqueFd(passerelle::convert::kWorkerSocket)};
    passerelle::convert_worker::end_with_the_pool(channel.fd());
    if (arguments->libreoffice == "/nowhere") {
        (void)channel.send({"failed", "LibreOffice does not start"});
        return EXIT_FAILURE;
    }
    if (arguments->libreoffice.ends_with("starts-badly") && !std::filesystem::exists(arguments->libreoffice)) {
        std::ofstream(arguments->libreoffice).flush();
        crash();
    }
    if (!channel.send({"ready", "shared"})) return EXIT_FAILURE;
    Message request;
    for (;;) {
        const auto received = channel.receive(request, std::chrono::milliseconds(-1));
        if (received == Channel::Received::nothing_yet) continue;
        if (received != Channel::Received::message || request.size() != 4) return EXIT_SUCCESS;
        if (!channel.send(convert(request[1], request[2], channel.fd()))) return EXIT_SUCCESS;
    }
}
