// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "tests/exports/hostile.hpp"
#include "tests/unit/daemon/sources/opened.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::sources::testing {
namespace {

namespace hostile = exports::hostile;
using ::testing::Contains;

struct Hostile : ::testing::TestWithParam<hostile::Case> {
    Scratch scratch;
    std::filesystem::path file = scratch / (std::string("hostile.") + std::string(GetParam().extension));
};

/// Every item is either read to its end or ends in an error; nothing else may happen.
void read_everything(const Source& source) {
    for (const auto& item : source.inventory().items) {
        if (item.kind == ItemKind::entry) {
            EXPECT_FALSE(item.reasons.empty()) << item.path;
            EXPECT_FALSE(source.content(item)) << item.path;
        }
        if (item.kind != ItemKind::file) continue;
        EXPECT_FALSE(item.path.starts_with('/')) << item.path;
        EXPECT_EQ(item.path.find(".."), std::string::npos) << item.path;
        auto content = source.content(item);
        ASSERT_TRUE(content) << item.path;
        const auto text = read_all(**content, 512 * kMiB);
        EXPECT_EQ(text ? text->size() : item.size, item.size) << item.path;
    }
}

TEST_P(Hostile, EndsAsLinesOfTheReport) {
    GetParam().write(file, hostile::kRoot);
    auto source = open_export({{file}}, {});
    if (!source) {
        EXPECT_FALSE(GetParam().good_files_readable) << source.error().message;
        EXPECT_EQ(source.error().kind, ErrorKind::job);
        return;
    }
    read_everything(**source);
    if (!GetParam().good_files_readable) return;
    // Where all entries lie under Takeout/ that folder is taken off; an odd one beside it makes it a plain archive.
    const std::string root = has_item(**source, hostile::kFirstGood) ? "" : std::string(hostile::kRoot);
    EXPECT_EQ(text_at(**source, root + std::string(hostile::kFirstGood)), hostile::kGoodText);
    EXPECT_EQ(text_at(**source, root + std::string(hostile::kLastGood)), hostile::kGoodText);
}

INSTANTIATE_TEST_SUITE_P(Cases, Hostile, ::testing::ValuesIn(hostile::all_cases().begin(), hostile::all_cases().end()),
                         [](const auto& instance) { return std::string(instance.param.name); });

/// What is said about the odd thing, case by case.
struct HostileLine : ::testing::Test {
    Scratch scratch;

    std::unique_ptr<Source> open(void (*write)(const std::filesystem::path&, std::string_view),
                                 std::string_view extension = "zip", std::string_view root = "") {
        const auto file = scratch / (std::string("odd.") + std::string(extension));
        write(file, root);
        return opened({file});
    }

    static std::vector<std::string> codes_of_entries(const Source& source) {
        std::vector<std::string> found;
        for (const auto& item : source.inventory().items)
            if (item.kind == ItemKind::entry) found.push_back(item.reasons.back().code);
        return found;
    }
};

TEST_F(HostileLine, PathsThatLeadOutside) {
    EXPECT_THAT(codes_of_entries(*open(hostile::parent_path)), Contains(codes::source_unsafe_path));
    EXPECT_THAT(codes_of_entries(*open(hostile::absolute_path)), Contains(codes::source_unsafe_path));
    EXPECT_THAT(codes_of_entries(*open(hostile::drive_letter)), Contains(codes::source_unsafe_path).Times(2));
    EXPECT_THAT(codes_of_entries(*open(hostile::backslashes)), Contains(codes::source_unsafe_path).Times(1));
    EXPECT_THAT(codes_of_entries(*open(hostile::empty_name)), Contains(codes::source_unsafe_path));
    EXPECT_THAT(codes_of_entries(*open(hostile::tar_parent_path, "tgz")), Contains(codes::source_unsafe_path));
    EXPECT_THAT(codes_of_entries(*open(hostile::tar_absolute_path, "tgz")), Contains(codes::source_unsafe_path));
}

TEST_F(HostileLine, PathsTooLong) {
    EXPECT_THAT(codes_of_entries(*open(hostile::long_name)), Contains(codes::source_path_too_long));
    EXPECT_THAT(codes_of_entries(*open(hostile::deep_path)), Contains(codes::source_path_too_long));
}

TEST_F(HostileLine, LinksAndDevices) {
    const auto source = open(hostile::symlink);
    EXPECT_EQ(parameter(item_at(*source, "lien").reasons, codes::source_link, "target"), "/etc/passwd");
    EXPECT_THAT(codes_of_entries(*open(hostile::device)), Contains(codes::source_special_file));
    EXPECT_THAT(codes_of_entries(*open(hostile::fifo)), Contains(codes::source_special_file));
    EXPECT_THAT(codes_of_entries(*open(hostile::tar_device, "tgz")), Contains(codes::source_special_file));
    EXPECT_THAT(codes_of_entries(*open(hostile::tar_fifo, "tgz")), Contains(codes::source_special_file));
    EXPECT_THAT(codes_of_entries(*open(hostile::tar_hardlink, "tgz")), Contains(codes::source_link));
    const auto through = open(hostile::tar_through_symlink, "tgz");
    EXPECT_EQ(text_at(*through, "lien/évasion.txt"), hostile::kOddText);
    EXPECT_THAT(codes_of_entries(*through), Contains(codes::source_link));
}

TEST_F(HostileLine, NamesThatAreNoUtf8) {
    const auto cp437 = open(hostile::cp437_names);
    EXPECT_TRUE(has_reason(item_at(*cp437, "réunion.txt"), codes::source_name_decoded));
    const auto tar = open(hostile::tar_latin1_names, "tgz");
    EXPECT_TRUE(has_reason(item_at(*tar, "réunion.txt"), codes::source_name_decoded));
    const auto broken = open(hostile::broken_utf8_names);
    EXPECT_EQ(std::count_if(broken->inventory().items.begin(), broken->inventory().items.end(),
                            [](const Item& item) { return has_reason(item, codes::source_name_decoded); }),
              4);
    const auto controls = open(hostile::control_characters);
    EXPECT_TRUE(has_reason(item_at(*controls, "coupé_.txt"), codes::source_name_repaired));
    EXPECT_TRUE(has_item(*controls, "deux\nlignes.txt"));
}

TEST_F(HostileLine, TwoInOnePlace) {
    const auto same = open(hostile::duplicates);
    EXPECT_TRUE(has_reason(item_at(*same, "double.txt"), codes::source_same_twice));
    EXPECT_EQ(file_paths(*same).size(), 3U);
    for (const auto& other : {open(hostile::differing_duplicates), open(hostile::tar_duplicates, "tgz")}) {
        EXPECT_EQ(text_at(*other, "double.txt"), hostile::kOddText);
        EXPECT_EQ(text_at(*other, "double (2).txt"), "Autre chose.\n");
        EXPECT_TRUE(has_reason(item_at(*other, "double (2).txt"), codes::source_path_twice));
    }
    const auto twins = open(hostile::case_twins);
    EXPECT_TRUE(has_item(*twins, "Jumeau.txt"));
    EXPECT_TRUE(has_item(*twins, "jumeau.TXT"));
    const auto mixed = open(hostile::file_and_directory);
    EXPECT_EQ(item_at(*mixed, "chose").kind, ItemKind::folder);
    EXPECT_EQ(text_at(*mixed, "chose (2)"), hostile::kOddText);
    EXPECT_EQ(text_at(*mixed, "chose/dedans.txt"), hostile::kOddText);
}

TEST_F(HostileLine, LiesAndDamage) {
    const auto code_at = [&](void (*write)(const std::filesystem::path&, std::string_view), std::string_view path) {
        return text_at(*open(write), path);
    };
    EXPECT_EQ(code_at(hostile::size_too_small, "menteur.txt"), codes::source_bytes_differ);
    EXPECT_EQ(code_at(hostile::size_too_large, "menteur.txt"), codes::source_bytes_differ);
    EXPECT_EQ(code_at(hostile::compressed_beyond_end, "menteur.txt"), codes::source_damaged);
    EXPECT_EQ(code_at(hostile::broken_crc, "abîmé.txt"), codes::source_bytes_differ);
    EXPECT_EQ(code_at(hostile::broken_deflate, "abîmé.txt"), codes::source_damaged);
    EXPECT_EQ(code_at(hostile::encrypted, "secret.txt"), codes::source_encrypted);
    EXPECT_EQ(code_at(hostile::unknown_method, "inconnu.txt"), codes::source_method_unknown);
}

TEST_F(HostileLine, Bombs) {
    EXPECT_TRUE(has_reason(item_at(*open(hostile::bomb), "bombe.bin"), codes::source_bomb));
    EXPECT_TRUE(has_reason(item_at(*open(hostile::tar_bomb, "tgz"), "bombe.bin"), codes::source_bomb));
    EXPECT_THAT(codes_of_entries(*open(hostile::overlapping)), Contains(codes::source_overlapping).Times(199));
}

TEST_F(HostileLine, DamagedArchives) {
    EXPECT_TRUE(has_problem(*open(hostile::wrong_count), codes::export_part_damaged));
    EXPECT_FALSE(has_problem(*open(hostile::directory_beyond_end), codes::export_part_damaged)); // found all the same
    const auto cut = open(hostile::tar_truncated, "tgz");
    EXPECT_EQ(text_at(*cut, "avant.txt"), hostile::kGoodText);
    EXPECT_EQ(item_at(*cut, "gros.bin").kind, ItemKind::entry);
    EXPECT_TRUE(has_problem(*cut, codes::export_part_damaged));

    hostile::truncated_in_data(scratch / "cut.zip", "");
    EXPECT_EQ(refused({scratch / "cut.zip"}).code, codes::export_unreadable);
    hostile::web_page(scratch / "page.zip", "");
    EXPECT_EQ(refused({scratch / "page.zip"}).code, codes::export_unreadable);
    hostile::empty_archive(scratch / "empty.zip", "");
    EXPECT_EQ(refused({scratch / "empty.zip"}).code, codes::export_empty);
}

TEST_F(HostileLine, ADamagedPartLeavesTheOthers) {
    hostile::truncated_in_data(scratch / "takeout-20240712T112341Z-001.zip", hostile::kRoot);
    hostile::duplicates(scratch / "takeout-20240712T112341Z-002.zip", hostile::kRoot);
    const auto source = opened({scratch.path()});
    EXPECT_EQ(text_at(*source, "avant.txt"), hostile::kGoodText);
    EXPECT_EQ(parameter(source->inventory().problems, codes::export_part_damaged, "part"),
              "takeout-20240712T112341Z-001.zip");
}

} // namespace
} // namespace passerelle::sources::testing
