// SPDX-License-Identifier: AGPL-3.0-or-later
// From an export that names people to what each of them really sees and may do, over WebDAV with their own password.
#include "tests/exports/takeout.hpp"
#include "tests/fakes/raw_client.hpp"
#include "tests/program/scene.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

namespace passerelle::program {
namespace {

using exports::Permission;
using exports::Sidecar;
namespace fs = std::filesystem;

fakes::DoubleOptions three_accounts() {
    fakes::DoubleOptions options;
    options.accounts = {{.user = "alice"},
                        {.user = "bob", .app_password = "bobs-password"},
                        {.user = "carol", .app_password = "carols-password"}};
    return options;
}

Permission owner() {
    return {.name = "Alice", .email = "alice@example.org", .role = "owner"};
}
Permission allowed(const std::string& email, const std::string& role) {
    return {.name = email.substr(0, email.find('@')), .email = email, .role = role};
}

std::string text_of(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

/// An association's export, migrated.
class SharedFolders : public ::testing::Test {
  protected:
    SharedFolders() : scene(three_accounts()) {
        exports::TakeoutBuilder takeout;
        const Sidecar minutes{
            .permissions = {owner(), allowed("Bob@Example.org", "writer"), allowed("c.dupond@gmail.com", "reader")}};
        takeout.folder("Drive/Bureau", minutes)
            .file("Drive/Bureau/CR.txt", "ordre du jour", minutes)
            .file("Drive/Bureau/Budget.txt", "comptes", minutes)
            .file("Drive/Lettre.txt", "pour Bob",
                  Sidecar{.permissions = {owner(), allowed("bob@example.org", "reader")}})
            .file("Drive/Journal.txt", "pour Alice seule", Sidecar{.permissions = {owner()}});
        parts = takeout.write(scene.folder().path() / "export");
        const auto run = scene.run(scene.migrate(parts, {"--dest", "Asso"}));
        EXPECT_EQ(run.exit_code, 0) << run.err;
        table = scene.folder().path() / "personnes.csv";
    }

    Outcome run(const Words& words) const {
        auto outcome = scene.run(words);
        EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
        return outcome;
    }
    int status(const std::string& user, const std::string& method, const std::string& path,
               const std::string& body = {}) const {
        fakes::RawClient client(scene.server.url());
        const auto answer =
            client.send(method, "/remote.php/dav/files/" + user + "/" + path,
                        {{"Authorization", fakes::basic_authorization(user, user + "s-password")}}, body);
        return answer ? answer->status : 0;
    }
    bool may(const std::string& user, const std::string& method, const std::string& path,
             const std::string& body = {}) const {
        const int answer = status(user, method, path, body);
        return answer >= 200 && answer < 300;
    }
    /// Writes the table and fills in what was decided about c.dupond.
    void decide_on_carol() {
        run({"people", "1", "--csv", table.string()});
        auto text = text_of(table);
        const auto line = text.find("c.dupond@gmail.com");
        ASSERT_NE(line, text.npos) << text;
        const auto end = text.find_first_of("\r\n", line);
        const auto start = text.rfind('\n', line) + 1;
        text.replace(start, end - start, "c.dupond@gmail.com,,,account,carol");
        std::ofstream(table, std::ios::binary) << text;
        run({"people", "1", "--csv", table.string()});
    }

    Scene scene;
    std::vector<fs::path> parts;
    fs::path table;
};

} // namespace

TEST_F(SharedFolders, NothingIsSharedUntilItIsApplied) {
    scene.server.forget_requests();
    const auto shown = run({"shares", "1"});
    EXPECT_TRUE(changes(scene.server).empty());
    EXPECT_NE(shown.out.find("/Asso/Bureau/"), shown.out.npos) << shown.out;
    EXPECT_NE(shown.out.find("bob"), shown.out.npos) << shown.out;
    EXPECT_FALSE(may("bob", "GET", "Bureau/CR.txt"));
    EXPECT_EQ(shown.out.find("do not come from this export"), shown.out.npos) << shown.out;

    scene.server.put_file("Asso/Bureau/Avant.txt", "ce qui était là avant");
    const auto then = run({"shares", "1"});
    EXPECT_NE(then.out.find("do not come from this export"), then.out.npos) << then.out;
}

TEST_F(SharedFolders, EverybodySeesWhatTheyHadAndNobodyElse) {
    run({"shares", "1", "--apply"});
    EXPECT_TRUE(may("bob", "GET", "Bureau/CR.txt"));
    EXPECT_TRUE(may("bob", "PUT", "Bureau/CR.txt", "corrigé"));
    EXPECT_TRUE(may("bob", "PUT", "Bureau/Nouveau.txt", "x"));
    EXPECT_TRUE(may("bob", "DELETE", "Bureau/Budget.txt"));
    EXPECT_TRUE(may("bob", "GET", "Lettre.txt"));
    EXPECT_FALSE(may("bob", "PUT", "Lettre.txt", "changé"));
    EXPECT_FALSE(may("bob", "GET", "Journal.txt"));
    EXPECT_FALSE(may("carol", "GET", "Bureau/CR.txt")) << "nobody has confirmed who c.dupond is";

    decide_on_carol();
    run({"shares", "1", "--apply"});
    EXPECT_TRUE(may("carol", "GET", "Bureau/CR.txt"));
    EXPECT_FALSE(may("carol", "PUT", "Bureau/CR.txt", "changé"));
    EXPECT_FALSE(may("carol", "PUT", "Bureau/Autre.txt", "x"));
    EXPECT_FALSE(may("carol", "DELETE", "Bureau/CR.txt"));
    EXPECT_FALSE(may("carol", "GET", "Lettre.txt"));
}

TEST_F(SharedFolders, AMigrationCanShareByItself) {
    const auto migrated = run(scene.migrate(parts, {"--dest", "Ailleurs", "--shares", "source"}));
    EXPECT_NE(migrated.out.find("/Ailleurs/Bureau/"), migrated.out.npos) << migrated.out;
    EXPECT_TRUE(may("bob", "PUT", "Bureau/Nouveau.txt", "x"));
    EXPECT_FALSE(may("carol", "GET", "Bureau/CR.txt")) << "nobody has confirmed who c.dupond is";
    EXPECT_EQ(scene.run(scene.migrate(parts, {"--dest", "Ailleurs"})).exit_code, 0);
}

TEST_F(SharedFolders, AMigrationSharesByTables) {
    std::ofstream(table, std::ios::binary) << "who,decision,target\nc.dupond@gmail.com,account,carol\n";
    const auto accesses = scene.folder().write("acces.csv", "folder;who;rights\nBureau/;c.dupond@gmail.com;lecture\n");
    run(scene.migrate(parts, {"--dest", "Ailleurs", "--shares", accesses.string(), "--people", table.string()}));
    EXPECT_TRUE(may("carol", "GET", "Bureau/CR.txt"));
    EXPECT_FALSE(may("carol", "PUT", "Bureau/CR.txt", "changé"));
    EXPECT_FALSE(may("bob", "GET", "Bureau/CR.txt")) << "the table takes the export's place";
}

TEST_F(SharedFolders, MembersOfDropboxFoldersCount) {
    const auto members = scene.folder().write(
        "members.json", R"({"users":[{"access_type":{".tag":"owner"},"user":{"email":"alice@example.org"}},
                                     {"access_type":{".tag":"viewer"},"user":{"email":"carol@example.org"}}],
                            "groups":[],"invitees":[]})");
    run({"shares", "1", "--members", "/Bureau=" + members.string(), "--apply"});
    EXPECT_TRUE(may("carol", "GET", "Bureau/CR.txt"));
    EXPECT_FALSE(may("carol", "PUT", "Bureau/CR.txt", "changé"));
    EXPECT_FALSE(may("bob", "GET", "Bureau/CR.txt"));
    EXPECT_EQ(scene.run({"shares", "1", "--members", "Bureau=/no/where.json"}).exit_code, 1);
}

TEST_F(SharedFolders, APlanShowsWhoWouldSeeWhatAndChangesNothing) {
    scene.server.forget_requests();
    Words words = scene.migrate(parts, {"--dest", "Ailleurs", "--shares", "source"});
    words.front() = "plan";
    const auto shown = run(words);
    EXPECT_NE(shown.out.find("/Ailleurs/Bureau/\n    bob: edit"), shown.out.npos) << shown.out;
    EXPECT_NE(shown.out.find("c.dupond@gmail.com"), shown.out.npos) << "nobody has confirmed who that is";
    words.push_back("--json");
    const auto sharing = nlohmann::json::parse(run(words).out).at("sharing");
    EXPECT_TRUE(sharing.at("job").is_null());
    EXPECT_FALSE(sharing.at("applied"));
    ASSERT_EQ(sharing.at("shares").size(), 2u);
    EXPECT_EQ(sharing.at("shares").at(0).at("path"), "Ailleurs/Bureau");
    EXPECT_TRUE(changes(scene.server).empty());
}

TEST_F(SharedFolders, AFolderIsSharedWithATeam) {
    run(scene.migrate(parts, {"--dest", "Ailleurs", "--shares", "source", "--team", "Bureau=Le bureau"}));
    EXPECT_TRUE(may("bob", "PUT", "Bureau/Nouveau.txt", "x"));
    EXPECT_FALSE(may("carol", "GET", "Bureau/CR.txt"));
    EXPECT_FALSE(may("bob", "GET", "Journal.txt"));
    const auto shares = nlohmann::json::parse(run({"shares", "2", "--json"}).out).at("shares");
    EXPECT_EQ(shares.at(0).at("recipient"), (nlohmann::json{{"kind", "new_team"}, {"id", "Le bureau"}}));
    const auto report = run({"report", "2", "--format", "html"});
    EXPECT_NE(report.out.find("Le bureau"), report.out.npos) << "by its name, not its id";
    scene.server.forget_requests();
    run({"shares", "2", "--apply"});
    EXPECT_TRUE(changes(scene.server).empty());
}

TEST_F(SharedFolders, WhatGoesOnSharesAsItWasAskedTo) {
    std::ofstream(table, std::ios::binary) << "who,decision,target\nc.dupond@gmail.com,account,carol\n";
    scene.server.fault({.method = "MKCOL", .times = -1, .status = 401});
    const auto stopped =
        scene.run(scene.migrate(parts, {"--dest", "Ailleurs", "--shares", "source", "--people", table.string()}));
    EXPECT_NE(stopped.exit_code, 0);
    EXPECT_FALSE(may("bob", "GET", "Bureau/CR.txt"));
    scene.server.clear_faults();
    run({"resume", "2"});
    EXPECT_TRUE(may("bob", "PUT", "Bureau/Nouveau.txt", "x"));
    EXPECT_TRUE(may("carol", "GET", "Bureau/CR.txt"));
    run({"resume", "1"});
    EXPECT_FALSE(may("bob", "GET", "Lettre (2).txt")) << "a migration that was not to share does not";
}

TEST_F(SharedFolders, ATableThatIsNotThereIsToldBeforeAnythingMoves) {
    scene.server.forget_requests();
    const auto refused = scene.run(scene.migrate(parts, {"--dest", "Ailleurs", "--shares", "/no/where.csv"}));
    EXPECT_NE(refused.exit_code, 0);
    EXPECT_NE(refused.err.find("/no/where.csv"), refused.err.npos) << refused.err;
    EXPECT_TRUE(changes(scene.server).empty());
}

TEST_F(SharedFolders, ApplyingTwiceSendsNoChange) {
    run({"shares", "1", "--apply"});
    scene.server.forget_requests();
    const auto second = run({"shares", "1", "--apply", "--json"});
    for (const auto& change : changes(scene.server))
        ADD_FAILURE() << "the second time sent " << change.method << " " << change.path;
    const auto told = nlohmann::json::parse(second.out);
    EXPECT_TRUE(told.at("applied"));
    ASSERT_EQ(told.at("shares").size(), 2u);
    for (const auto& share : told.at("shares")) {
        EXPECT_EQ(share.at("state"), "made");
        EXPECT_EQ(share.at("recipient").at("id"), "bob");
    }
    EXPECT_EQ(told.at("proposals").size(), 1u) << second.out;
}

TEST_F(SharedFolders, ADecisionStaysInTheTableAndInTheInstallation) {
    decide_on_carol();
    EXPECT_NE(text_of(table).find("account,carol"), std::string::npos) << text_of(table);
    const auto people = nlohmann::json::parse(run({"people", "1", "--json"}).out).at("people");
    int carols = 0;
    for (const auto& person : people)
        if (person.at("email") == "c.dupond@gmail.com") {
            ++carols;
            EXPECT_TRUE(person.at("decided"));
            EXPECT_EQ(person.at("recipient").at("id"), "carol");
        }
    EXPECT_EQ(carols, 1);
}

TEST_F(SharedFolders, ATableWithAMistakeIsLeftToBeCorrected) {
    const std::string text = "who,decision,target\nc.dupond@gmail.com,account,nobody-here\n";
    std::ofstream(table, std::ios::binary) << text;
    const auto outcome = scene.run({"people", "1", "--csv", table.string()});
    EXPECT_EQ(outcome.exit_code, 3) << outcome.err;
    EXPECT_NE(outcome.err.find("nobody-here"), outcome.err.npos) << outcome.err;
    EXPECT_EQ(text_of(table), text);
}

TEST_F(SharedFolders, TheTableOfAccessesCanBeCorrectedAndReadBack) {
    const auto accesses = scene.folder().path() / "acces.csv";
    const auto written = run({"shares", "1", "--csv", accesses.string(), "--json"});
    const auto text = text_of(accesses);
    EXPECT_NE(text.find("/Asso/Bureau/"), text.npos) << text;
    const auto read = run({"shares", "1", "--csv", accesses.string(), "--json"});
    EXPECT_EQ(nlohmann::json::parse(read.out).at("shares"), nlohmann::json::parse(written.out).at("shares"));

    std::ofstream(accesses, std::ios::binary) << "folder,who,rights\n/Asso/Bureau/,carol@example.org,reader\n";
    const auto people =
        nlohmann::json::parse(run({"people", "1", "--accesses", accesses.string(), "--json"}).out).at("people");
    ASSERT_EQ(people.size(), 1u);
    EXPECT_EQ(people.at(0).at("recipient").at("id"), "carol");
    run({"shares", "1", "--csv", accesses.string(), "--apply"});
    EXPECT_TRUE(may("carol", "GET", "Bureau/CR.txt"));
    EXPECT_FALSE(may("bob", "GET", "Bureau/CR.txt"));
}

} // namespace passerelle::program
