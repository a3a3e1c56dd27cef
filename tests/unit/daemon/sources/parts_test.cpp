// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/names.hpp"
#include "daemon/sources/part_name.hpp"
#include "daemon/sources/sidecar.hpp"
#include "daemon/sources/takeout_page.hpp"
#include "daemon/sources/tree.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::sources {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::SizeIs;

TEST(PartName, KnowsTheNamesOfTakeout) {
    const auto plain = parse_part_name("takeout-20240712T112341Z-001.zip");
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->kind, ExportKind::takeout);
    EXPECT_EQ(plain->export_name, "takeout-20240712T112341Z");
    EXPECT_EQ(plain->number, 1);
    EXPECT_FALSE(plain->copy);
    const auto batch = parse_part_name("takeout-20251202T121101Z-7-003 (1).tgz");
    ASSERT_TRUE(batch);
    EXPECT_EQ(batch->batch, "7");
    EXPECT_EQ(batch->number, 3);
    EXPECT_TRUE(batch->copy);
}

TEST(PartName, KnowsTheNamesOfTheDrivePage) {
    const auto folder = parse_part_name("Comptes 2024-20250821T104544Z-1-001.zip");
    ASSERT_TRUE(folder);
    EXPECT_EQ(folder->kind, ExportKind::drive_download);
    EXPECT_EQ(folder->export_name, "Comptes 2024-20250821T104544Z");
    EXPECT_TRUE(parse_part_name("drive-download-20250821T104544Z-001.zip"));
    EXPECT_FALSE(parse_part_name("photos-2024.zip"));
    EXPECT_FALSE(parse_part_name("Bureau-20250821T104544Z-001.tgz"));
}

TEST(PartName, GivesLooseFilesTheirNameBack) {
    EXPECT_EQ(loose_file_name("IMG_2063-031.MOV"), "IMG_2063.MOV");
    EXPECT_EQ(loose_file_name("archive-1234"), "archive");
    EXPECT_FALSE(loose_file_name("IMG_2063.MOV"));
    EXPECT_FALSE(loose_file_name("plan-12.pdf"));
}

TEST(Names, TakeUtf8AsSuchAndDecodeTheRest) {
    EXPECT_TRUE(is_utf8("été"));
    EXPECT_FALSE(is_utf8("\xc0\xaf"));
    EXPECT_FALSE(is_utf8("\xed\xa0\x80"));
    EXPECT_EQ(from_cp437("r\x82union \x87\x85"), "réunion çà");
    EXPECT_EQ(from_windows_1252("\x80 \xe9t\xe9 \x9c"), "€ été œ");
}

TEST(SidecarText, ReadsWhatDriveWrites) {
    const auto sidecar = parse_sidecar(R"({"title":"Budget 2024","mime_type":"application/vnd.google-apps.spreadsheet",
        "starred":true,"viewers_can_download":false,"created":"2023-01-05T10:00:00.000Z",
        "content_last_modified":"2024-02-01T10:12:33.123+01:00","permissions":[{"name":"Jeanne","role":"reader"}]})");
    ASSERT_TRUE(sidecar);
    EXPECT_EQ(sidecar->title, "Budget 2024");
    EXPECT_EQ(sidecar->modified, from_epoch(1706778753));
    EXPECT_EQ(sidecar->created, from_epoch(1672912800));
    EXPECT_TRUE(sidecar->starred);
    EXPECT_EQ(sidecar->permissions,
              R"({"permissions":[{"name":"Jeanne","role":"reader"}],"viewers_can_download":false})");
}

TEST(SidecarText, RefusesWhatIsNone) {
    EXPECT_FALSE(parse_sidecar(""));
    EXPECT_FALSE(parse_sidecar("{"));
    EXPECT_FALSE(parse_sidecar("[1,2]"));
    EXPECT_FALSE(parse_sidecar(R"({"title":"a person's own file"})"));
    EXPECT_FALSE(
        parse_sidecar(R"({"title":"x","permissions":)" + std::string(10'000, '[') + std::string(10'000, ']') + "}"));
    EXPECT_TRUE(
        parse_sidecar(R"({"title":12,"photoTakenTime":{"timestamp":"x"},"favorited":"yes"})")); // odd, and harmless
    EXPECT_FALSE(parse_rfc3339("2024-02-30T00:00:00Z"));
    EXPECT_FALSE(parse_rfc3339("yesterday"));
}

TEST(SidecarText, KeepsTheFilesExtension) {
    const auto titled = [](std::string path, std::string title) {
        Item item;
        item.path = std::move(path);
        Sidecar sidecar;
        sidecar.title = std::move(title);
        apply_sidecar(item, sidecar);
        return item.title;
    };
    EXPECT_EQ(titled("Budget 2024.xlsx", "Budget 2024"), "Budget 2024.xlsx");
    EXPECT_EQ(titled("PV.docx", "PV.DOCX"), "PV.DOCX");
    EXPECT_EQ(titled("a_b", "a/b"), "a/b");
    EXPECT_EQ(titled("Réunion du 3. mai", "Réunion du 3. mai"), "Réunion du 3. mai");
}

TEST(SidecarNames, SayWhatTheyDescribe) {
    const auto drive = parse_drive_sidecar_name("bilan.xlsx-info(1).json");
    ASSERT_TRUE(drive);
    EXPECT_EQ(drive->base, "bilan.xlsx");
    EXPECT_EQ(drive->number, "(1)");
    EXPECT_FALSE(parse_drive_sidecar_name("bilan.json"));
    EXPECT_FALSE(parse_drive_sidecar_name("-info.json"));
    for (const auto* name :
         {"IMG_1.jpg.json", "IMG_1.jpg.supplemental-metadata.json", "IMG_1.jpg.suppl.json", "IMG_1.jpg.s.json"})
        EXPECT_EQ(parse_photo_sidecar_name(name).base, "IMG_1.jpg") << name;
    EXPECT_EQ(parse_photo_sidecar_name("IMG_1.jpg.supplemental-metadata(2).json").number, "(2)");
}

TEST(TakeoutPageText, ReadsMapAndFlatList) {
    const auto page = parse_takeout_page(
        R"(<html><body><h1 class="data-folder-name" data-english-name="DRIVE" data-folder-name="Mon Drive">Mon Drive</h1>
        <div id="service-details-DRIVE" class="service-detail">
        <div class="file-leaf"><div class="extracted-file-name"> racine.txt</div></div>
        <div class="extracted-folder-name">Comptes &amp; bilans</div>
        <div class="file-leaf"><div class="extracted-file-name"> a&lt;b.xlsx</div></div>
        <div class="extracted-folder-name">Photos</div>
        <div class="file-leaf"><div class="extracted-file-name">c.jpg</div></div></div><script>alert("</div>")</script>)");
    EXPECT_THAT(page.products, ElementsAre(Pair("Mon Drive", "DRIVE")));
    ASSERT_THAT(page.files, SizeIs(3));
    EXPECT_EQ(page.files[0].folder, "");
    EXPECT_EQ(page.files[0].name, "racine.txt");
    EXPECT_EQ(page.files[1].folder, "Comptes & bilans");
    EXPECT_EQ(page.files[1].name, "a<b.xlsx");
    EXPECT_EQ(page.files[2].folder, "Photos");
    EXPECT_EQ(page.files[2].service, "DRIVE");
}

TEST(TakeoutPageText, KnowsWhereNestedFoldersEnd) {
    const auto page = parse_takeout_page(
        R"(<div id="service-details-DRIVE"><div class="folder"><button><div class="extracted-folder-name">A</div></button>
        <div class="folder"><button><div class="extracted-folder-name">B</div></button>
        <div class="file-leaf"><div class="extracted-file-name">1</div></div></div>
        <div class="file-leaf"><div class="extracted-file-name">2</div></div></div>
        <div class="file-leaf"><div class="extracted-file-name">3</div></div></div>)");
    ASSERT_THAT(page.files, SizeIs(3));
    EXPECT_EQ(page.files[0].folder, "A/B");
    EXPECT_EQ(page.files[1].folder, "A");
    EXPECT_EQ(page.files[2].folder, "");
}

TEST(Tree, SortsFoldersBeforeTheirContentsAndAddsImpliedOnes) {
    std::vector<Item> items;
    for (const auto* path : {"b/c/d.txt", "a-b", "a/x", "a"}) {
        Item item;
        item.path = path;
        item.locator = {0, static_cast<std::int64_t>(items.size())};
        if (item.path == "a") item.kind = ItemKind::folder;
        items.push_back(item);
    }
    std::vector<std::string> paths;
    for (const auto& item : arrange(items))
        paths.push_back(item.path);
    EXPECT_THAT(paths, ElementsAre("a", "a/x", "a-b", "b", "b/c", "b/c/d.txt"));
}

TEST(Tree, AnUnusableEntryOfAFoldersNameLeavesOneFolder) {
    std::vector<Item> items(3);
    items[0].path = "chose";
    items[0].kind = ItemKind::entry;
    items[1].path = "chose";
    items[1].kind = ItemKind::folder;
    items[2].path = "chose/dedans.txt";
    for (std::size_t i = 0; i < items.size(); ++i)
        items[i].locator = {0, static_cast<std::int64_t>(i)};
    const auto whole = arrange(items);
    EXPECT_EQ(whole.size(), 3U);
    EXPECT_EQ(std::count_if(whole.begin(), whole.end(), [](const Item& item) { return item.kind == ItemKind::folder; }),
              1);
}

} // namespace
} // namespace passerelle::sources
