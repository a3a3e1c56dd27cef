// SPDX-License-Identifier: AGPL-3.0-or-later
// A folder of an export goes into a team folder, and what each of three people really may there, over WebDAV with their
// own password.
#include "client/nextcloud/nextcloud.hpp"
#include "client/nextcloud/sharing.hpp"
#include "client/nextcloud/team_folders.hpp"
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

fakes::DoubleOptions accounts(int version, bool administrator) {
    fakes::DoubleOptions options{.version = version};
    options.accounts = {
        {.user = "alice", .administrator = administrator},
        {.user = "bob", .app_password = "bobs-password"},
        {.user = "carol", .app_password = "carols-password", .groups = {"equipe"}},
        {.user = "admin", .app_password = "admins-password", .administrator = true, .login_password = "admins-login"}};
    options.team_folders = true;
    return options;
}

Permission owner() {
    return {.name = "Alice", .email = "alice@example.org", .role = "owner"};
}
Permission person(const std::string& name, const std::string& role) {
    return {.name = name, .email = name + "@example.org", .role = role};
}
Permission group(const std::string& name, const std::string& role) {
    Permission allowed = person(name, role);
    allowed.type = "group";
    return allowed;
}

/// An association's export: the office for everybody, the pay slips for bob alone, minutes that the team only reads.
class TeamFolderScene {
  public:
    explicit TeamFolderScene(int version, bool administrator) : scene(accounts(version, administrator)) {
        const std::vector<Permission> office{owner(), person("bob", "writer"), group("equipe", "writer")};
        exports::TakeoutBuilder takeout;
        takeout.folder("Drive/Bureau", Sidecar{.permissions = office})
            .file("Drive/Bureau/CR.txt", "ordre du jour", Sidecar{.permissions = office})
            .folder("Drive/Bureau/Paie", Sidecar{.permissions = {owner(), person("bob", "writer")}})
            .file("Drive/Bureau/Paie/mars.txt", "bulletin", Sidecar{.permissions = {owner(), person("bob", "writer")}})
            .folder("Drive/Bureau/Archives",
                    Sidecar{.permissions = {owner(), person("bob", "writer"), group("equipe", "reader")}})
            .file("Drive/Bureau/Archives/2019.txt", "vieux",
                  Sidecar{.permissions = {owner(), person("bob", "writer"), group("equipe", "reader")}})
            .file("Drive/Lettre.txt", "pour Bob", Sidecar{.permissions = {owner(), person("bob", "reader")}});
        parts = takeout.write(scene.folder().path() / "export");
    }

    Outcome migrate(const Words& more) {
        Words words{"--dest", "Asso"};
        words.insert(words.end(), more.begin(), more.end());
        return scene.run(scene.migrate(parts, words));
    }
    bool may(const std::string& user, const std::string& method, const std::string& path,
             const std::string& body = {}) const {
        const std::string password = user == "alice" ? "app-password" : user + "s-password";
        fakes::RawClient client(scene.server.url());
        const auto answer = client.send(method, "/remote.php/dav/files/" + user + "/" + path,
                                        {{"Authorization", fakes::basic_authorization(user, password)}}, body);
        return answer && answer->status >= 200 && answer->status < 300;
    }
    /// What an administrator does by hand, with the login password.
    std::unique_ptr<nextcloud::Nextcloud> administrator() const {
        return std::move(
            nextcloud::Nextcloud::connect({scene.server.url(), "admin", Secret(std::string("admins-login"))}, {}, {})
                .value());
    }
    void make_by_hand(bool rules) const {
        const auto admin = administrator();
        ASSERT_TRUE(admin->sharing().create_group("bureau", {}));
        ASSERT_TRUE(admin->sharing().add_to_group("bureau", "alice", {}));
        const auto id = admin->team_folders().create("Bureau", {}).value();
        ASSERT_TRUE(admin->team_folders().admit(id, "bureau", 31, {}));
        if (!rules) return;
        ASSERT_TRUE(admin->team_folders().allow_advanced_permissions(id, {}));
        ASSERT_TRUE(admin->team_folders().let_manage(id, "alice", {}));
    }
    void expect_rights() const {
        EXPECT_TRUE(may("bob", "PUT", "Bureau/CR.txt", "corrigé"));
        EXPECT_TRUE(may("bob", "PUT", "Bureau/Paie/avril.txt", "x"));
        EXPECT_TRUE(may("bob", "DELETE", "Bureau/Paie/avril.txt"));
        EXPECT_TRUE(may("carol", "PUT", "Bureau/Nouveau.txt", "x"));
        EXPECT_FALSE(may("carol", "GET", "Bureau/Paie/mars.txt"));
        EXPECT_TRUE(may("carol", "GET", "Bureau/Archives/2019.txt"));
        EXPECT_FALSE(may("carol", "PUT", "Bureau/Archives/2019.txt", "changé"));
        EXPECT_FALSE(may("carol", "PUT", "Bureau/Archives/autre.txt", "x"));
        EXPECT_TRUE(may("alice", "PUT", "Bureau/Paie/mai.txt", "x"));
        EXPECT_TRUE(may("bob", "GET", "Lettre.txt"));
        EXPECT_FALSE(may("carol", "GET", "Lettre.txt"));
    }

    Scene scene;
    std::vector<fs::path> parts;
};

std::string text_of(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

} // namespace

TEST(TeamFolderProgram, AnAdministratorsAccountDoesItAll) {
    TeamFolderScene asso(32, true);
    const auto refused = asso.migrate({"--team-folder", "Bureau"});
    EXPECT_EQ(refused.exit_code, 4);
    EXPECT_NE(refused.err.find("team folder"), refused.err.npos) << refused.err;
    EXPECT_TRUE(changes(asso.scene.server).empty()) << "nothing is sent before the folder is there";

    const auto done = asso.migrate({"--team-folder", "Bureau", "--create-team-folders"});
    ASSERT_EQ(done.exit_code, 0) << done.err;
    EXPECT_EQ(done.out.find("does not exist"), done.out.npos) << "the job has no obstacle that is gone: " << done.out;
    EXPECT_TRUE(asso.may("alice", "GET", "Bureau/Paie/mars.txt"));
    EXPECT_TRUE(asso.may("alice", "GET", "Asso/Lettre.txt"));
    EXPECT_FALSE(asso.may("bob", "GET", "Bureau/CR.txt")) << "nothing is shared until it is applied";

    const auto shown = asso.scene.run({"shares", "1"});
    ASSERT_EQ(shown.exit_code, 0) << shown.err;
    EXPECT_NE(shown.out.find("Bureau (edit)"), shown.out.npos) << shown.out;
    const auto proposed = asso.scene.run({"shares", "1", "--apply"});
    EXPECT_EQ(proposed.exit_code, 3) << proposed.out;
    EXPECT_FALSE(asso.may("bob", "GET", "Bureau/CR.txt")) << "no group is created silently";

    const auto applied = asso.scene.run({"shares", "1", "--apply", "--create-groups"});
    EXPECT_EQ(applied.exit_code, 0) << applied.out << applied.err;
    asso.expect_rights();
    asso.scene.server.forget_requests();
    const auto again = asso.scene.run({"shares", "1", "--apply", "--create-groups", "--json"});
    EXPECT_EQ(again.exit_code, 0) << again.out;
    for (const auto& change : changes(asso.scene.server))
        ADD_FAILURE() << "the second time sent " << change.method << " " << change.path;
    const auto teams = nlohmann::json::parse(again.out).at("team_folders");
    ASSERT_EQ(teams.size(), 1u);
    for (const auto& change : teams.at(0).at("changes"))
        EXPECT_GT(change.at("folder_id").get<int>(), 0) << change.dump();
}

TEST(TeamFolderProgram, AnOrdinaryAccountIsToldWhatAnAdministratorDoes) {
    TeamFolderScene asso(34, false);
    const auto refused = asso.migrate({"--team-folder", "Bureau", "--create-team-folders"});
    EXPECT_NE(refused.exit_code, 0);
    asso.make_by_hand(false);
    const auto done = asso.migrate({"--team-folder", "Bureau"});
    ASSERT_EQ(done.exit_code, 0) << done.err;
    const auto applied = asso.scene.run({"shares", "1", "--apply"});
    EXPECT_EQ(applied.exit_code, 3);
    EXPECT_NE(applied.out.find("For an administrator to do"), applied.out.npos) << applied.out;
    EXPECT_NE(applied.out.find("Bureau (edit)"), applied.out.npos) << applied.out;
    EXPECT_FALSE(asso.may("carol", "GET", "Bureau/CR.txt")) << "nobody is let in while a rule is missing";

    // The administrator does what was asked for: the group of the people, and the right to set rules.
    const auto admin = asso.administrator();
    const auto folders = admin->team_folders().list({}).value();
    const auto id = folders->front().id;
    ASSERT_TRUE(admin->team_folders().allow_advanced_permissions(id, {}));
    ASSERT_TRUE(admin->team_folders().let_manage(id, "alice", {}));
    ASSERT_TRUE(admin->sharing().create_group("Bureau (edit)", {}));
    ASSERT_TRUE(admin->sharing().add_to_group("Bureau (edit)", "bob", {}));
    (void)asso.scene.run({"shares", "1", "--apply"}); // writes the rules
    ASSERT_TRUE(admin->team_folders().admit(id, "Bureau (edit)", 15, {}));
    ASSERT_TRUE(admin->team_folders().admit(id, "equipe", 15, {}));
    asso.expect_rights();
}

TEST(TeamsProgram, ATeamIsARecipientWhereAPersonSaysSo) {
    fakes::DoubleOptions options;
    options.accounts = {{.user = "alice", .teams = {"Conseil"}},
                        {.user = "bob", .app_password = "bobs-password", .teams = {"Conseil"}},
                        {.user = "carol", .app_password = "carols-password"}};
    Scene scene(options);
    const std::vector<Permission> board{owner(), group("ca", "writer")};
    exports::TakeoutBuilder takeout;
    takeout.folder("Drive/Bureau", Sidecar{.permissions = board})
        .file("Drive/Bureau/CR.txt", "ordre du jour", Sidecar{.permissions = board});
    ASSERT_EQ(scene.run(scene.migrate(takeout.write(scene.folder().path() / "export"))).exit_code, 0);
    const auto table =
        scene.folder().write("people.csv", "qui;décision;vers\ngroupe : ca <ca@example.org>;équipe;conseil\n");
    const auto decided = scene.run({"people", "1", "--csv", table.string()});
    EXPECT_EQ(decided.exit_code, 0) << decided.err << text_of(table);
    for (int time = 0; time < 2; ++time) {
        scene.server.forget_requests();
        const auto applied = scene.run({"shares", "1", "--apply"});
        EXPECT_EQ(applied.exit_code, 0) << applied.out;
        EXPECT_NE(applied.out.find("team team-Conseil: edit"), applied.out.npos) << applied.out;
        EXPECT_EQ(changes(scene.server).size(), time == 0 ? 1u : 0u);
    }
    const auto status = [&](const std::string& user, const std::string& method, const std::string& body) {
        fakes::RawClient client(scene.server.url());
        return client
            .send(method, "/remote.php/dav/files/" + user + "/Bureau/CR.txt",
                  {{"Authorization", fakes::basic_authorization(user, user + "s-password")}}, body)
            ->status;
    };
    EXPECT_EQ(status("bob", "PUT", "x"), 204);
    EXPECT_EQ(status("carol", "GET", ""), 404);
}

TEST(TeamFolderProgram, TheChoiceIsATable) {
    TeamFolderScene asso(34, false);
    asso.make_by_hand(true);
    const auto table = asso.scene.folder().path() / "dossiers.csv";
    Words plan{"plan"};
    for (const auto& part : asso.parts)
        plan.push_back(part.string());
    const auto target = asso.scene.target();
    plan.insert(plan.end(), target.begin(), target.end());
    plan.insert(plan.end(), {"--places", table.string()});
    ASSERT_EQ(asso.scene.run(plan).exit_code, 0);
    EXPECT_NE(text_of(table).find("Bureau,own files"), std::string::npos) << text_of(table);

    std::ofstream(table, std::ios::binary) << "dossier;destination\nBureau;quelque part\n";
    const auto mistaken = asso.migrate({"--places", table.string()});
    EXPECT_EQ(mistaken.exit_code, 1);
    EXPECT_NE(mistaken.err.find("quelque part"), mistaken.err.npos) << mistaken.err;

    std::ofstream(table, std::ios::binary) << "dossier;destination\nBureau;Dossier d’équipe : Bureau\n";
    const auto curly = asso.migrate({"--places", table.string()});
    EXPECT_EQ(curly.exit_code, 0) << curly.err;
    EXPECT_TRUE(asso.may("alice", "GET", "Bureau/Paie/mars.txt"));
    EXPECT_FALSE(asso.may("alice", "GET", "Asso/Bureau/CR.txt"));
}

TEST(TeamFolderProgram, AQuotaIsCheckedBeforeAnythingIsSent) {
    TeamFolderScene asso(34, false);
    asso.make_by_hand(false);
    const auto admin = asso.administrator();
    const auto folders = admin->team_folders().list({}).value();
    ASSERT_TRUE(admin->team_folders().set_quota(folders->front().id, 10, {}));
    asso.scene.server.forget_requests();
    const auto refused = asso.migrate({"--team-folder", "Bureau"});
    EXPECT_NE(refused.exit_code, 0);
    EXPECT_NE(refused.err.find("quota"), refused.err.npos) << refused.err;
    EXPECT_TRUE(changes(asso.scene.server).empty());
    const auto unknown = asso.migrate({"--team-folder", "Absent"});
    EXPECT_EQ(unknown.exit_code, 1);
    EXPECT_NE(unknown.err.find("Absent"), unknown.err.npos) << unknown.err;
}

} // namespace passerelle::program
