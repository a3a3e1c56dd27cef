// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "tests/unit/daemon/plan/plan_kit.hpp"

#include <ctime>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace passerelle::plan {

using testing::ElementsAre;

TEST(Plan, AnExportArrivesAsItIs) {
    const auto plan =
        plan_of(inventory({"Comptabilité/", "Comptabilité/Reçus/", "Comptabilité/Budget.ods", "vide/", "été.jpg"}));
    ASSERT_EQ(plan.items.size(), 5U);
    EXPECT_EQ(plan.items[0].target, "Comptabilité");
    EXPECT_EQ(plan.items[1].target, "Comptabilité/Reçus");
    EXPECT_EQ(plan.items[2].target, "Comptabilité/Budget.ods");
    EXPECT_EQ(plan.items[3].target, "vide");
    EXPECT_EQ(plan.items[4].target, "été.jpg");
    for (const auto& planned : plan.items) {
        EXPECT_EQ(planned.action, Action::upload);
        EXPECT_TRUE(planned.reasons.empty());
    }
}

TEST(Plan, AFoldersTitleRenamesItForAllItHolds) {
    const auto plan = plan_of(inventory_of(
        {titled("Projet _Jardin_/", "Projet \"Jardin\""), titled("Projet _Jardin_/CR 12_03.docx", "CR 12/03")}));
    EXPECT_EQ(plan.items[0].target, "Projet \"Jardin\"");
    EXPECT_THAT(codes_of(plan.items[0].reasons), ElementsAre(codes::name_from_title));
    EXPECT_EQ(plan.items[1].target, "Projet \"Jardin\"/CR 12_03.odt");
    EXPECT_THAT(codes_of(plan.items[1].reasons), ElementsAre(codes::name_forbidden_character));
    EXPECT_EQ(plan.items[1].original_target, "Originaux/Projet \"Jardin\"/CR 12_03.docx");
}

TEST(Plan, TheSameTitleTwiceIsNumbered) {
    const auto plan = plan_of(inventory_of({titled("note(1).txt", "note.txt"), titled("note.txt", "note.txt"),
                                            titled("a/", "Projet"), titled("b/", "Projet"), item("b/x.txt")}));
    EXPECT_EQ(plan.items[1].target, "note.txt");
    EXPECT_EQ(plan.items[0].target, "note (2).txt");
    EXPECT_THAT(codes_of(plan.items[0].reasons), ElementsAre(codes::name_from_title, codes::name_duplicate));
    EXPECT_EQ(plan.items[2].target, "Projet");
    EXPECT_EQ(plan.items[3].target, "Projet (2)");
    EXPECT_EQ(plan.items[4].target, "Projet (2)/x.txt");
}

TEST(Plan, CaseTwinsAreToldApart) {
    const auto plan =
        plan_of(inventory({"Photos/", "Photos/a.jpg", "Photos/A.JPG", "photos/", "photos/b.jpg"}), unconverted());
    EXPECT_EQ(plan.items[2].target, "Photos/A.JPG");
    EXPECT_EQ(plan.items[1].target, "Photos/a (2).jpg");
    ASSERT_THAT(codes_of(plan.items[1].reasons), ElementsAre(codes::name_case_twin));
    EXPECT_EQ(parameter(plan.items[1].reasons[0], "other"), "A.JPG");
    EXPECT_EQ(plan.items[3].target, "photos (2)");
    EXPECT_EQ(plan.items[4].target, "photos (2)/b.jpg");
}

TEST(Plan, TwinsByCompositionAreToldApart) {
    const auto plan = plan_of(inventory({"re\xCC\x81union.txt", "r\xC3\xA9union.txt"}));
    EXPECT_EQ(plan.items[1].target, "r\xC3\xA9union (2).txt");
    EXPECT_EQ(plan.items[0].target, "r\xC3\xA9union.txt");
}

TEST(Plan, WhoNeedsNoNewNameKeepsItsOwn) {
    const auto plan = plan_of(inventory({"a\\b.txt", "a_b.txt"}));
    EXPECT_EQ(plan.items[0].target, "a_b (2).txt");
    EXPECT_EQ(plan.items[1].target, "a_b.txt");
}

TEST(Plan, TheOrderOfTheExportChangesNothing) {
    const std::vector<std::string> paths{"a/",        "A/", "a/x.txt", "a/X.txt", "A/y:z.doc",
                                         "A/y:z.odt", "b/", "b\\c",    "b_c"};
    const std::vector<std::string> reversed(paths.rbegin(), paths.rend());
    const auto plan = plan_of(inventory(paths), {}, rules_for_windows());
    const auto other = plan_of(inventory(reversed), {}, rules_for_windows());
    for (std::size_t index = 0; index < paths.size(); ++index)
        EXPECT_EQ(plan.items[index].target, other.items[paths.size() - 1 - index].target) << paths[index];
}

TEST(Plan, TheSamePathTwiceLosesNothing) {
    const auto plan = plan_of(inventory({"a/", "a/", "a/x.txt", "a/x.txt", "a"}));
    EXPECT_EQ(plan.items[0].target, "a");
    EXPECT_EQ(plan.items[1].action, Action::skip);
    EXPECT_THAT(codes_of(plan.items[1].reasons), ElementsAre(codes::plan_folder_twice));
    EXPECT_EQ(plan.items[2].target, "a/x.txt");
    EXPECT_EQ(plan.items[3].target, "a/x (2).txt");
    EXPECT_EQ(plan.items[4].target, "a (2)");
}

TEST(Plan, FoldersThatNoItemNamesAreImplied) {
    const auto plan = plan_of(inventory({"a\\1/b/c.txt", "a\\1/d.txt"}));
    EXPECT_EQ(plan.items[0].target, "a_1/b/c.txt");
    EXPECT_EQ(plan.items[1].target, "a_1/d.txt");
}

TEST(Plan, AnExistingFileIsNeverOverwritten) {
    MemoryTarget target;
    target.add_file("a/x.txt", 1000);
    target.add_file("a/y.txt", 7);
    target.add_file("a/Z.txt", 1000);
    const auto plan = plan_of(inventory({"a/", "a/x.txt", "a/y.txt", "a/z.txt"}), {}, target);
    EXPECT_EQ(plan.items[0].target, "a");
    EXPECT_TRUE(plan.items[0].reasons.empty());
    EXPECT_EQ(plan.items[1].target, "a/x (2).txt");
    EXPECT_EQ(plan.items[1].existing, "a/x.txt");
    EXPECT_THAT(codes_of(plan.items[1].reasons), ElementsAre(codes::target_exists_beside));
    EXPECT_EQ(plan.items[2].target, "a/y (2).txt");
    EXPECT_EQ(plan.items[2].existing, "");
    EXPECT_EQ(plan.items[3].target, "a/z (2).txt");
    EXPECT_EQ(plan.items[3].existing, "") << "another name is another file";
    EXPECT_THAT(codes_of(plan.items[3].reasons), ElementsAre(codes::name_case_twin));
    EXPECT_THAT(target.asked, ElementsAre("", "a"));
}

TEST(Plan, ANumberThatStandsThereIsPassedOver) {
    MemoryTarget target;
    target.add_file("x.txt", 7);
    target.add_file("X (2).txt", 7);
    EXPECT_EQ(plan_of(inventory({"x.txt"}), {}, target).items[0].target, "x (3).txt");
}

TEST(Plan, FilesAndFoldersMakeWayForEachOther) {
    MemoryTarget target;
    target.add_file("dossier", 7);
    target.add_folder("fichier");
    const auto plan = plan_of(inventory({"dossier/", "dossier/x.txt", "fichier"}), {}, target);
    EXPECT_EQ(plan.items[0].target, "dossier (2)");
    EXPECT_THAT(codes_of(plan.items[0].reasons), ElementsAre(codes::target_file_in_the_way));
    EXPECT_EQ(plan.items[1].target, "dossier (2)/x.txt");
    EXPECT_EQ(plan.items[2].target, "fichier (2)");
    EXPECT_THAT(codes_of(plan.items[2].reasons), ElementsAre(codes::target_folder_in_the_way));
}

TEST(Plan, AFolderOfAnotherCaseIsNotMerged) {
    MemoryTarget target;
    target.add_folder("photos");
    target.add_folder("Photos");
    const auto plan = plan_of(inventory({"PHOTOS/", "Photos/"}), {}, target);
    EXPECT_EQ(plan.items[0].target, "PHOTOS (2)");
    EXPECT_EQ(plan.items[1].target, "Photos");
    EXPECT_THAT(target.asked, testing::UnorderedElementsAre("", "Photos"));
}

TEST(Plan, APathThatIsTooDeepIsSkippedWithAReason) {
    std::string folder = "d";
    std::vector<std::string> paths{"d/"};
    for (int depth = 0; depth < 50; ++depth) {
        folder += "/" + std::string(100, 'd');
        paths.push_back(folder + "/");
    }
    paths.push_back(folder + "/fin.txt");
    const auto plan = plan_of(inventory(paths));
    EXPECT_EQ(plan.items.front().action, Action::upload);
    EXPECT_EQ(plan.items.back().action, Action::skip);
    EXPECT_THAT(codes_of(plan.items.back().reasons), ElementsAre(codes::name_path_too_long));
    EXPECT_TRUE(plan.items.back().target.empty());
}

TEST(Plan, ItsOwnReasonsStayWithAnItem) {
    auto made = inventory({"a\\b.txt"});
    made.items[0].reasons.emplace_back(codes::source_name_decoded);
    EXPECT_THAT(codes_of(plan_of(made).items[0].reasons),
                ElementsAre(codes::source_name_decoded, codes::name_forbidden_character));
}

TEST(Plan, ALargeExportIsPlannedInNoTime) {
    std::vector<std::string> paths;
    for (int folder = 0; folder < 100; ++folder) {
        paths.push_back(fmt::format("Dossier été {}/", folder));
        for (int file = 0; file < 500; ++file)
            paths.push_back(fmt::format("Dossier été {}/Réunion {}.docx", folder, file));
    }
    auto made = inventory(paths);
    for (int twin = 0; twin < 50'000; ++twin)
        made.items.push_back(titled(fmt::format("{}.jpg", twin), "image.jpg"));
    const auto start = std::clock();
    const auto plan = plan_of(made);
    const auto seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    EXPECT_EQ(plan.items.back().target.substr(0, 7), "image (");
    RecordProperty("milliseconds", static_cast<int>(seconds * 1000));
    EXPECT_LT(seconds, 20.0) << "far above what it takes, so that only a worse order of growth is caught";
}

} // namespace passerelle::plan
