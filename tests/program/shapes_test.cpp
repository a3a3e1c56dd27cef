// SPDX-License-Identifier: AGPL-3.0-or-later
// Every shape of export, from the command line to the tree on the server.
#include "tests/exports/sample.hpp"
#include "tests/program/sample_tree.hpp"
#include "tests/program/scene.hpp"

#include <gtest/gtest.h>

namespace passerelle::program {
namespace {

using exports::Locale;

struct Case {
    const char* name;
    Shape shape;
    Locale locale;
    bool tgz = false;
};

std::vector<std::filesystem::path> write_export(const Case& wanted, const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    switch (wanted.shape) {
    case Shape::takeout:
        return exports::sample_takeout(wanted.locale)
            .format(wanted.tgz ? exports::PackFormat::tgz : exports::PackFormat::zip)
            .write(folder);
    case Shape::drive_download:
        return exports::write_sample_drive_download(folder, wanted.locale);
    case Shape::dropbox:
        return exports::write_sample_dropbox(folder, wanted.locale);
    case Shape::folder:
        return exports::write_sample_folder(folder, wanted.locale);
    }
    return {};
}

class Shapes : public ::testing::TestWithParam<Case> {
  protected:
    std::set<std::string> empty_folders() const {
        if (GetParam().shape != Shape::takeout) return {};
        return {"Association/" +
                std::string(GetParam().locale == Locale::french ? "Ateliers à venir" : "Workshops to come")};
    }
    Scene scene;
};

} // namespace

TEST_P(Shapes, ArrivesWholeAndOnce) {
    const auto since = std::time(nullptr);
    const auto exports = write_export(GetParam(), scene.folder().path() / "export");
    const auto command = scene.migrate(exports, {"--dest", "Association", "--convert", "none"});

    const auto first = scene.run(command);
    ASSERT_EQ(first.exit_code, 0) << first.err;
    const auto tree = scene.server.tree();
    expect_files(tree, sample_files_on_server(GetParam().shape, GetParam().locale, "Association"), since,
                 empty_folders());
    scene.expect_true_report();
    EXPECT_EQ(scene.ledger().failed.items, 0u);
    scene.expect_tidy();
    for (const auto& [path, count] : scene.server.writes())
        EXPECT_EQ(count, 1) << path;

    scene.server.forget_requests();
    const auto second = scene.run(command);
    EXPECT_EQ(second.exit_code, 0) << second.err;
    for (const auto& change : changes(scene.server))
        ADD_FAILURE() << "the second run sent " << change.method << " " << change.path;
    EXPECT_EQ(scene.server.tree(), tree);
}

INSTANTIATE_TEST_SUITE_P(Export, Shapes,
                         ::testing::Values(Case{"FrenchTakeout", Shape::takeout, Locale::french},
                                           Case{"EnglishTakeout", Shape::takeout, Locale::english},
                                           Case{"TgzTakeout", Shape::takeout, Locale::french, true},
                                           Case{"DriveDownload", Shape::drive_download, Locale::french},
                                           Case{"EnglishDriveDownload", Shape::drive_download, Locale::english},
                                           Case{"Dropbox", Shape::dropbox, Locale::french},
                                           Case{"EnglishDropbox", Shape::dropbox, Locale::english},
                                           Case{"Folder", Shape::folder, Locale::french}),
                         [](const auto& tested) { return tested.param.name; });

/// The folders' own dates are those that the export tells, although everything that arrives in a folder changes its.
TEST(FolderDates, AreThoseOfTheExport) {
    Scene scene;
    const auto root = exports::write_sample_folder(scene.folder().path() / "export", Locale::french).front();
    ASSERT_EQ(scene.run(scene.migrate({root}, {"--dest", "A", "--convert", "none"})).exit_code, 0);
    int compared = 0;
    const auto tree = scene.server.tree();
    for (const auto& below : std::filesystem::recursive_directory_iterator(root)) {
        if (!below.is_directory() || below.path().filename() == ".dropbox.cache") continue;
        const auto path = "A/" + std::filesystem::relative(below.path(), root).string();
        const auto modified = std::chrono::file_clock::to_sys(below.last_write_time());
        ASSERT_TRUE(tree.contains(path)) << path;
        EXPECT_EQ(tree.at(path).modified, std::chrono::floor<std::chrono::seconds>(modified).time_since_epoch().count())
            << path;
        ++compared;
    }
    EXPECT_GT(compared, 5);
}

TEST(Converted, DocumentsTakeTheirPlaceAndOriginalsAreKept) {
    Scene scene;
    const auto exports = exports::write_sample_takeout(scene.folder().path(), Locale::french);
    const auto run = scene.run(scene.migrate(exports, {"--dest", "A"}));
    ASSERT_EQ(run.exit_code, 0) << run.err;
    scene.expect_true_report();
    scene.expect_tidy();
    const auto tree = scene.server.tree();
    for (const auto& [path, wanted] : sample_files_on_server(Shape::takeout, Locale::french, "A")) {
        const auto extension = std::filesystem::path(path).extension().string();
        const bool document = extension == ".docx" || extension == ".xlsx" || extension == ".pptx" ||
                              extension == ".doc" || extension == ".xls" || extension == ".ppt" || extension == ".rtf";
        if (!document) {
            EXPECT_TRUE(tree.contains(path)) << path;
            continue;
        }
        // Converted, its original among the originals; or, where that was not possible, as it was.
        const auto original = tree.find("A/Originals/" + path.substr(2));
        const auto kept = tree.find(path);
        ASSERT_NE(original == tree.end(), kept == tree.end()) << path;
        const auto& bytes = original != tree.end() ? original->second : kept->second;
        EXPECT_EQ(bytes.sha256, wanted.sha256) << path;
        if (original == tree.end()) continue;
        const char* form = extension.starts_with(".x") ? ".ods" : extension.starts_with(".p") ? ".odp" : ".odt";
        const auto converted = tree.find(std::filesystem::path(path).replace_extension(form).string());
        ASSERT_NE(converted, tree.end()) << path;
        EXPECT_EQ(converted->second.modified, wanted.modified) << path;
    }
}

} // namespace passerelle::program
