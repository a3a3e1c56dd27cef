// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "tests/exports/takeout.hpp"
#include "tests/unit/daemon/sources/opened.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::sources::testing {
namespace {

using exports::at;
using exports::Locale;
using exports::PackFormat;
using exports::Permission;
using exports::TakeoutBuilder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct TakeoutExport : ::testing::Test {
    Scratch scratch;
};

TEST_F(TakeoutExport, PutsDriveAtTheTopAndAppliesSidecarsFromOtherParts) {
    TakeoutBuilder builder;
    builder
        .file(
            "Drive/Réunions/CR_ mars.docx", "compte rendu",
            exports::Sidecar{.title = "CR: mars",
                             .modified = at(2024, 2, 1),
                             .created = at(2023, 1, 5),
                             .starred = true,
                             .permissions = {Permission{.name = "Jeanne", .email = "j@example.org", .role = "writer"}}})
        .part(2)
        .sidecar_part(1);
    builder.write(scratch.path());
    const auto source = opened({scratch.path()});
    EXPECT_EQ(source->inventory().kind, ExportKind::takeout);
    EXPECT_EQ(source->inventory().name, "takeout-20240712T112341Z");
    EXPECT_THAT(source->inventory().problems, IsEmpty());

    const auto& item = item_at(*source, "Réunions/CR_ mars.docx");
    EXPECT_EQ(item.title, "CR: mars.docx");
    EXPECT_EQ(item.modified, at(2024, 2, 1));
    EXPECT_EQ(item.created, at(2023, 1, 5));
    EXPECT_TRUE(item.starred);
    EXPECT_THAT(item.permissions, HasSubstr("j@example.org"));
    EXPECT_EQ(text_of(*source, item), "compte rendu");
    EXPECT_EQ(item_at(*source, "Réunions").kind, ItemKind::folder);

    const auto& sidecar = item_at(*source, "Réunions/CR_ mars.docx-info.json");
    EXPECT_TRUE(sidecar.leave_out);
    EXPECT_TRUE(has_reason(sidecar, codes::source_sidecar_used));
    const auto& page = item_at(*source, "archive_browser.html");
    EXPECT_TRUE(page.leave_out);
}

TEST_F(TakeoutExport, MatchesSidecarsOfNumberedNamesAndOfStems) {
    using exports::SidecarName;
    TakeoutBuilder builder;
    builder.file("Drive/CR.docx", "1", exports::Sidecar{.title = "premier"});
    builder.file("Drive/CR(1).docx", "2", exports::Sidecar{.title = "deuxième"});
    builder.file("Drive/Note.docx", "3", exports::Sidecar{.title = "troisième", .naming = SidecarName::stem});
    builder.file("Drive/Note(1).docx", "4", exports::Sidecar{.title = "quatrième", .naming = SidecarName::stem});
    builder.folder("Drive/Dossier", exports::Sidecar{.title = "Dossier: A"});
    builder.file("Drive/mon-info.json", "{}");
    builder.write(scratch.path());
    const auto source = opened({scratch.path()});
    EXPECT_EQ(item_at(*source, "CR.docx").title, "premier.docx");
    EXPECT_EQ(item_at(*source, "CR(1).docx").title, "deuxième.docx");
    EXPECT_EQ(item_at(*source, "Note.docx").title, "troisième.docx");
    EXPECT_EQ(item_at(*source, "Note(1).docx").title, "quatrième.docx");
    EXPECT_EQ(item_at(*source, "Dossier").title, "Dossier: A");
    EXPECT_FALSE(item_at(*source, "mon-info.json").leave_out); // somebody's own file
}

TEST_F(TakeoutExport, ReadsTgzInTheOrderOfItsEntries) {
    TakeoutBuilder builder;
    builder.format(PackFormat::tgz);
    for (int i = 0; i < 5; ++i)
        builder.file("Drive/" + std::to_string(i) + ".txt", "contenu " + std::to_string(i),
                     exports::Sidecar{.title = "titre " + std::to_string(i)});
    builder.write(scratch.path());
    const auto source = opened({scratch.path()});
    EXPECT_FALSE(source->random_access());
    for (const int i : {0, 2, 4, 1, 3}) {
        EXPECT_EQ(text_at(*source, std::to_string(i) + ".txt"), "contenu " + std::to_string(i));
        EXPECT_EQ(item_at(*source, std::to_string(i) + ".txt").title, "titre " + std::to_string(i) + ".txt");
    }
}

TEST_F(TakeoutExport, KeepsOtherProductsAsFilesUnderTheirFolder) {
    for (const auto locale : {Locale::french, Locale::english, Locale::german}) {
        for (const bool page : {true, false}) {
            Scratch place;
            TakeoutBuilder builder(locale);
            if (!page) builder.without_browser();
            builder.file("Drive/a.txt", "a");
            builder.contacts({{"Jeanne", "Dupré", "jeanne@example.org"}});
            builder.calendar("Réunions", {{"1", "AG", at(2024, 1, 1), at(2024, 1, 1, 13)}});
            builder.photo("IMG_1.jpg", "jpeg", {.taken = at(2019, 7, 14), .title = "IMG:1.jpg", .favorited = true});
            builder.write(place.path());
            const auto source = opened({place.path()});
            EXPECT_EQ(text_at(*source, "a.txt"), "a");
            const auto contacts = exports::product_folder(locale, Product::contacts);
            const auto& card = item_at(*source, contacts + '/' + exports::all_contacts(locale) + '/' +
                                                    exports::all_contacts(locale) + ".vcf");
            EXPECT_EQ(card.product, Product::contacts);
            EXPECT_EQ(card.product_folder, contacts);
            EXPECT_TRUE(has_reason(card, codes::source_product_kept_as_files));
            EXPECT_FALSE(card.modified);
            EXPECT_EQ(item_at(*source, exports::product_folder(locale, Product::calendar)).product, Product::calendar);

            const auto photos =
                exports::product_folder(locale, Product::photos) + '/' + exports::photos_of_year(locale, 2019);
            const auto& photo = item_at(*source, photos + "/IMG_1.jpg");
            EXPECT_EQ(photo.modified, at(2019, 7, 14));
            EXPECT_EQ(photo.title, "IMG:1.jpg");
            EXPECT_TRUE(photo.starred);
            EXPECT_TRUE(item_at(*source, photos + '/' + exports::photo_sidecar_name("IMG_1.jpg")).leave_out);
        }
    }
}

TEST_F(TakeoutExport, PutsLargeFilesBackWhereSidecarOrPageSay) {
    TakeoutBuilder builder;
    builder.file("Drive/Films/Fête.mov", "film", exports::Sidecar{.starred = true}).part(31).sidecar_part(1).loose();
    builder.file("Drive/Autres/Sortie.mov", "autre film").part(2).loose();
    builder.file("Drive/Autres/a.txt", "a");
    builder.write(scratch.path());
    const auto source = opened({scratch.path()});
    EXPECT_EQ(text_at(*source, "Films/Fête.mov"), "film");
    EXPECT_TRUE(item_at(*source, "Films/Fête.mov").starred);
    EXPECT_EQ(text_at(*source, "Autres/Sortie.mov"), "autre film");
    EXPECT_TRUE(has_reason(item_at(*source, "Autres/Sortie.mov"), codes::source_large_file_placed));
    EXPECT_FALSE(has_problem(*source, codes::export_files_missing));
}

TEST_F(TakeoutExport, PutsLargeFilesOfUnknownPlaceAtTheTop) {
    TakeoutBuilder builder;
    builder.without_browser().file("Drive/a.txt", "a").file("Drive/Films/Fête.mov", "film").part(2).loose();
    builder.write(scratch.path());
    const auto source = opened({scratch.path()});
    EXPECT_EQ(text_at(*source, "Fête.mov"), "film");
    EXPECT_TRUE(has_reason(item_at(*source, "Fête.mov"), codes::source_large_file_at_root));
}

TEST_F(TakeoutExport, NoticesMissingParts) {
    TakeoutBuilder builder;
    builder.file("Drive/a.txt", "a").file("Drive/b.txt", "b").part(2).file("Drive/c.txt", "c").part(3).missing_part(2);
    builder.write(scratch.path());
    const auto source = opened({scratch.path()});
    EXPECT_EQ(parameter(source->inventory().problems, codes::export_part_missing, "numbers"), "002");
    EXPECT_EQ(parameter(source->inventory().problems, codes::export_files_missing, "count"), "1");
    EXPECT_EQ(parameter(source->inventory().problems, codes::export_files_missing, "names"), "b.txt");
}

TEST_F(TakeoutExport, TrustsTheCompleteListMoreThanTheNumbers) {
    TakeoutBuilder builder;
    builder.file("Drive/a.txt", "a").file("Drive/c.txt", "c").part(3);
    builder.write(scratch.path());
    EXPECT_FALSE(has_problem(*opened({scratch.path()}), codes::export_part_missing));
}

TEST_F(TakeoutExport, ReadsAPartThatABrowserSavedTwiceOnce) {
    TakeoutBuilder builder;
    builder.file("Drive/a.txt", "a");
    const auto parts = builder.write(scratch.path());
    std::filesystem::copy_file(parts.front(), scratch / "takeout-20240712T112341Z-001 (1).zip");
    const auto source = opened({scratch.path()});
    EXPECT_TRUE(has_problem(*source, codes::export_part_twice));
    EXPECT_EQ(source->inventory().parts.size(), 1U);
    EXPECT_EQ(source->inventory().parts.front().file.filename(), "takeout-20240712T112341Z-001.zip");
    EXPECT_FALSE(has_reason(item_at(*source, "a.txt"), codes::source_same_twice));
}

TEST_F(TakeoutExport, JoinsWhatStandsInSeveralParts) {
    TakeoutBuilder builder;
    builder.file("Drive/a.txt", "a").also_in_part(2);
    builder.write(scratch.path());
    const auto source = opened({scratch.path()});
    EXPECT_TRUE(has_reason(item_at(*source, "a.txt"), codes::source_same_twice));
    EXPECT_FALSE(has_item(*source, "a (2).txt"));
}

TEST_F(TakeoutExport, KnowsDrivesOwnExtras) {
    TakeoutBuilder builder;
    builder.file("Drive/bilan.xlsx", "x");
    builder.file("Drive/bilan-comments.html", "<p>");
    builder.file("Drive/bilan-at-2023-01-05T10_00_00Z-pinned.xlsx", "old");
    builder.file("Drive/chat-at-home-pinned.jpg", "a person's own");
    builder.file("Drive/Workspaces.json", "{}");
    builder.file("Drive/Workspaces(1).json", "{}");
    builder.write(scratch.path());
    const auto source = opened({scratch.path()});
    EXPECT_TRUE(has_reason(item_at(*source, "bilan-comments.html"), codes::source_comments_page));
    EXPECT_FALSE(item_at(*source, "bilan-comments.html").leave_out);
    EXPECT_TRUE(item_at(*source, "bilan-at-2023-01-05T10_00_00Z-pinned.xlsx").leave_out);
    EXPECT_FALSE(item_at(*source, "chat-at-home-pinned.jpg").leave_out);
    EXPECT_TRUE(item_at(*source, "Workspaces.json").leave_out);
    EXPECT_TRUE(item_at(*source, "Workspaces(1).json").leave_out);
}

TEST_F(TakeoutExport, ReadsAnUnpackedOne) {
    exports::write_file(scratch / "Takeout/Drive/a.docx", "a", exports::kExportTime);
    exports::write_file(scratch / "Takeout/Drive/a.docx-info.json",
                        exports::to_json(exports::Sidecar{.title = "A: B", .modified = at(2020, 5, 1)}, "a.docx"),
                        exports::kExportTime);
    for (const auto& given : {scratch.path(), scratch / "Takeout", scratch / "Takeout/"}) {
        const auto source = opened({given});
        EXPECT_EQ(source->inventory().kind, ExportKind::takeout);
        EXPECT_EQ(item_at(*source, "a.docx").title, "A: B.docx");
        EXPECT_EQ(item_at(*source, "a.docx").modified, at(2020, 5, 1));
        EXPECT_EQ(text_at(*source, "a.docx"), "a");
    }
}

TEST_F(TakeoutExport, RefusesSeveralAccountsAndSeveralExports) {
    TakeoutBuilder builder;
    builder.file("Drive/a.txt", "a");
    exports::write_workspace(scratch / "workspace", {{"jeanne@example.org", builder}, {"paul@example.org", builder}});
    const auto error = refused({scratch / "workspace"});
    EXPECT_EQ(error.code, codes::export_several_accounts);
    EXPECT_THAT(error.parameters.front().second, HasSubstr("jeanne@example.org"));
    EXPECT_EQ(text_at(*opened({scratch / "workspace/paul@example.org"}), "a.txt"), "a");

    builder.write(scratch / "two");
    builder.made_at(at(2025, 1, 1));
    builder.write(scratch / "two");
    EXPECT_EQ(refused({scratch / "two"}).code, codes::export_several_exports);
}

TEST_F(TakeoutExport, GivesTheSameFingerprintInAnyOrderOfParts) {
    TakeoutBuilder builder;
    builder.file("Drive/a.txt", "a").file("Drive/b.txt", "b").part(2);
    auto parts = builder.write(scratch.path());
    const auto first = opened(parts)->inventory().fingerprint;
    std::reverse(parts.begin(), parts.end());
    EXPECT_EQ(opened(parts)->inventory().fingerprint, first);
    builder.file("Drive/c.txt", "c");
    EXPECT_NE(opened(builder.write(scratch.path()))->inventory().fingerprint, first);
}

} // namespace
} // namespace passerelle::sources::testing
