// SPDX-License-Identifier: AGPL-3.0-or-later
// Converts documents through the pool of warm workers and says what became of each and how fast it went:
//   bench_convert WORKER OUTDIR WORKERS FILE...
// `scripts/bench convert` compares it with one soffice process a file.
#include "daemon/convert/converter.hpp"
#include "daemon/convert/family.hpp"

#include <atomic>
#include <cstdio>
#include <fmt/format.h>
#include <map>
#include <mutex>
#include <thread>

namespace {

namespace convert = passerelle::convert;

std::string describe(const convert::Verdict& verdict) {
    std::string text(passerelle::to_string(verdict.kind));
    for (const passerelle::Reason& reason : verdict.reasons) {
        text += " " + reason.code;
        for (const auto& [name, value] : reason.parameters)
            text += fmt::format(" {}={}", name, value);
    }
    return text;
}

convert::Document document_for(const std::filesystem::path& file, const std::filesystem::path& folder) {
    const auto inspection = convert::inspect(file, file.filename().string());
    std::string format(inspection ? convert::opendocument_format(inspection->format) : "");
    if (format.empty()) format = "odt";
    return {file, folder / (file.filename().string() + "." + format), file.filename().string()};
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 5) {
        std::fputs("usage: bench_convert WORKER OUTDIR WORKERS FILE...\n", stderr);
        return 1;
    }
    const std::filesystem::path folder = std::filesystem::absolute(argv[2]);
    std::filesystem::create_directories(folder);
    convert::PoolOptions options;
    options.worker = std::filesystem::absolute(argv[1]);
    options.scratch = folder / "scratch";
    options.workers = static_cast<std::size_t>(std::max(1, std::atoi(argv[3])));
    const auto pool = convert::make_converter_pool(options);

    std::atomic<int> next = 4;
    std::mutex printing;
    std::map<std::string, int> verdicts;
    const auto begin = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < options.workers; ++i) {
            threads.emplace_back([&] {
                for (int index = next++; index < argc; index = next++) {
                    const auto document = document_for(std::filesystem::absolute(argv[index]), folder);
                    const auto verdict = pool->convert(document, {});
                    std::lock_guard lock(printing);
                    ++verdicts[verdict ? std::string(to_string(verdict->kind)) : "error"];
                    fmt::print("{:>6} ms  {}  {}\n", verdict ? verdict->took.count() : 0, document.name,
                               verdict ? describe(*verdict) : verdict.error().code + ": " + verdict.error().message);
                }
            });
        }
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const auto statistics = pool->statistics();
    fmt::print("{} documents in {:.1f} s: {:.0f} a minute\n", argc - 4, seconds, (argc - 4) * 60 / seconds);
    for (const auto& [verdict, count] : verdicts)
        fmt::print("{}: {}\n", verdict, count);
    fmt::print("workers: {}; network {}\n", convert::describe_ends(statistics), statistics.network);
    return 0;
}
