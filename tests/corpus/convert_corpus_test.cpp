// SPDX-License-Identifier: AGPL-3.0-or-later
// Every file of $PASSERELLE_CORPUS/office ends in a verdict, whatever it is, and leaves nothing behind.
#include "core/reason_codes.hpp"
#include "daemon/convert/compare.hpp"
#include "daemon/convert/converter.hpp"
#include "daemon/convert/family.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <gtest/gtest.h>
#include <map>
#include <mutex>
#include <sys/wait.h>
#include <thread>

namespace passerelle::convert {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> office_files(const char* corpus) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(fs::path(corpus) / "office"))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

bool has_reason(const Verdict& verdict, std::string_view code) {
    return std::any_of(verdict.reasons.begin(), verdict.reasons.end(),
                       [&](const Reason& reason) { return reason.code == code; });
}

bool contains(const std::string& name, const char* part) {
    return name.find(part) != std::string::npos;
}

void check_verdict(const std::string& name, const Verdict& verdict, const fs::path& output) {
    SCOPED_TRACE(name);
    EXPECT_EQ(fs::exists(output), verdict.kind != VerdictKind::kept);
    if (verdict.kind == VerdictKind::kept)
        EXPECT_FALSE(verdict.reasons.empty());
    else
        EXPECT_EQ(verdict.kind, verdict_of(verdict.reasons));
    EXPECT_LT(verdict.took, std::chrono::minutes(2));
    if (contains(name, "Password_Protected") || name == "60320-protected.xlsx") {
        EXPECT_TRUE(has_reason(verdict, codes::convert_encrypted));
    }
    if (contains(name, "Macro") || name.ends_with(".xlsm")) {
        EXPECT_TRUE(has_reason(verdict, codes::convert_macros));
    }
}

TEST(ConvertCorpus, EveryFileEndsInAVerdict) {
    const char* corpus = std::getenv("PASSERELLE_CORPUS");
    if (!corpus) GTEST_SKIP() << "PASSERELLE_CORPUS does not name a folder of real files";
    const auto files = office_files(corpus);
    ASSERT_FALSE(files.empty());
    std::string pattern = (fs::temp_directory_path() / "passerelle-corpus-XXXXXX").string();
    ASSERT_TRUE(::mkdtemp(pattern.data()));
    const fs::path folder = pattern;

    PoolOptions options;
    options.worker = PASSERELLE_WORKER;
    options.scratch = folder / "scratch";
    options.timeout = std::chrono::seconds(50);
    auto pool = make_converter_pool(options);
    std::mutex mutex;
    std::size_t next = 0;
    std::map<VerdictKind, int> verdicts;
    const auto work = [&] {
        for (;;) {
            fs::path file;
            {
                std::lock_guard lock(mutex);
                if (next == files.size()) return;
                file = files[next++];
            }
            const std::string name = file.filename().string();
            const fs::path output = folder / (name + ".out");
            const auto verdict = pool->convert({file, output, name}, {});
            std::lock_guard lock(mutex);
            ASSERT_TRUE(verdict) << name << ": " << verdict.error().message;
            check_verdict(name, *verdict, output);
            ++verdicts[verdict->kind];
        }
    };
    {
        std::jthread one(work);
        std::jthread two(work);
    }
    pool.reset();
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD) << "no worker is left";
    EXPECT_EQ(static_cast<std::size_t>(verdicts[VerdictKind::faithful] + verdicts[VerdictKind::check] +
                                       verdicts[VerdictKind::kept]),
              files.size());
    EXPECT_GT(verdicts[VerdictKind::faithful], verdicts[VerdictKind::check]) << "people would drown in doubts";
    fs::remove_all(folder);
}

} // namespace
} // namespace passerelle::convert
