// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/hostile.hpp"
#include "tests/unit/exports/read_archive.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

namespace passerelle::exports::hostile {

// NOLINTNEXTLINE(readability-identifier-naming): GoogleTest looks for this name.
void PrintTo(const Case& one, std::ostream* out) {
    *out << one.name;
}

namespace {

/// Archives that are valid for libzip: odd, but whole.
const std::set<std::string_view> kWhole = {
    "parent_path",  "absolute_path", "drive_letter", "backslashes",       "dot_segments",       "empty_name",
    "slash_entry",  "long_name",     "deep_path",    "latin1_names",      "cp437_names",        "symlink",
    "device",       "fifo",          "case_twins",   "normal_form_twins", "file_and_directory", "bomb",
    "empty_archive"};

class EachZip : public testing::TestWithParam<Case> {};

TEST_P(EachZip, IsOddInTheWayItSays) {
    const TemporaryDirectory directory;
    const auto file = directory / "hostile.zip";
    GetParam().write(file, kRoot);
    EXPECT_EQ(read_zip(file).sound, kWhole.contains(GetParam().name));
}

std::vector<Case> cases_of(std::string_view extension) {
    std::vector<Case> cases;
    for (const Case& one : all_cases())
        if (one.extension == extension) cases.push_back(one);
    return cases;
}

std::string name_of(const testing::TestParamInfo<Case>& info) {
    return std::string(info.param.name);
}

INSTANTIATE_TEST_SUITE_P(Hostile, EachZip, testing::ValuesIn(cases_of("zip")), name_of);

class EachTgz : public testing::TestWithParam<Case> {};

TEST_P(EachTgz, GivesTheGoodFilesToLibarchiveWhereItPromisesThem) {
    const TemporaryDirectory directory;
    const auto file = directory / "hostile.tgz";
    GetParam().write(file, kRoot);
    const auto read = read_tgz(file);
    const auto has = [&](std::string_view name) {
        return std::count(read.begin(), read.end(),
                          std::pair{std::string(kRoot).append(name), std::string(kGoodText)}) == 1;
    };
    EXPECT_TRUE(has(kFirstGood));
    EXPECT_EQ(has(kLastGood), GetParam().good_files_readable);
}

INSTANTIATE_TEST_SUITE_P(Hostile, EachTgz, testing::ValuesIn(cases_of("tgz")), name_of);

TEST(ManyEntries, AreAllThere) {
    const TemporaryDirectory directory;
    many_entries(directory / "many.zip", 70'000);
    const ReadZip zip = read_zip(directory / "many.zip");
    EXPECT_TRUE(zip.sound);
    EXPECT_EQ(zip.names.size(), 70'000U);
    EXPECT_EQ(zip.files.at("Takeout/Drive/Dossier 0699/Fichier 069999.txt"), "Fichier numéro 69999\n");
}

} // namespace
} // namespace passerelle::exports::hostile
