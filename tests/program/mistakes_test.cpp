// SPDX-License-Identifier: AGPL-3.0-or-later
// What people get wrong, what has gone wrong before they come: the exit code that scripts rely on, and a sentence in
// French and English that says what it is.
#include "core/hash.hpp"
#include "tests/exports/downloads.hpp"
#include "tests/exports/takeout.hpp"
#include "tests/program/scene.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <sys/mount.h>

namespace passerelle::program {
namespace {

using exports::Bytes;
namespace fs = std::filesystem;

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

class Mistakes : public ::testing::Test {
  protected:
    /// The words fail with the code, and say why in both languages; nothing is written to stdout.
    void expect_failure(const Words& words, int exit_code, const std::string& french, const std::string& english) {
        for (const auto& [language, sentence] : {std::pair("fr", french), std::pair("en", english)}) {
            Words said = words;
            said.insert(said.end(), {"--language", language});
            const auto outcome = scene.run(said);
            EXPECT_EQ(outcome.exit_code, exit_code) << outcome.err;
            EXPECT_EQ(outcome.signal, 0);
            EXPECT_PRED2(contains, outcome.err, sentence);
            EXPECT_FALSE(contains(outcome.err, "terminate called")) << outcome.err;
            EXPECT_FALSE(contains(outcome.err, "…\n[")) << outcome.err;
            EXPECT_EQ(outcome.out, "");
        }
    }
    /// A small export that is in order.
    fs::path small_export() const {
        const auto root = scene.folder().path() / "petit";
        exports::FolderBuilder().file("a.txt", "bonjour").file("b/c.txt", Bytes::prose(5000, 1)).write(root);
        return root;
    }
    Words migrate_with(const Words& options) const {
        Words words{"migrate", small_export().string()};
        words.insert(words.end(), options.begin(), options.end());
        return words;
    }
    std::string password(const std::string& text = "app-password\n") const {
        return scene.folder().write("other-password", text).string();
    }
    /// Was anything written to the server?
    bool untouched() const { return changes(scene.server).empty() && scene.server.tree().empty(); }

    Scene scene;
};

} // namespace

TEST_F(Mistakes, AnExportThatIsNotThere) {
    const auto nowhere = scene.folder().path() / "nulle part.zip";
    expect_failure({"scan", nowhere.string()}, 2, "n'existe pas", "does not exist");
    expect_failure(scene.migrate({nowhere}), 2, "n'existe pas", "does not exist");
}

TEST_F(Mistakes, AFileThatIsNoArchive) {
    const auto letter = scene.folder().write("lettre.txt", "Bonjour.");
    expect_failure(scene.migrate({letter}), 2, "n'est ni une archive", "neither a zip");
    const auto named_zip = scene.folder().write("lettre.zip", "Bonjour.");
    expect_failure(scene.migrate({named_zip}), 2, "lettre.zip", "lettre.zip");
}

TEST_F(Mistakes, AnEmptyFolder) {
    const auto empty = scene.folder().path() / "vide";
    fs::create_directories(empty);
    expect_failure(scene.migrate({empty}), 2, "ne contient aucun fichier", "holds no file");
}

TEST_F(Mistakes, AZipThatIsCutOffAlone) {
    const auto zip =
        exports::DropboxBuilder("Photos").file("a.bin", Bytes::random(100'000, 1)).write(scene.folder().path());
    fs::resize_file(zip, 50'000);
    expect_failure(scene.migrate({zip}), 2, "incomplet ou abîmé", "incomplete or damaged");
}

TEST_F(Mistakes, AMissingPartIsToldAndTheRestArrives) {
    exports::TakeoutBuilder takeout;
    takeout.file("Drive/a.txt", "un").file("Drive/b.txt", "deux").part(2).file("Drive/c.txt", "trois").part(3);
    const auto parts = takeout.missing_part(2).write(scene.folder().path());
    for (const auto& [language, sentence] :
         {std::pair("fr", "Il manque peut-être une partie"), std::pair("en", "A part of the export may be missing")}) {
        const auto run = scene.run(scene.migrate(parts, {"--language", language, "--dest", language}));
        EXPECT_EQ(run.exit_code, 0) << run.err;
        EXPECT_PRED2(contains, run.err, sentence);
        EXPECT_PRED2(contains, run.err, "b.txt") << "what is missing is named";
        EXPECT_TRUE(scene.server.bytes_of(std::string(language) + "/c.txt"));
    }
}

TEST_F(Mistakes, ADamagedPartIsToldAndTheOthersArrive) {
    exports::TakeoutBuilder takeout;
    takeout.file("Drive/a.txt", "un").file("Drive/b.bin", Bytes::random(200'000, 1)).part(2);
    const auto parts = takeout.write(scene.folder().path());
    fs::resize_file(parts.at(1), 100'000);
    const auto run = scene.run(scene.migrate(parts));
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_PRED2(contains, run.err, "is damaged or incomplete");
    EXPECT_TRUE(scene.server.bytes_of("a.txt"));
    EXPECT_PRED2(contains, scene.run({"report", "1"}).out, "export.part_damaged") << "the report says so too";
}

TEST_F(Mistakes, AWrongPassword) {
    expect_failure(migrate_with({"--to", scene.server.url(), "--user", "alice", "--password-file", password("x\n")}), 4,
                   "a refusé l'identifiant ou le mot de passe", "refused the user name or the password");
    expect_failure(migrate_with({"--to", scene.server.url(), "--user", "alice", "--password-file", "/nowhere"}), 1,
                   "n'a pas pu être lu", "could not be read");
    EXPECT_TRUE(untouched());
}

TEST_F(Mistakes, ANameThatNobodyHas) {
    expect_failure(migrate_with({"--to", "https://nuage.invalid", "--user", "alice", "--password-file", password()}), 4,
                   "nuage.invalid est injoignable", "nuage.invalid cannot be reached");
}

TEST_F(Mistakes, AServerThatIsNotThere) {
    std::string url;
    {
        const fakes::NextcloudDouble gone;
        url = gone.url();
    }
    expect_failure(migrate_with({"--to", url, "--user", "alice", "--password-file", password()}), 4, "est injoignable",
                   "cannot be reached");
}

TEST_F(Mistakes, AServerThatIsNoNextcloud) {
    scene.server.fault({.path_suffix = "/status.php", .times = -1, .status = 200, .body = "<html>Bienvenue</html>"});
    expect_failure(scene.migrate({small_export()}), 4, "Aucun Nextcloud ne répond", "No Nextcloud answers");
}

TEST_F(Mistakes, AnAddressThatIsNone) {
    expect_failure(migrate_with({"--to", "nuage exemple", "--user", "alice", "--password-file", password()}), 1,
                   "n'est pas une adresse", "is not a usable address");
    expect_failure(migrate_with({}), 1, "Il manque l'adresse", "is missing");
}

TEST_F(Mistakes, PlainHttpToAnotherHost) {
    expect_failure(migrate_with({"--to", "http://nuage.invalid", "--user", "alice", "--password-file", password()}), 1,
                   "sans protection", "unprotected");
}

TEST_F(Mistakes, ADestinationThatIsAFile) {
    scene.server.put_file("Archives", "je suis un fichier");
    const auto before = scene.server.tree();
    expect_failure(scene.migrate({small_export()}, {"--dest", "Archives"}), 1, "il y a déjà un fichier",
                   "there is a file already");
    EXPECT_EQ(scene.server.tree(), before);
}

TEST_F(Mistakes, TooLittleSpaceIsKnownBeforeAnythingMoves) {
    scene.server.set_quota(1000);
    expect_failure(scene.migrate({small_export()}), 4, "Il manque", "are missing on the Nextcloud");
    EXPECT_TRUE(untouched());
    EXPECT_EQ(scene.run({"jobs", "--json"}).out, "[]\n");
}

TEST_F(Mistakes, AnExportThatChangedBetweenTwoRuns) {
    const auto root = small_export();
    scene.server.fault({.method = "MKCOL", .times = -1, .status = 401});
    ASSERT_EQ(scene.run(scene.migrate({root})).exit_code, 4);
    scene.server.clear_faults();
    std::ofstream(root / "a.txt", std::ios::app) << ", et encore";
    const auto resumed = scene.run({"resume", "1"});
    EXPECT_EQ(resumed.exit_code, 2);
    EXPECT_PRED2(contains, resumed.err, "The export has changed");
    EXPECT_PRED2(contains, resumed.out, "The export has changed") << "and not what had stopped it before";
    EXPECT_TRUE(scene.server.tree().empty());
}

TEST_F(Mistakes, AnExportThatChangesWhileItIsRead) {
    exports::DropboxBuilder dropbox("Fichiers");
    for (int i = 0; i < 40; ++i)
        dropbox.file("f" + std::to_string(i) + ".bin", Bytes::random(2 * kMiB, i));
    const auto zip = dropbox.write(scene.folder().path());
    const auto gate = std::make_shared<fakes::Gate>(); // shared with the request that stands at it
    scene.server.fault(
        {.kind = fakes::Fault::Kind::slow, .method = "PUT", .delay = std::chrono::minutes(1), .gate = gate});
    Program program = scene.start(scene.migrate({zip}));
    ASSERT_TRUE(gate->wait_for_arrival(std::chrono::minutes(1)));
    {
        std::fstream file(zip, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(fs::file_size(zip) / 2));
        file << std::string(60 * kMiB / 2, 'x');
    }
    gate->open();
    const auto run = program.wait();
    EXPECT_TRUE(run.exit_code == 2 || run.exit_code == 3) << run.exit_code << run.err;
    EXPECT_PRED2(contains, run.err, "The export changed while it was being read");
    // What arrived is what the export held before.
    for (const auto& [path, entry] : scene.server.tree())
        EXPECT_EQ(entry.sha256, sha256_hex(Bytes::random(2 * kMiB, std::stoul(path.substr(1))).to_string())) << path;
}

TEST_F(Mistakes, WordsThatTheProgramDoesNotKnow) {
    for (const Words& words :
         {Words{"--bogus"}, Words{"migrate"}, Words{"fly"}, Words{"scan", "x", "--bogus"},
          Words{"report", "1", "--format", "pdf"}, Words{"migrate", "x", "--convert", "everything"}}) {
        const auto outcome = scene.run(words);
        EXPECT_EQ(outcome.exit_code, 1) << words.front();
        EXPECT_NE(outcome.err, "");
        EXPECT_EQ(outcome.out, "");
    }
}

TEST_F(Mistakes, AMigrationThatDoesNotExist) {
    for (const char* command : {"status", "resume", "retry", "report"})
        expect_failure({command, "42"}, 1, "Il n'y a pas de migration numéro 42", "There is no migration number 42");
}

TEST_F(Mistakes, SettingsWithAMistake) {
    const auto file = scene.folder().write("faux.toml", "[server]\n\nconnections = 99\n");
    expect_failure({"check-config", "--config", file.string()}, 1, "ligne 3", "line 3");
    const auto broken = scene.folder().write("cassé.toml", "[server\n");
    expect_failure({"check-config", "--config", broken.string()}, 1, "ligne 1", "line 1");
    expect_failure({"jobs", "--config", (scene.folder().path() / "aucun.toml").string()}, 1, "n'existe pas",
                   "does not exist");
}

/// A disk of its own, as large as it says, gone with the object.
class SmallDisk {
  public:
    SmallDisk(const fs::path& at, const std::string& size) : at_(at) {
        fs::create_directories(at_);
        mounted_ = ::mount("none", at_.c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
    }
    ~SmallDisk() {
        if (mounted_) ::umount(at_.c_str());
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    [[nodiscard]] bool mounted() const { return mounted_; }

  private:
    fs::path at_;
    bool mounted_ = false;
};

TEST_F(Mistakes, AFullDisk) {
    const SmallDisk disk(scene.folder().path() / "disque", "512k");
    if (!disk.mounted()) GTEST_SKIP() << "needs the right to mount a tmpfs";
    const auto state = (scene.folder().path() / "disque").string();
    scene.folder().write("disque/plein", std::string(490'000, 'x'));
    expect_failure(scene.migrate({small_export()}, {"--state-dir", state}), 4, "qu'il reste de la place",
                   "has space left");

    // One that fills up while the migration is planned.
    fs::remove(scene.folder().path() / "disque/plein");
    exports::DropboxBuilder dropbox("Fichiers");
    for (int i = 0; i < 3000; ++i)
        dropbox.file("dossier au nom assez long/fichier au nom assez long " + std::to_string(i) + ".txt", "x");
    const auto zip = dropbox.write(scene.folder().path());
    expect_failure(scene.migrate({zip}, {"--state-dir", state}), 4, "Le disque de ce serveur est plein",
                   "disk is full");
}

} // namespace passerelle::program
