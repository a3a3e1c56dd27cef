// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/program/scene.hpp"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <stdlib.h>

namespace passerelle::program {
namespace fs = std::filesystem;

namespace {

// The program's own patience, but for a server that is not there: a test need not wait for it to come back.
constexpr const char* kSettings = "[server]\nmax_attempts = 4\n";

Words with(Words words, const Words& more) {
    words.insert(words.begin(), more.begin(), more.end());
    return words;
}

Ledger::Sum sum_of(const nlohmann::json& tally) {
    return {tally.at("items"), tally.at("bytes")};
}

} // namespace

Folder::Folder() {
    std::string name = (fs::temp_directory_path() / "passerelle-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
}

Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

fs::path Folder::write(const std::string& name, const std::string& text) const {
    const auto file = path_ / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file;
}

Scene::Scene(fakes::DoubleOptions options)
    : server(std::move(options)), password_(folder_.write("password", "app-password\n")),
      settings_(folder_.write("settings.toml", kSettings)) {}

Words Scene::target() const {
    return {"--to", server.url(), "--user", "alice", "--password-file", password_.string()};
}

Words Scene::migrate(const std::vector<fs::path>& exports, const Words& more) const {
    Words words{"migrate"};
    for (const auto& file : exports)
        words.push_back(file.string());
    for (const auto& list : {target(), more})
        words.insert(words.end(), list.begin(), list.end());
    return words;
}

Program Scene::start(Words words) const {
    const auto add = [&](const char* option, const std::string& value) {
        if (std::ranges::find(words, option) == words.end()) words.insert(words.begin(), {option, value});
    };
    add("--state-dir", state().string());
    add("--config", settings_.string());
    add("--language", "en");
    return Program(words, folder_.path().string());
}

Ledger Scene::ledger(int job, const Words& more) const {
    const auto report = run(with({"report", std::to_string(job)}, more));
    const auto json = nlohmann::json::parse(report.out);
    const auto& statement = json.at("statement");
    Ledger ledger{.seen = sum_of(statement.at("seen")),
                  .done = sum_of(statement.at("done")),
                  .skipped = sum_of(statement.at("skipped")),
                  .failed = sum_of(statement.at("failed")),
                  .pending = sum_of(statement.at("pending")),
                  .arrived = {},
                  .states = {},
                  .reasons = {}};
    for (const auto& item : json.at("items")) {
        const std::string source = item.at("source");
        ledger.states[source] = item.at("state");
        for (const auto& reason : item.at("reasons"))
            ledger.reasons.emplace(source, reason.at("code"));
        for (const auto& file : item.at("arrived"))
            ledger.arrived[file.at("path")] = {file.at("bytes"), file.at("sha256")};
    }
    return ledger;
}

int Scene::newest_job(const Words& more) const {
    return nlohmann::json::parse(run(with({"jobs", "--json"}, more)).out).at(0).at("job");
}

void Scene::expect_true_report(int job) const {
    const auto told = ledger(job);
    EXPECT_EQ(told.seen.items, told.done.items + told.skipped.items + told.failed.items);
    EXPECT_EQ(told.seen.bytes, told.done.bytes + told.skipped.bytes + told.failed.bytes);
    EXPECT_EQ(told.pending.items, 0u);
    std::set<std::string> on_the_server;
    for (const auto& [path, entry] : server.tree()) {
        if (entry.folder) continue;
        on_the_server.insert(path);
        const auto line = told.arrived.find(path);
        if (line == told.arrived.end()) {
            ADD_FAILURE() << path << " is on the server and not in the report";
            continue;
        }
        EXPECT_EQ(line->second.bytes, entry.size) << path;
        EXPECT_EQ(line->second.sha256, entry.sha256) << path;
    }
    for (const auto& [path, file] : told.arrived)
        EXPECT_TRUE(on_the_server.contains(path)) << path << " is in the report and not on the server";
}

void Scene::expect_tidy() const {
    for (const auto* folder : {"jobs", "scratch"})
        if (fs::exists(state() / folder))
            for (const auto& left : fs::directory_iterator(state() / folder))
                ADD_FAILURE() << left.path() << " is left behind";
    EXPECT_TRUE(server.open_uploads().empty());
}

std::vector<fakes::SeenRequest> changes(const fakes::NextcloudDouble& server) {
    static const std::set<std::string> kReading{"GET", "HEAD", "PROPFIND", "OPTIONS", "REPORT"};
    std::vector<fakes::SeenRequest> list;
    for (auto& request : server.requests())
        if (!kReading.contains(request.method) && !request.path.ends_with("/passerelle/api/v1/people"))
            list.push_back(std::move(request));
    return list;
}

} // namespace passerelle::program
