// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "core/unique_fd.hpp"
#include "daemon/convert/converter.hpp"
#include "daemon/convert/profiles.hpp"
#include "tests/unit/daemon/convert/office_files.hpp"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace passerelle::convert {
namespace {

using tests::TemporaryFolder;

/// A pool of dummy workers, and documents that tell them what to do.
class Pool : public ::testing::Test {
  protected:
    Pool() {
        options.worker = PASSERELLE_DUMMY_WORKER;
        options.scratch = folder.path() / "scratch";
        options.workers = 1;
        options.timeout = std::chrono::milliseconds(400);
        tests::write_zip(folder.path() / "result", tests::opendocument("text", "<text:p>Bonjour</text:p>"));
    }

    ~Pool() override {
        converter.reset();
        // Whatever happened: no child is left, not even as a zombie, and no profile.
        EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
        EXPECT_EQ(errno, ECHILD);
        EXPECT_FALSE(std::filesystem::exists(options.scratch));
    }

    Document document(const std::string& command) const {
        const auto input = folder.path() / ("document-" + command);
        tests::write_file(input, "{\\rtf1 " + command + " "); // without an end, it cannot be compared
        return {input, folder.path() / "output.odt", command + ".rtf"};
    }

    Result<Verdict> convert(const std::string& command) {
        if (!converter) converter = make_converter_pool(options);
        return converter->convert(document(command), {});
    }

    /// The code of the one reason why the document is kept; nothing stands in its place.
    std::string kept(const std::string& command) {
        const auto verdict = convert(command);
        if (!verdict) return "error " + verdict.error().code;
        EXPECT_EQ(verdict->kind, VerdictKind::kept);
        EXPECT_EQ(verdict->reasons.size(), 1u);
        EXPECT_FALSE(std::filesystem::exists(folder.path() / "output.odt"));
        EXPECT_FALSE(std::filesystem::exists(folder.path() / "output.odt.part"));
        return verdict->reasons.empty() ? "" : verdict->reasons[0].code;
    }

    TemporaryFolder folder;
    PoolOptions options;
    std::unique_ptr<Converter> converter;
};

TEST_F(Pool, ConvertsAndSaysWhatItCannotCompare) {
    const auto verdict = convert("good");
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->kind, VerdictKind::check);
    EXPECT_EQ(verdict->reasons, std::vector{Reason(codes::convert_not_compared)});
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "output.odt"));
    EXPECT_EQ(converter->statistics().converted, 1u);
    EXPECT_EQ(converter->statistics().network, "shared");
}

TEST_F(Pool, AWorkerInheritsNothingAndStepsBack) {
    // Not close-on-exec: what a library in this process may have left open.
    const UniqueFd left_open(::open("/dev/null", O_RDONLY));
    const UniqueFd high(::fcntl(left_open.get(), F_DUPFD, 900));
    ASSERT_TRUE(left_open && high);
    ::setenv("PASSERELLE_TEST_SECRET", "a token", 1);
    ASSERT_TRUE(convert("describe"));
    ::unsetenv("PASSERELLE_TEST_SECRET");

    std::ifstream file(folder.path() / "description");
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);)
        lines.push_back(line);
    // The standard ones, which are /dev/null, and the channel.
    EXPECT_THAT(lines, ::testing::UnorderedElementsAre(
                           "descriptor 0", "descriptor 1", "descriptor 2", "descriptor 3", "variable PATH",
                           "variable HOME", "variable TMPDIR", "variable LANG", "variable SAL_USE_VCLPLUGIN",
                           "variable SAL_DISABLE_OPENCL", ::testing::StartsWith("niceness 1"), "io 2/7"));
}

TEST_F(Pool, WithoutANamespaceOnlyLocalSocketsOpen) {
    ASSERT_TRUE(convert("sockets"));
    std::ifstream file(folder.path() / "description");
    std::vector<int> errors;
    for (int error = 0; file >> error;)
        errors.push_back(error);
    EXPECT_THAT(errors, ::testing::ElementsAre(0, EACCES, EACCES, EACCES));
}

TEST_F(Pool, AWorkerWritesInItsFolderAloneAndStartsNoProgram) {
    const auto verdict = convert("files");
    ASSERT_TRUE(verdict);
    EXPECT_THAT(verdict->lost_workers, ::testing::IsEmpty());
    std::ifstream file(folder.path() / "description");
    std::vector<std::string> errors;
    for (std::string line; std::getline(file, line);)
        errors.push_back(line);
    if (errors == std::vector<std::string>{"not allowed here"}) GTEST_SKIP() << "the system has no Landlock";
    const std::string refused = std::to_string(EACCES);
    EXPECT_THAT(errors, ::testing::ElementsAre(refused, refused, refused, "0", "0", "0", refused));
}

TEST_F(Pool, ADocumentThatCrashesTwoWorkersIsKept) {
    EXPECT_EQ(kept("crash"), codes::convert_crashed);
    EXPECT_EQ(converter->statistics().crashed, 2u);
    EXPECT_EQ(converter->statistics().crashes, (std::map<std::string, std::uint64_t>{{"signal 11", 2}}));
    EXPECT_TRUE(convert("good")) << "the next document finds a worker";
}

TEST_F(Pool, ADocumentThatMetABadWorkerIsTriedOnAFreshOne) {
    const auto verdict = convert("crash-once");
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->kind, VerdictKind::check);
    EXPECT_EQ(verdict->lost_workers, std::vector<std::string>{"signal 11"});
    EXPECT_EQ(converter->statistics().crashed, 1u);
}

TEST_F(Pool, AHalfWrittenResultIsRemovedWithWhatLiesBesideIt) {
    EXPECT_EQ(kept("half"), codes::convert_crashed);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path()))
        EXPECT_FALSE(entry.path().filename().string().starts_with(".~lock")) << entry.path();
}

TEST_F(Pool, EachEndOfAWorkerIsToldByItsKind) {
    ASSERT_TRUE(convert("good"));
    const auto lost = [&](const std::string& command) {
        const auto verdict = convert(command);
        return verdict ? verdict->lost_workers : std::vector<std::string>{"error"};
    };
    EXPECT_THAT(lost("hang"), ::testing::ElementsAre("timeout", "timeout"));
    EXPECT_THAT(lost("no-memory"), ::testing::ElementsAre("out of memory", "out of memory"));
    EXPECT_THAT(lost("half"), ::testing::ElementsAre("signal 11", "signal 11"));
    EXPECT_THAT(lost("leave"), ::testing::ElementsAre("status 5", "status 5"));
    EXPECT_THAT(lost("refuse"), ::testing::IsEmpty());
    EXPECT_THAT(lost("half"), ::testing::IsEmpty()) << "the same bytes are not tried again";
    EXPECT_EQ(describe_ends(converter->statistics()),
              "4 crashed (signal 11: 2, status 5: 2), 2 timed out, 2 out of memory, 0 not started, 0 replaced");
}

TEST_F(Pool, AWorkerThatDiesAtItsStartIsTriedOnceMore) {
    options.libreoffice = folder.path() / "starts-badly";
    EXPECT_TRUE(convert("good"));
    EXPECT_EQ(converter->statistics().failed_starts, 1u);
    EXPECT_EQ(converter->statistics().crashed, 0u);
}

TEST_F(Pool, AWorkerThatDiesBetweenDocumentsCostsNone) {
    ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
    const UniqueFd reader(::open((folder.path() / "pipe").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    ASSERT_TRUE(reader);
    ASSERT_TRUE(convert("report"));
    std::string line(16, '\0');
    ASSERT_GT(::read(reader.get(), line.data(), line.size()), 0);
    const auto worker = static_cast<pid_t>(std::stoi(line));
    ASSERT_EQ(::kill(worker, SIGKILL), 0);
    siginfo_t info{};
    ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(worker), &info, WEXITED | WNOWAIT), 0);
    const auto verdict = convert("good");
    ASSERT_TRUE(verdict);
    EXPECT_THAT(verdict->lost_workers, ::testing::IsEmpty());
    EXPECT_EQ(converter->statistics().crashes, (std::map<std::string, std::uint64_t>{{"signal 9", 1}}));
}

TEST_F(Pool, ADocumentThatHangsDisturbsNoOther) {
    options.workers = 2;
    options.timeout = std::chrono::seconds(1);
    converter = make_converter_pool(options);
    std::atomic<bool> hung = false;
    std::jthread hanging([&] {
        EXPECT_TRUE(converter->convert(document("hang"), {}));
        hung = true;
    });
    for (int i = 0; i < 20; ++i) {
        Document other = document("good " + std::to_string(i));
        other.output = folder.path() / "other.odt";
        const auto verdict = converter->convert(other, {});
        ASSERT_TRUE(verdict);
        EXPECT_EQ(verdict->kind, VerdictKind::check);
    }
    EXPECT_FALSE(hung);
}

TEST_F(Pool, ADocumentThatHangsIsKeptAfterItsTime) {
    EXPECT_EQ(kept("hang"), codes::convert_timeout);
    EXPECT_EQ(converter->statistics().timed_out, 2u);
}

TEST_F(Pool, MemoryIsWatched) {
    options.worker_memory_bytes = 256 << 20;
    options.timeout = std::chrono::seconds(60);
    EXPECT_EQ(kept("eat"), codes::convert_out_of_memory);
    EXPECT_EQ(converter->statistics().out_of_memory, 2u);
}

TEST_F(Pool, AWorkerThatRunsOutOfMemorySaysSo) {
    EXPECT_EQ(kept("no-memory"), codes::convert_out_of_memory);
}

TEST_F(Pool, AnAnswerThatIsNoneEndsTheWorker) {
    EXPECT_EQ(kept("rubbish"), codes::convert_crashed);
    EXPECT_EQ(kept("strange"), codes::convert_crashed);
}

TEST_F(Pool, WhatLibreOfficeRefusesIsKeptAndTheWorkerStays) {
    EXPECT_EQ(kept("refuse"), codes::convert_failed);
    EXPECT_EQ(converter->statistics().crashed, 0u);
}

TEST_F(Pool, AResultThatIsNoOpenDocumentIsKept) {
    EXPECT_EQ(kept("lie"), codes::convert_bad_result);
    EXPECT_EQ(kept("nothing"), codes::convert_bad_result);
}

TEST_F(Pool, AFileThatLiesAboutItsKindIsConvertedByWhatItIs) {
    converter = make_converter_pool(options);
    Document named_wrongly = document("good");
    named_wrongly.name = "budget.xlsx";
    const auto verdict = converter->convert(named_wrongly, {});
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->format, "odt");
    EXPECT_TRUE(std::filesystem::exists(named_wrongly.output));
}

TEST_F(Pool, EqualDocumentsAreConvertedOnce) {
    ASSERT_TRUE(convert("good"));
    Document copy = document("good");
    copy.output = folder.path() / "copy.odt";
    std::filesystem::remove(folder.path() / "result"); // a worker could not convert it a second time
    const auto verdict = converter->convert(copy, {});
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->kind, VerdictKind::check);
    EXPECT_EQ(verdict->format, "odt");
    EXPECT_EQ(std::filesystem::file_size(copy.output), std::filesystem::file_size(folder.path() / "output.odt"));
    EXPECT_EQ(converter->statistics().converted, 2u);
    EXPECT_EQ(converter->statistics().repeated, 1u);
}

TEST_F(Pool, ADocumentThatKillsWorkersDoesSoOnce) {
    EXPECT_EQ(kept("crash"), codes::convert_crashed);
    EXPECT_EQ(kept("crash"), codes::convert_crashed);
    EXPECT_EQ(converter->statistics().crashed, 2u);
}

TEST_F(Pool, EqualDocumentsAtTheSameTimeAreConvertedOnce) {
    options.workers = 3;
    converter = make_converter_pool(options);
    const Document original = document("good");
    std::vector<std::jthread> threads;
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&, i] {
            Document mine = original;
            mine.output = folder.path() / (std::to_string(i) + ".odt");
            EXPECT_TRUE(converter->convert(mine, {}));
            EXPECT_TRUE(std::filesystem::exists(mine.output));
        });
    }
    threads.clear();
    EXPECT_EQ(converter->statistics().repeated, 5u);
}

TEST_F(Pool, WorkersAreReplacedAfterTheirNumberOfDocuments) {
    options.documents_per_worker = 2;
    for (int i = 0; i < 5; ++i)
        EXPECT_TRUE(convert("good " + std::to_string(i)));
    EXPECT_EQ(converter->statistics().replaced, 2u);
}

TEST_F(Pool, TheQueuesWaitDoesNotCount) {
    // Three documents that hang nearly to their end, one worker: each has its own time.
    options.timeout = std::chrono::milliseconds(300);
    converter = make_converter_pool(options);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 3; ++i) {
        const Document hanging = document("hang " + std::to_string(i)); // different bytes, or one would answer for all
        threads.emplace_back([this, hanging] { EXPECT_TRUE(converter->convert(hanging, {})); });
    }
    threads.clear();
    EXPECT_EQ(converter->statistics().timed_out, 6u);
    EXPECT_EQ(converter->statistics().kept, 3u);
}

TEST_F(Pool, SeveralThreadsConvertAtOnce) {
    options.workers = 3;
    converter = make_converter_pool(options);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 6; ++i) {
        const std::string name = "good" + std::to_string(i);
        threads.emplace_back([this, name] {
            Document mine = document(name);
            mine.output = folder.path() / (name + ".odt");
            EXPECT_TRUE(converter->convert(mine, {}));
        });
    }
    threads.clear();
    EXPECT_EQ(converter->statistics().converted, 6u);
}

TEST_F(Pool, AMissingWorkerIsAnErrorOfTheJob) {
    options.worker = "/nowhere/passerelle-convert";
    const auto verdict = convert("good");
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().code, codes::convert_unavailable);
    EXPECT_EQ(verdict.error().kind, ErrorKind::job);
}

TEST_F(Pool, AMissingLibreOfficeIsAnErrorOfTheJob) {
    options.libreoffice = "/nowhere";
    const auto verdict = convert("good");
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().code, codes::convert_unavailable);
}

TEST_F(Pool, AStopEndsTheDocumentInWork) {
    options.timeout = std::chrono::minutes(10);
    converter = make_converter_pool(options);
    ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
    std::stop_source stop;
    std::jthread stopper([&] {
        std::ifstream pipe(folder.path() / "pipe");
        std::string pid;
        pipe >> pid; // the document is in work
        stop.request_stop();
    });
    const auto verdict = converter->convert(document("report-and-hang"), stop.get_token());
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().code, codes::job_stopped);
}

TEST_F(Pool, WhatAKilledProcessLeftIsRemoved) {
    std::filesystem::create_directories(options.scratch / "profile-7" / "user");
    EXPECT_TRUE(convert("good"));
    EXPECT_FALSE(std::filesystem::exists(options.scratch / "profile-7"));
}

TEST_F(Pool, OnlyAFolderThatNobodyUsesIsAbandoned) {
    EXPECT_TRUE(convert("good"));
    Profiles::remove_abandoned(options.scratch);
    EXPECT_TRUE(std::filesystem::exists(options.scratch / "lock"));
    const auto abandoned = folder.path() / "abandoned";
    std::filesystem::create_directories(abandoned / "profile-1" / "user");
    tests::write_file(abandoned / "lock", "");
    Profiles::remove_abandoned(abandoned);
    EXPECT_FALSE(std::filesystem::exists(abandoned));
    // A worker that was dying wrote while the folder was being removed.
    std::filesystem::create_directories(abandoned / "profile-1" / "user");
    Profiles::remove_abandoned(abandoned);
    EXPECT_FALSE(std::filesystem::exists(abandoned));
}

TEST_F(Pool, TwoPoolsDoNotShareTheirFolder) {
    EXPECT_TRUE(convert("good"));
    const auto other = make_converter_pool(options);
    const auto verdict = other->convert(document("good"), {});
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().code, codes::convert_unavailable);
}

TEST_F(Pool, NoWorkerOutlivesAKilledParent) {
    tests::write_file(folder.path() / "document", "{\\rtf1 report-and-hang }");
    const auto pipe = folder.path() / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);

    std::string host = PASSERELLE_POOL_HOST;
    std::string worker = PASSERELLE_DUMMY_WORKER;
    std::string where = folder.path().string();
    char* arguments[] = {host.data(), worker.data(), where.data(), nullptr};
    pid_t parent = -1;
    ASSERT_EQ(::posix_spawn(&parent, host.c_str(), nullptr, nullptr, arguments, environ), 0);

    std::ifstream reader(pipe);
    std::string pid;
    ASSERT_TRUE(std::getline(reader, pid));
    ASSERT_EQ(::kill(parent, SIGKILL), 0);
    ASSERT_EQ(::waitpid(parent, nullptr, 0), parent);
    // The worker alone holds the other end of the pipe: the end of the stream is its end.
    std::string more;
    EXPECT_FALSE(std::getline(reader, more));
    EXPECT_TRUE(reader.eof());
    std::filesystem::remove_all(options.scratch); // left by the host, for the next pool to clean
}

} // namespace
} // namespace passerelle::convert
