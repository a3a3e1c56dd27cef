// SPDX-License-Identifier: AGPL-3.0-or-later
// Converts documents through the pool of warm workers and says what became of each and how fast it went:
//   bench_convert WORKER OUTDIR WORKERS FILE...
// `scripts/bench convert` compares it with one soffice process a file.
#include "daemon/convert/compare.hpp"
#include "daemon/convert/converter.hpp"
#include "daemon/convert/family.hpp"

#include <atomic>
#include <cstdio>
#include <fmt/format.h>
#include <map>
#include <mutex>
#include <sys/resource.h>
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

rusage used_by(__rusage_who who) {
    rusage used{};
    ::getrusage(who, &used);
    return used;
}

double processor_seconds(const rusage& used) {
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

/// The processor time of everything that is read besides LibreOffice, once more: what the original is, and both
/// censuses.
double census_seconds(const std::vector<std::string>& files, const std::filesystem::path& folder) {
    const double begin = processor_seconds(used_by(RUSAGE_SELF));
    for (const auto& file : files) {
        const auto document = document_for(std::filesystem::absolute(file), folder);
        const auto inspection = convert::inspect(document.input, document.name);
        if (inspection && std::filesystem::exists(document.output))
            (void)convert::compare(document.input, inspection->format, document.output);
    }
    return processor_seconds(used_by(RUSAGE_SELF)) - begin;
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
    auto pool = convert::make_converter_pool(options);

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
    pool.reset(); // its workers have ended: what they used is known
    const rusage workers = used_by(RUSAGE_CHILDREN);
    const long parent_kilobytes = used_by(RUSAGE_SELF).ru_maxrss;
    const double census = census_seconds(std::vector<std::string>(argv + 4, argv + argc), folder);
    const double conversion = processor_seconds(workers);
    fmt::print("conversion {:.2f} s of processor time; census {:.2f} s, {:.0f} % of it (goal: less than 33)\n",
               conversion, census, 100 * census / conversion);
    fmt::print("memory at most: a worker {} MB (goal: 800), the parent {} MB (goal: 60)\n", workers.ru_maxrss / 1024,
               parent_kilobytes / 1024);
    return 0;
}
