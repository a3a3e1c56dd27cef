// SPDX-License-Identifier: AGPL-3.0-or-later
// Three ways to have LibreOffice ready, with the same loading and storing in each, and nothing else of Passerelle:
//   bench_workers WAY FOLDER WORKERS FILE...
// WAY: fork (workers are forked from a parent in which LibreOfficeKit is initialised as far as that goes without its
// main loop), warm (each worker starts LibreOffice and keeps it), each (a process for each document).
// `scripts/bench workers` runs them all; docs/decisions/0012-workers-start-by-themselves.md has the figures.
#include "daemon/convert-worker/office.hpp"
#include "daemon/convert/converter.hpp"
#include "daemon/convert/family.hpp"
#include "daemon/convert/installation.hpp"
#include "daemon/convert/profiles.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <fmt/format.h>
#include <fstream>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using passerelle::convert_worker::Office;

/// What all processes see.
struct Board {
    Clock::time_point begin = Clock::now();
    std::atomic<int> next{0};      ///< the document that is in nobody's hands yet
    std::atomic<int> done{0};      ///< documents
    std::atomic<int> failed{0};    ///< documents
    std::atomic<int> finished{0};  ///< workers that found no document left
    std::atomic<int> started{0};   ///< workers, ever
    std::atomic<double> first{0};  ///< seconds until the first document was done
    std::atomic<double> starts{0}; ///< processor seconds of all starts
    std::atomic<long> memory_kilobytes{0};
};

struct Work {
    std::string program;
    fs::path folder;
    int workers = 2;
    std::vector<std::string> files;
};

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

double processor_seconds(__rusage_who who) {
    rusage used{};
    ::getrusage(who, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

/// The proportional share: pages that n processes have in common count as an n-th for each.
long own_kilobytes() {
    std::ifstream rollup("/proc/self/smaps_rollup");
    for (std::string word; rollup >> word;) {
        long kilobytes = 0;
        if (word == "Pss:" && rollup >> kilobytes) return kilobytes;
    }
    return 0;
}

std::string threads() {
    std::string names;
    for (const auto& task : fs::directory_iterator("/proc/self/task")) {
        std::string name;
        std::getline(std::ifstream(task.path() / "comm"), name);
        names += " " + name;
    }
    return names;
}

/// Pages count as shared only while all are alive.
void measure_together(Board& board, int workers) {
    ++board.finished;
    const auto begin = Clock::now();
    const auto wait_for = [&](int count) {
        while (board.finished < count && seconds_since(begin) < 10)
            ::usleep(1000);
    };
    wait_for(workers);
    board.memory_kilobytes += own_kilobytes();
    ++board.finished;
    wait_for(2 * workers);
}

void convert_documents(Board& board, const Work& work, const fs::path& profile, int at_most) {
    const auto office = Office::start(work.program, profile);
    if (!office) std::exit(EXIT_FAILURE);
    board.starts += processor_seconds(RUSAGE_SELF);
    ++board.started;
    for (int count = 0; count < at_most; ++count) {
        const auto index = static_cast<std::size_t>(board.next++);
        if (index >= work.files.size()) break;
        const auto inspection = passerelle::convert::inspect(work.files[index], work.files[index]);
        const std::string format(inspection ? passerelle::convert::opendocument_format(inspection->format) : "");
        const bool converted = !office->convert(work.files[index], work.folder / std::to_string(index), format);
        converted ? ++board.done : ++board.failed;
        double nothing = 0;
        board.first.compare_exchange_strong(nothing, seconds_since(board.begin));
    }
}

fs::path make_profile(const fs::path& folder) {
    fs::create_directories(folder / "user");
    std::ofstream(folder / "user/registrymodifications.xcu") << passerelle::convert::settings_xml("fr-FR");
    return folder;
}

pid_t spawn_self(std::vector<std::string> words) {
    std::vector<char*> pointers;
    for (auto& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    pid_t pid = -1;
    if (::posix_spawn(&pid, "/proc/self/exe", nullptr, nullptr, pointers.data(), environ) != 0) std::abort();
    return pid;
}

/// One more process in the place `slot`, which finds the board behind the descriptor.
pid_t spawn_worker(const Work& work, int board, int slot, int at_most) {
    const auto profile = make_profile(work.folder / fmt::format("profile-{}", slot));
    std::vector<std::string> words{"bench_workers",
                                   "--worker",
                                   work.program,
                                   work.folder,
                                   profile,
                                   std::to_string(board),
                                   std::to_string(at_most),
                                   std::to_string(work.workers)};
    words.insert(words.end(), work.files.begin(), work.files.end());
    return spawn_self(std::move(words));
}

int worker_main(int argc, char** argv) {
    Work work{argv[2], argv[3], std::atoi(argv[7]), {argv + 8, argv + argc}};
    void* memory = ::mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED, std::atoi(argv[5]), 0);
    auto& board = *static_cast<Board*>(memory);
    const int at_most = std::atoi(argv[6]);
    convert_documents(board, work, argv[4], at_most);
    if (at_most > 1)
        measure_together(board, work.workers);
    else
        board.memory_kilobytes = work.workers * own_kilobytes();
    std::_Exit(EXIT_SUCCESS);
}

void fork_workers(Board& board, const Work& work) {
    // LibreOffice 7.4 reads its settings here, before it knows the profile: those of the home count, for all workers.
    make_profile(fs::path(std::getenv("HOME")) / ".config/libreoffice/4");
    const std::string profile = "file://" + (work.folder / "profile-parent").string();
    void* const library = ::dlopen((work.program + "/libmergedlo.so").c_str(), RTLD_NOW | RTLD_GLOBAL);
    using Prepare = int (*)(const char* program, const char* profile);
    const auto prepare = library ? reinterpret_cast<Prepare>(::dlsym(library, "lok_preinit")) : nullptr;
    if (!prepare || prepare(work.program.c_str(), profile.c_str()) != 0) std::exit(EXIT_FAILURE);
    fmt::print("threads of the parent when it forks:{}\n", threads());
    std::fflush(stdout);
    for (int slot = 0; slot < work.workers; ++slot) {
        if (::fork() != 0) continue;
        convert_documents(board, work, make_profile(work.folder / fmt::format("profile-{}", slot)), 1 << 20);
        measure_together(board, work.workers + 1);
        std::_Exit(EXIT_SUCCESS);
    }
    measure_together(board, work.workers + 1);
}

void one_for_each(const Work& work, Board& board, int descriptor) {
    std::vector<std::jthread> slots;
    for (int slot = 0; slot < work.workers; ++slot) {
        slots.emplace_back([&, slot] {
            while (board.next < static_cast<int>(work.files.size()))
                ::waitpid(spawn_worker(work, descriptor, slot, 1), nullptr, 0);
        });
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc > 8 && std::string(argv[1]) == "--worker") return worker_main(argc, argv);
    if (argc < 5) {
        std::fputs("usage: bench_workers fork|warm|each FOLDER WORKERS FILE...\n", stderr);
        return 1;
    }
    const std::string way = argv[1];
    Work work{"", fs::absolute(argv[2]), std::max(1, std::atoi(argv[3])), {}};
    for (int i = 4; i < argc; ++i)
        work.files.push_back(fs::absolute(argv[i]));
    fs::create_directories(work.folder / "home");
    ::setenv("HOME", (work.folder / "home").c_str(), 1);
    ::setenv("PATH", "/nonexistent", 1);
    ::setenv("SAL_USE_VCLPLUGIN", "svp", 1);
    const auto program =
        passerelle::convert::complete_installation("/usr/lib/libreoffice/program", work.folder / "installation");
    if (!program) return 1;
    work.program = *program;

    const int descriptor = ::memfd_create("board", 0);
    if (::ftruncate(descriptor, sizeof(Board)) != 0) return 1;
    void* memory = ::mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    auto& board = *new (memory) Board;
    if (way == "fork") fork_workers(board, work);
    if (way == "each") one_for_each(work, board, descriptor);
    for (int slot = 0; way == "warm" && slot < work.workers; ++slot)
        spawn_worker(work, descriptor, slot, 1 << 20);
    while (::wait(nullptr) > 0) {
    }
    const double took = seconds_since(board.begin);
    const double processor = processor_seconds(RUSAGE_SELF) + processor_seconds(RUSAGE_CHILDREN);
    fmt::print(
        "{}: {} documents ({} failed) in {:.2f} s, the first after {:.2f} s; {:.2f} s of processor time; start of a "
        "worker {:.3f} s of it; {} MB\n",
        way, board.done.load(), board.failed.load(), took, board.first.load(), processor,
        board.starts / std::max(1, board.started.load()), board.memory_kilobytes / 1024);
    return board.done + board.failed == static_cast<int>(work.files.size()) ? 0 : 1;
}
