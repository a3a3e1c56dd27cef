// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/downloads.hpp"
#include "tests/exports/takeout.hpp"
#include "tests/unit/exports/read_archive.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace passerelle::exports {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(SidecarName, FollowsBothOfDrivesWays) {
    EXPECT_EQ(sidecar_path("Drive/CR.docx", SidecarName::full), "Drive/CR.docx-info.json");
    EXPECT_EQ(sidecar_path("Drive/CR.docx", SidecarName::stem), "Drive/CR-info.json");
    EXPECT_EQ(sidecar_path("Drive/CR(1).docx", SidecarName::full), "Drive/CR.docx-info(1).json");
    EXPECT_EQ(sidecar_path("Drive/CR(1).docx", SidecarName::stem), "Drive/CR-info(1).json");
    EXPECT_EQ(sidecar_path("Drive/Fête (été)", SidecarName::full), "Drive/Fête (été)-info.json");
    EXPECT_EQ(photo_sidecar_name("IMG_1.jpg"), "IMG_1.jpg.supplemental-metadata.json");
    EXPECT_EQ(photo_sidecar_name("IMG_20240615_143000123.jpg"), "IMG_20240615_143000123.jpg.supplemental-metada.json");
}

TEST(Takeout, PutsAFileAndItsSidecarIntoTheirParts) {
    const TemporaryDirectory directory;
    const Permission jeanne{.name = "Jeanne", .email = "j@ex.org", .role = "reader", .additional_roles = {"commenter"}};
    const auto written =
        TakeoutBuilder(Locale::french)
            .file(
                "Drive/CR_ mai.docx", "bytes",
                Sidecar{.title = "CR: mai.docx", .modified = at(2024, 5, 2), .starred = true, .permissions = {jeanne}})
            .part(2)
            .sidecar_part(1)
            .file("Drive/été.txt", "deux fois")
            .also_in_part(3)
            .write(directory.path());

    ASSERT_THAT(written, ElementsAre(directory / "takeout-20240712T112341Z-001.zip",
                                     directory / "takeout-20240712T112341Z-002.zip",
                                     directory / "takeout-20240712T112341Z-003.zip"));
    const ReadZip first = read_zip(written[0]);
    EXPECT_TRUE(first.sound);
    EXPECT_THAT(first.names, ElementsAre("Takeout/archive_browser.html", "Takeout/Drive/CR_ mai.docx-info.json",
                                         "Takeout/Drive/été.txt"));
    EXPECT_THAT(read_zip(written[1]).names, ElementsAre("Takeout/Drive/CR_ mai.docx"));
    EXPECT_THAT(read_zip(written[2]).names, ElementsAre("Takeout/Drive/été.txt"));

    const auto sidecar = nlohmann::json::parse(first.files.at("Takeout/Drive/CR_ mai.docx-info.json"));
    EXPECT_EQ(sidecar["title"], "CR: mai.docx");
    EXPECT_EQ(sidecar["starred"], true);
    EXPECT_EQ(sidecar["content_last_modified"], "2024-05-02T12:00:00.123Z");
    EXPECT_EQ(sidecar["permissions"][0]["email_address"], "j@ex.org");
    EXPECT_EQ(sidecar["permissions"][0]["additional_roles"][0], "commenter");
}

TEST(Takeout, LaysALargeFileBesideTheArchives) {
    const TemporaryDirectory directory;
    const auto written = TakeoutBuilder()
                             .file("Drive/Fête.mov", Bytes::random(1000, 1), Sidecar{})
                             .part(31)
                             .sidecar_part(1)
                             .loose()
                             .write(directory.path());
    ASSERT_THAT(written, ElementsAre(directory / "takeout-20240712T112341Z-001.zip", directory / "Fête-031.mov"));
    EXPECT_EQ(read_file(written[1]), Bytes::random(1000, 1).to_string());
    EXPECT_THAT(read_zip(written[0]).names, Contains("Takeout/Drive/Fête.mov-info.json"));
}

TEST(Takeout, MapsAndListsEveryFileInItsPage) {
    const TemporaryDirectory directory;
    const TakeoutBuilder takeout = TakeoutBuilder(Locale::german)
                                       .batch(7)
                                       .file("Drive/Feste & Märkte/Plan.txt", "x")
                                       .contacts({{"Jeanne", "Dupré", "j@ex.org"}})
                                       .part(2)
                                       .missing_part(2);
    const auto written = takeout.write(directory.path());
    ASSERT_THAT(written, ElementsAre(directory / "takeout-20240712T112341Z-7-001.zip"));
    const std::string page = read_zip(written[0]).files.at("Takeout/Archiv_Übersicht.html");
    EXPECT_THAT(page,
                HasSubstr(R"(<h1 class="data-folder-name" data-english-name="CONTACTS" data-folder-name="Kontakte">)"));
    EXPECT_THAT(page, HasSubstr(R"(id="service-details-DRIVE")"));
    EXPECT_THAT(page, HasSubstr(R"(<div class="extracted-folder-name">Feste &amp; Märkte</div>)"));
    EXPECT_THAT(page, HasSubstr(R"(<div class="extracted-file-name"> Alle Kontakte.vcf</div>)"));
    EXPECT_THAT(takeout.files(), Contains(testing::Key("Kontakte/Alle Kontakte/Alle Kontakte.vcf")));
}

TEST(Takeout, WritesTheOtherProductsUnderTheirLocalisedNames) {
    const TemporaryDirectory directory;
    const auto written =
        TakeoutBuilder(Locale::french)
            .format(PackFormat::tgz)
            .without_browser()
            .calendar("Jardins: réunions", {{"1@x", "CA", at(2024, 1, 1), at(2024, 1, 1, 14)}})
            .note({.title = "Courses", .list = {{"Terreau", true}}, .edited = kExportTime})
            .tasks({{"À faire", {{.title = "Relancer", .due = at(2024, 9, 1)}}}})
            .mail("Tous les messages, y compris ceux du dossier Spam ",
                  {{"a@x", "b@x", "Réunion", kExportTime, {"Boîte de réception", "Jardins"}, "Bonjour"}})
            .photo("IMG_1.jpg", "jpeg", {.taken = at(2024, 6, 15)})
            .write(directory.path());
    ASSERT_THAT(written, ElementsAre(directory / "takeout-20240712T112341Z-001.tgz"));
    std::map<std::string, std::string> files;
    for (const auto& [name, bytes] : read_tgz(written[0]))
        files[name] = bytes;
    EXPECT_THAT(files.at("Takeout/Agenda/Jardins_ réunions.ics"), HasSubstr("X-WR-CALNAME:Jardins: réunions\r\n"));
    EXPECT_EQ(nlohmann::json::parse(files.at("Takeout/Keep/Courses.json"))["listContent"][0]["isChecked"], true);
    EXPECT_TRUE(files.contains("Takeout/Keep/Courses.html"));
    EXPECT_EQ(nlohmann::json::parse(files.at("Takeout/Tâches/Tasks.json"))["items"][0]["items"][0]["due"],
              "2024-09-01T00:00:00.000Z");
    EXPECT_THAT(files.at("Takeout/Messagerie/Tous les messages, y compris ceux du dossier Spam .mbox"),
                HasSubstr("X-Gmail-Labels: =?UTF-8?B?"));
    EXPECT_EQ(nlohmann::json::parse(
                  files.at("Takeout/Google Photos/Photos de 2024/IMG_1.jpg.supplemental-metadata.json"))["title"],
              "IMG_1.jpg");
}

TEST(Workspace, HasATakeoutForEachAccount) {
    const TemporaryDirectory directory;
    const auto written = write_workspace(
        directory.path(),
        {{"jeanne@ex.org", TakeoutBuilder().file("Drive/a.txt", "a").group("bureau@ex.org", {{"j@ex.org"}})},
         {"paul@ex.org", TakeoutBuilder().file("Drive/b.txt", "b")}});
    ASSERT_THAT(written, ElementsAre(directory / "jeanne@ex.org/takeout-20240712T112341Z-001.zip",
                                     directory / "paul@ex.org/takeout-20240712T112341Z-001.zip"));
    EXPECT_THAT(read_zip(written[0]).files.at("Takeout/Groups/bureau@ex.org/members.csv"),
                HasSubstr("bureau@ex.org,j@ex.org,"));
}

TEST(DriveDownload, IsNamedAsThePageNamesIt) {
    const TemporaryDirectory directory;
    const auto one = DriveDownloadBuilder("Bureau").old_naming().file("CR/été.txt", "x").write(directory.path());
    ASSERT_THAT(one, ElementsAre(directory / "Bureau-20240712T112341Z-001.zip"));
    EXPECT_THAT(read_zip(one[0]).names, ElementsAre("Bureau/CR/été.txt"));
    const auto several = DriveDownloadBuilder().file("a.txt", "x").file("b.txt", "y").part(2).write(directory.path());
    ASSERT_THAT(several, ElementsAre(directory / "drive-download-20240712T112341Z-1-001.zip",
                                     directory / "drive-download-20240712T112341Z-1-002.zip"));
    EXPECT_THAT(read_zip(several[1]).names, ElementsAre("b.txt"));
}

TEST(Dropbox, HasItsSpuriousEntryAndNoFolderAround) {
    const TemporaryDirectory directory;
    const auto zip = DropboxBuilder("Jardins")
                         .decomposed_names()
                         .folder("Comité")
                         .file("Comité/réunion.txt", "x")
                         .write(directory.path());
    EXPECT_EQ(zip.filename(), "Jardins.zip");
    const ReadZip read = read_zip(zip);
    EXPECT_TRUE(read.sound);
    EXPECT_THAT(read.names, ElementsAre("/", nfd("Comité/réunion.txt"), nfd("Comité/")));
}

TEST(PlainFolder, HoldsFilesStubsAndLinksWithTheirDates) {
    const TemporaryDirectory directory;
    FolderBuilder()
        .file("CR/été.txt", "x", at(2023, 3, 4))
        .folder("Vide")
        .google_stub("Budget.gsheet")
        .google_stub("Vieux.gdoc", true)
        .system_files("CR")
        .symlink("lien", "/etc/passwd")
        .write(directory.path());
    EXPECT_EQ(read_file(directory / "CR/été.txt"), "x");
    EXPECT_EQ(std::chrono::file_clock::to_sys(std::filesystem::last_write_time(directory / "CR/été.txt")),
              at(2023, 3, 4));
    EXPECT_TRUE(std::filesystem::is_directory(directory / "Vide"));
    EXPECT_TRUE(std::filesystem::is_symlink(directory / "lien"));
    EXPECT_TRUE(nlohmann::json::parse(read_file(directory / "Budget.gsheet")).contains("doc_id"));
    EXPECT_TRUE(nlohmann::json::parse(read_file(directory / "Vieux.gdoc")).contains("url"));
    EXPECT_TRUE(std::filesystem::exists(directory / "CR/desktop.ini"));
}

} // namespace
} // namespace passerelle::exports
