// SPDX-License-Identifier: AGPL-3.0-or-later
// What the commands print for programs: it parses, it adds up, and stdout carries nothing else.
#include "tests/exports/office.hpp"
#include "tests/exports/sample.hpp"
#include "tests/program/scene.hpp"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <sys/stat.h>

namespace passerelle::program {
namespace {

using nlohmann::json;

std::uint64_t items(const json& tally) {
    return tally.at("items");
}
std::uint64_t bytes(const json& tally) {
    return tally.at("bytes");
}

/// seen = done + skipped + failed + pending
void expect_sums(const json& statement) {
    for (auto* const of : {&items, &bytes}) {
        const auto sum = [&](const char* name) { return (*of)(statement.at(name)); };
        EXPECT_EQ(sum("seen"), sum("done") + sum("skipped") + sum("failed") + sum("pending")) << statement;
    }
}

/// The cells of RFC 4180, a line a record.
std::vector<std::vector<std::string>> parse_csv(const std::string& text, char separator) {
    std::vector<std::vector<std::string>> records{{""}};
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto& cell = records.back().back();
        if (text[i] == '"' && quoted && i + 1 < text.size() && text[i + 1] == '"')
            cell += text[++i];
        else if (text[i] == '"')
            quoted = !quoted;
        else if (!quoted && text[i] == separator)
            records.back().emplace_back();
        else if (!quoted && text.compare(i, 2, "\r\n") == 0)
            records.push_back({""}), ++i;
        else
            cell += text[i];
    }
    records.pop_back(); // after the last line break
    return records;
}

class Outputs : public ::testing::Test {
  protected:
    Outputs() : exports(exports::write_sample_takeout(scene.folder().path(), exports::Locale::french)) {}

    /// Runs a command that succeeds without a word on stderr, and answers what it printed.
    std::string out_of(const Words& words) const {
        const auto outcome = scene.run(words);
        EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
        EXPECT_EQ(outcome.err, "");
        return outcome.out;
    }
    Words about_exports(const char* command, const Words& more) const {
        Words words = scene.migrate(exports, more);
        words.front() = command;
        return words;
    }

    Scene scene;
    std::vector<std::filesystem::path> exports;
};

class AfterARun : public Outputs {
  protected:
    void SetUp() override {
        const auto run = scene.run(scene.migrate(exports, {"--dest", "A", "--convert", "none"}));
        ASSERT_EQ(run.exit_code, 0) << run.err;
    }
};

} // namespace

TEST_F(Outputs, ScanAddsUp) {
    Words words{"scan", "--json"};
    for (const auto& file : exports)
        words.push_back(file.string());
    const auto scan = json::parse(out_of(words));
    std::uint64_t files = 0;
    std::uint64_t size = 0;
    for (const auto& [product, count] : scan.at("products").items()) {
        files += items(count);
        size += bytes(count);
    }
    EXPECT_EQ(files, items(scan.at("files")));
    EXPECT_EQ(size, bytes(scan.at("files")));
    EXPECT_EQ(scan.at("parts").size(), exports.size());
    EXPECT_GT(items(scan.at("convertible")), 20u);
    EXPECT_TRUE(scan.at("problems").empty());
}

TEST_F(Outputs, PlanSaysTheSameInEachFormAndWritesNothing) {
    const auto plan = json::parse(out_of(about_exports("plan", {"--dest", "A", "--json"})));
    const auto csv = out_of(about_exports("plan", {"--dest", "A", "--csv"}));
    ASSERT_TRUE(csv.starts_with("\xEF\xBB\xBF"));
    const auto records = parse_csv(csv.substr(3), ',');
    ASSERT_EQ(records.size(), plan.at("items").size() + 1);
    std::uint64_t uploads = 0;
    for (std::size_t i = 0; i < plan.at("items").size(); ++i) {
        const auto& item = plan.at("items").at(i);
        const auto& record = records.at(i + 1);
        ASSERT_EQ(record.size(), records.front().size());
        EXPECT_EQ(record.at(0), "/" + item.at("source").get<std::string>());
        EXPECT_EQ(record.at(2), std::to_string(item.at("size").get<std::uint64_t>()));
        EXPECT_EQ(record.at(3), item.at("action"));
        EXPECT_EQ(item.at("action") == "skip", item.at("target").get<std::string>().empty()) << item;
        if (item.at("action") != "skip") uploads += item.at("size").get<std::uint64_t>();
    }
    EXPECT_GE(plan.at("upload_bytes"), uploads);
    EXPECT_TRUE(changes(scene.server).empty());
    EXPECT_TRUE(scene.server.tree().empty());
}

TEST_F(AfterARun, StatusAndJobsAgreeWithTheReport) {
    const auto report = json::parse(out_of({"report", "1", "--format", "json"}));
    const auto status = json::parse(out_of({"status", "1", "--json"}));
    const auto jobs = json::parse(out_of({"jobs", "--json"}));
    ASSERT_EQ(jobs.size(), 1u);
    EXPECT_EQ(jobs.at(0), status);
    EXPECT_EQ(status.at("phase"), "finished");
    expect_sums(status);
    expect_sums(report.at("statement"));
    for (const char* name : {"seen", "done", "skipped", "failed", "pending"}) {
        EXPECT_EQ(items(status.at(name)), items(report.at("statement").at(name))) << name;
        EXPECT_EQ(bytes(status.at(name)), bytes(report.at("statement").at(name))) << name;
    }
}

TEST_F(AfterARun, TheReportsFoldersAndItemsAddUpToItsStatement) {
    const auto report = json::parse(out_of({"report", "1"}));
    const auto& statement = report.at("statement");
    std::uint64_t in_folders = 0;
    std::uint64_t bytes_in_folders = 0;
    for (const auto& folder : report.at("folders")) {
        expect_sums(folder);
        in_folders += items(folder.at("seen"));
        bytes_in_folders += bytes(folder.at("seen"));
    }
    EXPECT_EQ(in_folders, items(statement.at("seen")));
    EXPECT_EQ(bytes_in_folders, bytes(statement.at("seen")));
    std::map<std::string, std::uint64_t> by_state;
    std::uint64_t arrived = 0;
    for (const auto& item : report.at("items")) {
        ++by_state[item.at("state")];
        for (const auto& file : item.at("arrived"))
            arrived += bytes(file);
    }
    EXPECT_EQ(by_state["done"], items(statement.at("done")));
    EXPECT_EQ(by_state["skipped"], items(statement.at("skipped")));
    EXPECT_EQ(arrived, statement.at("arrived_bytes"));
    EXPECT_EQ(report.at("items").size(), items(statement.at("seen")));
}

TEST_F(AfterARun, TheFormsOfTheReportAgree) {
    const auto report = json::parse(out_of({"report", "1"}));
    for (const auto& [language, separator] : {std::pair("fr", ';'), std::pair("en", ',')}) {
        const auto csv = out_of({"report", "1", "--format", "csv", "--language", language});
        const auto records = parse_csv(csv.substr(3), separator);
        ASSERT_EQ(records.size(), report.at("items").size() + 1);
        for (std::size_t i = 0; i + 1 < records.size(); ++i) {
            ASSERT_EQ(records.at(i + 1).size(), 18u);
            EXPECT_EQ(records.at(i + 1).at(0), "/" + report.at("items").at(i).at("source").get<std::string>());
        }
    }
    const auto book = out_of({"report", "1", "--format", "ods"});
    EXPECT_TRUE(book.starts_with("PK"));
    EXPECT_EQ(book.substr(30, 54), "mimetypeapplication/vnd.oasis.opendocument.spreadsheet");
    const auto html = out_of({"report", "1", "--format", "html"});
    EXPECT_TRUE(html.starts_with("<!DOCTYPE html>") || html.starts_with("<!doctype html>")) << html.substr(0, 40);
    EXPECT_EQ(html.find("<script"), std::string::npos);
    EXPECT_NE(html.find("</html>"), std::string::npos);
}

TEST_F(AfterARun, TheLogTellsTheRunAndNoName) {
    const auto log = out_of({"log", "1"});
    EXPECT_NE(log.find("run begins"), std::string::npos) << log;
    EXPECT_NE(log.find("run ends"), std::string::npos) << log;
    EXPECT_EQ(log.find("app-password"), std::string::npos);
    EXPECT_EQ(log.find(".docx"), std::string::npos) << "names of files appear at debug only";
    EXPECT_EQ(out_of({"log", "2"}), "");
}

TEST(ConvertFiles, TakesRelativePaths) {
    Scene scene;
    scene.folder().write("lettre.docx",
                         exports::to_docx({"Lettre", "Jeanne", {exports::Paragraph{"Bonjour à toutes et à tous."}}}));
    const auto here = std::filesystem::current_path();
    std::filesystem::current_path(scene.folder().path());
    const auto outcome = scene.run({"convert", "lettre.docx", "--outdir", "sortie", "--json"});
    std::filesystem::current_path(here);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
    EXPECT_EQ(json::parse(outcome.out).at("verdict"), "faithful");
    EXPECT_TRUE(std::filesystem::exists(scene.folder().path() / "sortie" / "lettre.odt"));
}

TEST(ConvertFiles, GoesByWhatAFileIsAndOverwritesNothing) {
    Scene scene;
    const auto letter = exports::to_docx({"Lettre", "Jeanne", {exports::Paragraph{"Bonjour à toutes et à tous."}}});
    scene.folder().write("lettre.xls", letter);
    scene.folder().write("lettre.docx", letter);
    scene.folder().write("sortie/lettre.odt", "un autre document");
    const auto path = [&](const char* name) { return (scene.folder().path() / name).string(); };
    const auto outcome = scene.run({"convert", path("lettre.xls"), path("lettre.docx"), path("absent.docx"), "--outdir",
                                    path("sortie"), "--json"});
    EXPECT_EQ(outcome.exit_code, 3) << "one could not be read";
    std::map<std::string, std::string> verdicts;
    std::istringstream lines(outcome.out);
    for (std::string line; std::getline(lines, line);) {
        const auto said = json::parse(line);
        verdicts[std::filesystem::path(said.at("file").get<std::string>()).filename()] = said.at("verdict");
    }
    EXPECT_EQ(verdicts, (std::map<std::string, std::string>{
                            {"absent.docx", "kept"}, {"lettre.docx", "faithful"}, {"lettre.xls", "faithful"}}));
    EXPECT_EQ(std::filesystem::file_size(path("sortie/lettre.odt")), std::string_view("un autre document").size());
    EXPECT_TRUE(std::filesystem::exists(path("sortie/lettre (2).odt")));
    EXPECT_TRUE(std::filesystem::exists(path("sortie/lettre (3).odt")));
}

TEST(ConvertFiles, WhatIsNoFileEndsInAVerdict) {
    Scene scene;
    const auto path = [&](const char* name) { return (scene.folder().path() / name).string(); };
    ASSERT_EQ(::mkfifo(path("pipe.docx").c_str(), 0600), 0);
    std::filesystem::create_directory(path("folder.docx"));
    std::filesystem::create_symlink("/dev/zero", path("endless.docx"));
    std::filesystem::create_symlink("circle.docx", path("circle.docx"));
    const auto outcome = scene.run({"convert", path("pipe.docx"), path("folder.docx"), path("endless.docx"),
                                    path("circle.docx"), "--outdir", path("sortie"), "--json"});
    EXPECT_EQ(outcome.exit_code, 3);
    EXPECT_EQ(std::ranges::count(outcome.out, '\n'), 4) << outcome.out;
    std::istringstream lines(outcome.out);
    for (std::string line; std::getline(lines, line);)
        EXPECT_EQ(json::parse(line).at("reasons").at(0).at("code"), "file.unreadable") << line;
}

TEST(ConvertFiles, LeavesOutWhatWasNotChosen) {
    Scene scene;
    scene.folder().write("lettre.docx", exports::to_docx({"Lettre", "Jeanne", {exports::Paragraph{"Bonjour."}}}));
    const auto file = (scene.folder().path() / "lettre.docx").string();
    const auto outcome = scene.run({"convert", file, "--outdir", (scene.folder().path() / "sortie").string(),
                                    "--convert", "spreadsheets", "--json"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(json::parse(outcome.out).at("verdict"), "kept");
    EXPECT_EQ(json::parse(outcome.out).at("reasons").at(0).at("code"), "convert.not_chosen");
}

} // namespace passerelle::program
