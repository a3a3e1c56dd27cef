// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "tests/exports/downloads.hpp"
#include "tests/exports/zip_bytes.hpp"
#include "tests/unit/daemon/sources/opened.hpp"

#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <thread>

namespace passerelle::sources::testing {
namespace {

using exports::at;
using exports::Bytes;
using exports::DriveDownloadBuilder;
using exports::DropboxBuilder;
using exports::FolderBuilder;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct AnyExport : ::testing::Test {
    Scratch scratch;
};

TEST_F(AnyExport, DropboxHasNoFolderOfItsOwnAndNoItemForItsRoot) {
    const auto zip = DropboxBuilder("Archives")
                         .file("PV/été.odt", "pv", at(2021, 3, 4, 10, 20, 30))
                         .folder("Vide")
                         .write(scratch.path());
    for (const auto& given : {zip, scratch.path()}) {
        const auto source = opened({given});
        EXPECT_EQ(source->inventory().kind, ExportKind::dropbox);
        EXPECT_EQ(text_at(*source, "PV/été.odt"), "pv");
        EXPECT_EQ(item_at(*source, "PV/été.odt").modified, at(2021, 3, 4, 10, 20, 30));
        EXPECT_EQ(item_at(*source, "Vide").kind, ItemKind::folder);
        EXPECT_EQ(source->inventory().items.size(), 3U);
    }
    EXPECT_EQ(opened({zip})->inventory().name, "Archives");
}

TEST_F(AnyExport, DropboxZipsOfItsWebPage) {
    const char* corpus = std::getenv("PASSERELLE_CORPUS");
    if (corpus == nullptr) GTEST_SKIP() << "PASSERELLE_CORPUS names no corpus";
    const auto folder = std::filesystem::path(corpus) / "dropbox";
    const auto loose = opened({folder / "foo-loose-dropbox.zip"});
    EXPECT_EQ(loose->inventory().kind, ExportKind::dropbox);
    EXPECT_THAT(file_paths(*loose), ElementsAre("file.txt"));
    EXPECT_EQ(item_at(*loose, "file.txt").modified, at(2018, 1, 11, 19, 11, 36));
    EXPECT_EQ(text_at(*loose, "file.txt").size(), 38U);
    const auto nested = opened({folder / "yo-loose-dropbox.zip"});
    EXPECT_THAT(file_paths(*nested), ElementsAre("subdir1/file1.txt", "subdir2/file2.txt"));
    EXPECT_EQ(nested->inventory().items.size(), 4U);
    EXPECT_EQ(text_at(*nested, "subdir2/file2.txt").size(), 42U);
}

TEST_F(AnyExport, DriveDownloadKeepsTheFolderAndMergesParts) {
    DriveDownloadBuilder("Bureau")
        .file("a.txt", "a", at(2020, 1, 2))
        .file("Sous/b.txt", "b")
        .part(2)
        .write(scratch.path());
    const auto source = opened({scratch.path()});
    EXPECT_EQ(source->inventory().kind, ExportKind::drive_download);
    EXPECT_EQ(source->inventory().parts.size(), 2U);
    EXPECT_EQ(text_at(*source, "Bureau/a.txt"), "a");
    EXPECT_EQ(item_at(*source, "Bureau/a.txt").modified, at(2020, 1, 2));
    EXPECT_EQ(text_at(*source, "Bureau/Sous/b.txt"), "b");
    EXPECT_THAT(source->inventory().problems, IsEmpty());
}

TEST_F(AnyExport, FolderReportsStubsSystemFilesLinksAndPipes) {
    FolderBuilder()
        .file("Notes/a.txt", "a", at(2022, 2, 2))
        .google_stub("Budget.gsheet")
        .google_stub("Ancien.gdoc", true)
        .file("vraie.gdoc", "not a link at all, but somebody's text")
        .file("Idées.paper", "")
        .file("Plan (Copie en conflit de PC-12 2025-11-17).docx", "x")
        .system_files()
        .symlink("lien", "/etc/passwd")
        .write(scratch / "Dossier");
    ASSERT_EQ(::mkfifo((scratch / "Dossier/tube").c_str(), 0600), 0);
    const auto source = opened({scratch / "Dossier"});
    EXPECT_EQ(source->inventory().kind, ExportKind::folder);
    EXPECT_EQ(source->inventory().name, "Dossier");
    EXPECT_EQ(text_at(*source, "Notes/a.txt"), "a");
    EXPECT_EQ(item_at(*source, "Notes/a.txt").modified, at(2022, 2, 2));
    EXPECT_EQ(item_at(*source, "Budget.gsheet").kind, ItemKind::stub);
    EXPECT_NE(parameter(item_at(*source, "Budget.gsheet").reasons, codes::source_no_content, "link"), "");
    EXPECT_TRUE(parameter(item_at(*source, "Ancien.gdoc").reasons, codes::source_no_content, "link")
                    .starts_with("https://docs.google.com/"));
    EXPECT_EQ(item_at(*source, "vraie.gdoc").kind, ItemKind::file);
    EXPECT_EQ(item_at(*source, "Idées.paper").kind, ItemKind::stub);
    const auto& copy = item_at(*source, "Plan (Copie en conflit de PC-12 2025-11-17).docx");
    EXPECT_TRUE(has_reason(copy, codes::source_conflicted_copy));
    EXPECT_FALSE(copy.leave_out);
    for (const auto* name : {"desktop.ini", "Thumbs.db", ".DS_Store", "Icon\r", ".dropbox"}) {
        EXPECT_TRUE(item_at(*source, name).leave_out) << name;
        EXPECT_TRUE(has_reason(item_at(*source, name), codes::source_system_file)) << name;
    }
    EXPECT_EQ(parameter(item_at(*source, "lien").reasons, codes::source_link, "target"), "/etc/passwd");
    EXPECT_TRUE(has_reason(item_at(*source, "tube"), codes::source_special_file));
    EXPECT_EQ(item_at(*source, "tube").kind, ItemKind::entry);
}

TEST_F(AnyExport, FolderNamesThatAreNoUtf8AreReadAllTheSame) {
    FolderBuilder().file("r\xe9union.txt", "contenu").write(scratch / "Dossier");
    const auto source = opened({scratch / "Dossier"});
    EXPECT_EQ(text_at(*source, "réunion.txt"), "contenu");
    EXPECT_TRUE(has_reason(item_at(*source, "réunion.txt"), codes::source_name_decoded));
}

TEST_F(AnyExport, AFolderWithAZipAmongOtherFilesIsAPlainFolder) {
    DropboxBuilder("Archives").file("a.txt", "a").write(scratch / "Dossier");
    FolderBuilder().file("b.txt", "b").write(scratch / "Dossier");
    const auto source = opened({scratch / "Dossier"});
    EXPECT_THAT(file_paths(*source), ElementsAre("Archives.zip", "b.txt"));
}

TEST_F(AnyExport, OtherFilesBesideThePartsAreNamed) {
    DriveDownloadBuilder("Bureau").file("a.txt", "a").write(scratch.path());
    FolderBuilder().file("facture.pdf", "x").system_files().write(scratch.path());
    const auto source = opened({scratch.path()});
    EXPECT_THAT(file_paths(*source), ElementsAre("Bureau/a.txt"));
    EXPECT_TRUE(has_problem(*source, codes::export_others_ignored));
}

TEST_F(AnyExport, WhatCannotBeAnExportIsRefused) {
    EXPECT_EQ(refused({scratch / "rien"}).code, codes::export_not_found);
    std::ofstream(scratch / "texte.txt") << "texte";
    EXPECT_EQ(refused({scratch / "texte.txt"}).code, codes::export_not_an_archive);
    std::filesystem::create_directory(scratch / "vide");
    EXPECT_EQ(refused({scratch / "vide"}).code, codes::export_empty);
}

TEST_F(AnyExport, AStopEndsTheReading) {
    FolderBuilder().file("a.txt", "a").write(scratch / "Dossier");
    std::stop_source stop;
    stop.request_stop();
    const auto source = open_export({{scratch / "Dossier"}}, stop.get_token());
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().code, codes::job_stopped);
}

TEST_F(AnyExport, AnArchiveThatChangedMeanwhileStopsTheJob) {
    const auto zip = DropboxBuilder("A").file("a.txt", "a").write(scratch.path());
    const auto source = opened({zip});
    const auto content = source->content(item_at(*source, "a.txt"));
    ASSERT_TRUE(content);
    std::ofstream(zip, std::ios::app) << "more";
    const auto reader = (*content)->open();
    ASSERT_FALSE(reader);
    EXPECT_EQ(reader.error().code, codes::source_changed);
    EXPECT_EQ(reader.error().kind, ErrorKind::job);
}

TEST_F(AnyExport, AFileOfAFolderThatChangedMeanwhileIsItsOwnTrouble) {
    FolderBuilder().file("a.txt", "a").write(scratch / "Dossier");
    const auto source = opened({scratch / "Dossier"});
    std::ofstream(scratch / "Dossier/a.txt", std::ios::app) << "more";
    EXPECT_EQ(text_at(*source, "a.txt"), codes::file_changed);
    std::filesystem::remove(scratch / "Dossier/a.txt");
    std::filesystem::create_symlink("/etc/passwd", scratch / "Dossier/a.txt");
    EXPECT_EQ(text_at(*source, "a.txt"), codes::file_changed);
}

TEST_F(AnyExport, ContentOutlivesTheSource) {
    const auto zip = DropboxBuilder("A").file("a.txt", "abc").write(scratch.path());
    auto source = opened({zip});
    const auto content = *source->content(item_at(*source, "a.txt"));
    source.reset();
    EXPECT_EQ(*read_all(*content, 10), "abc");
}

TEST_F(AnyExport, SeveralThreadsReadOneArchive) {
    DropboxBuilder builder("A");
    for (int i = 0; i < 40; ++i)
        builder.file(std::to_string(i) + ".txt", Bytes::prose(200'000, static_cast<std::uint64_t>(i)));
    const auto source = opened({builder.write(scratch.path())});
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 40; ++i)
                EXPECT_EQ(text_at(*source, std::to_string(i) + ".txt"),
                          Bytes::prose(200'000, static_cast<std::uint64_t>(i)).to_string());
        });
}

TEST_F(AnyExport, ZipStylesAreAllRead) {
    for (const bool descriptors : {false, true})
        for (const bool zip64 : {false, true}) {
            Scratch place;
            DriveDownloadBuilder("Bureau")
                .style({.data_descriptors = descriptors, .zip64 = zip64, .cp437_names = true})
                .file("Réunion.txt", Bytes::prose(100'000, 7))
                .write(place.path());
            const auto source = opened({place.path()});
            EXPECT_EQ(text_at(*source, "Bureau/Réunion.txt"), Bytes::prose(100'000, 7).to_string());
        }
}

TEST_F(AnyExport, AZipBehindOtherBytesIsRead) {
    const auto bytes = exports::zip_bytes({{.name = "a.txt", .content = "a"}, {.name = "b.txt", .content = "b"}});
    std::ofstream(scratch / "a.zip", std::ios::binary)
        << std::string("PK\x03\x04 and a stub that unpacks itself") << bytes;
    const auto source = opened({scratch / "a.zip"});
    EXPECT_EQ(text_at(*source, "b.txt"), "b");
}

TEST_F(AnyExport, OldWindowsProgramsSeparateFoldersWithBackslashes) {
    std::ofstream(scratch / "a.zip", std::ios::binary)
        << exports::zip_bytes({{.name = "Dossier\\a.txt", .content = "a", .made_on = 0}});
    EXPECT_EQ(text_at(*opened({scratch / "a.zip"}), "Dossier/a.txt"), "a");
}

} // namespace
} // namespace passerelle::sources::testing
