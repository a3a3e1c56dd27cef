// SPDX-License-Identifier: AGPL-3.0-or-later
// Conversions with the real LibreOffice, in which the program or its workers are killed. No process may stay behind,
// no document may be lost, and none may suffer from what happens to another.
#include "tests/exports/downloads.hpp"
#include "tests/exports/sample_documents.hpp"
#include "tests/exports/takeout.hpp"
#include "tests/program/scene.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <fmt/format.h>
#include <functional>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

namespace passerelle::program {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using exports::Locale;

constexpr auto kLimit = 60s;
constexpr auto kEndOfWorkers = 10s; ///< after the program's own
constexpr const char* kWorker = "passerelle-convert";

class Converting : public ::testing::Test {
  protected:
    static void SetUpTestSuite() { adopt_orphans(); }

    Converting() {
        for (int i = 0; i < 12; ++i) {
            add(fmt::format("Réunion {}.docx", i), exports::to_docx(exports::minutes(Locale::french, "12 mars", i)));
            add(fmt::format("Budget {}.xlsx", i), exports::to_xlsx(exports::budget(Locale::french, 2000 + i)));
            add(fmt::format("Saison {}.pptx", i), exports::to_pptx(exports::presentation(Locale::french, 2000 + i)));
        }
        for (const auto* name : {"lettre.doc", "lettre.rtf", "budget.xls", "presentation.ppt"})
            add(name, exports::shipped(name));
    }

    void add(const std::string& name, const std::string& bytes) {
        documents.push_back(scene.folder().write("documents/" + name, bytes).string());
    }

    Words command(const Words& more = {}) const {
        Words words{"convert", "--outdir", out().string(), "--json"};
        words.insert(words.end(), more.begin(), more.end());
        words.insert(words.end(), documents.begin(), documents.end());
        return words;
    }

    fs::path out() const { return scene.folder().path() / "sortie"; }

    /// Names in a folder; none where it does not exist.
    static std::vector<std::string> names_in(const fs::path& folder) {
        std::vector<std::string> names;
        std::error_code failed; // entries come and go
        for (fs::recursive_directory_iterator entry(folder, failed), end; !failed && entry != end;
             entry.increment(failed))
            names.push_back(entry->path().filename());
        return names;
    }

    fs::path scratch() const { return scene.state() / "scratch"; }

    /// Whether the program's own scratch folder has a file of this name.
    bool has_scratch(const Program& program, const std::string& name) const {
        const auto names = names_in(scratch() / fmt::format("convert-{}", program.pid()));
        return std::ranges::find(names, name) != names.end();
    }

    /// Waits for the condition while the program runs; answers whether it runs still.
    template <class Condition> static bool while_running(Program& program, const Condition& condition) {
        return eventually([&] { return condition() || program.has_ended(); }, kLimit) && !program.has_ended();
    }

    /// Kills the program and sees that nothing survives it.
    static void kill_with_its_workers(Program& program) {
        ASSERT_FALSE(children_of(program.pid(), kWorker).empty()) << "there was nothing to leave behind";
        program.signal(SIGKILL);
        (void)program.wait();
        EXPECT_TRUE(eventually([] { return !has_children(); }, kEndOfWorkers)) << "a process outlives the program";
    }

    /// One line for each document; each that is not kept has its result, and nothing else lies there. Answers how the
    /// workers ended that were lost with documents.
    std::vector<std::string> expect_all_told(const Outcome& outcome) const {
        std::vector<std::string> lost;
        std::set<std::string> told;
        std::set<fs::path> results;
        std::istringstream lines(outcome.out);
        for (std::string text; std::getline(lines, text);) {
            const auto line = nlohmann::json::parse(text);
            EXPECT_TRUE(told.insert(line.at("file")).second) << text;
            const std::vector<std::string> ends = line.at("lost_workers");
            lost.insert(lost.end(), ends.begin(), ends.end());
            const bool is_kept = line.at("verdict") == "kept";
            EXPECT_EQ(is_kept, ends.size() == 2) << text;
            if (!is_kept) results.insert(line.at("result").get<std::string>());
        }
        EXPECT_EQ(told, std::set<std::string>(documents.begin(), documents.end()));
        std::set<fs::path> there;
        for (const auto& entry : fs::directory_iterator(out()))
            there.insert(entry.path());
        EXPECT_EQ(there, results);
        EXPECT_FALSE(has_children());
        scene.expect_tidy();
        return lost;
    }

    Scene scene;
    Words documents;
    exports::Dice dice{20260312};
};

} // namespace

TEST_F(Converting, KilledAtAnyMomentNoProcessAndNoFileStays) {
    std::vector<std::function<bool(const Program&)>> moments{
        [](const Program& program) { return !children_of(program.pid(), kWorker).empty(); }, // just begun
        [this](const Program& program) { return has_scratch(program, ".lock"); },            // LibreOffice begins
        [this](const Program& program) { return has_scratch(program, "result"); },           // a result is being stored
    };
    for (int i = 0; i < 4; ++i) { // in the midst of them
        const auto count = 1 + dice.below(documents.size() / 2);
        moments.emplace_back([this, count](const Program&) { return names_in(out()).size() >= count; });
    }
    for (const auto& moment : moments) {
        Program program = scene.start(command());
        ASSERT_TRUE(while_running(program, [&] { return moment(program); }));
        kill_with_its_workers(program);
        for (const auto& name : names_in(out()))
            EXPECT_TRUE(name.ends_with(".odt") || name.ends_with(".ods") || name.ends_with(".odp")) << name;
        fs::remove_all(out());
    }
    EXPECT_FALSE(names_in(scratch()).empty()) << "what was killed could not tidy up";
    const auto last = scene.run(command());
    EXPECT_EQ(last.exit_code, 0) << last.err;
    EXPECT_TRUE(expect_all_told(last).empty());
}

TEST_F(Converting, StoppedItSaysSoOfConversionsAndOfNoMigration) {
    Program program = scene.start(command());
    ASSERT_TRUE(while_running(program, [&] { return names_in(out()).size() >= 3; }));
    program.signal(SIGINT);
    const auto stopped = program.wait();
    EXPECT_EQ(stopped.exit_code, 4) << stopped.err;
    EXPECT_NE(stopped.err.find(fmt::format("of {} files are dealt with", documents.size())), std::string::npos)
        << stopped.err;
    EXPECT_EQ(stopped.err.find("migration"), std::string::npos) << stopped.err;
    EXPECT_FALSE(has_children());
    scene.expect_tidy();
}

TEST_F(Converting, KilledWhileItsWorkersAreIdle) {
    const Folder folder;
    exports::TakeoutBuilder takeout;
    takeout.file("Drive/Lettre.docx", exports::to_docx(exports::letter(Locale::french, "Salle")));
    const auto parts = takeout.write(folder.path());
    const auto gate = std::make_shared<fakes::Gate>(); // shared with the request that stands at it
    scene.server.fault({.kind = fakes::Fault::Kind::slow, .path_suffix = ".odt", .delay = 60s, .gate = gate});
    {
        Program program = scene.start(scene.migrate(parts, {"--dest", "A"}));
        ASSERT_TRUE(gate->wait_for_arrival(30s)) << "the letter is converted and on its way";
        kill_with_its_workers(program);
    }
    gate->open();
    ASSERT_TRUE(eventually([&] { return scene.server.idle(); }, kLimit));
    const auto resumed = scene.run({"resume", "1"});
    ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
    scene.expect_true_report();
    scene.expect_tidy();
    EXPECT_FALSE(has_children());
}

TEST_F(Converting, KilledWorkersCostNoDocument) {
    constexpr std::array kSignals{SIGSEGV, SIGABRT, SIGKILL};
    Program program = scene.start(command());
    int killed = 0;
    // Also one that LibreOffice has not started in yet, when this begins.
    for (std::size_t results = 0; while_running(program, [&] { return names_in(out()).size() >= results; });
         results += 3 + dice.below(5)) {
        const auto workers = children_of(program.pid(), kWorker);
        if (workers.empty()) continue;
        ASSERT_EQ(::kill(workers[dice.below(workers.size())], kSignals[static_cast<std::size_t>(killed) % 3]), 0);
        ++killed;
    }
    const auto outcome = program.wait();
    EXPECT_GE(killed, 3);
    const auto lost = expect_all_told(outcome);
    for (const auto& end : lost)
        EXPECT_TRUE(end == "signal 9" || end == "signal 11" || end == "signal 6") << end;
    EXPECT_NE(outcome.err.find("lost and replaced"), std::string::npos) << outcome.err;
}

TEST_F(Converting, AWorkerThatHangsDelaysItsDocumentAlone) {
    const auto settings = scene.folder().write("slow.toml", "[conversion]\ndocument_timeout_seconds = 5\n");
    Program program = scene.start(command({"--config", settings.string()}));
    ASSERT_TRUE(while_running(program, [&] { return names_in(out()).size() >= 3; }));
    const auto workers = children_of(program.pid(), kWorker);
    ASSERT_FALSE(workers.empty());
    ASSERT_EQ(::kill(workers.front(), SIGSTOP), 0);
    const auto outcome = program.wait();
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(expect_all_told(outcome), std::vector<std::string>{"timeout"});
}

} // namespace passerelle::program
