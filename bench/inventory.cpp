// SPDX-License-Identifier: AGPL-3.0-or-later
// bench_inventory [EXPORT…]: time and memory of opening an export. Without arguments it makes a zip of 100,000 entries
// itself, for which the goal is 3 s and 200 MB. Making and opening run in processes of their own, so that the peak is
// the opening's.
#include "daemon/sources/source.hpp"
#include "tests/exports/hostile.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kEntries = 100'000;

int measure(const std::vector<fs::path>& parts) {
    const auto start = std::chrono::steady_clock::now();
    const auto source = passerelle::sources::open_export(parts, {});
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    if (!source) {
        std::fprintf(stderr, "%s: %s\n", source.error().code.c_str(), source.error().message.c_str());
        return EXIT_FAILURE;
    }
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    std::printf("%zu items in %.2f s, %.0f MB at most\n", (*source)->inventory().items.size(), taken.count(),
                static_cast<double>(usage.ru_maxrss) / 1024);
    return EXIT_SUCCESS;
}

} // namespace

int main(int argc, char** argv) {
    if (argc > 1) return measure({argv + 1, argv + argc});
    std::string folder = fs::temp_directory_path() / "inventory-XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr) return EXIT_FAILURE;
    const auto zip = fs::path(folder) / "takeout-20240712T112341Z-001.zip";
    const auto child = ::fork();
    if (child == 0) {
        passerelle::exports::hostile::many_entries(zip, kEntries);
        ::_exit(EXIT_SUCCESS);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    const int result = measure({zip});
    fs::remove_all(folder);
    return result;
}
