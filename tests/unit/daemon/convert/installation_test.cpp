// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/installation.hpp"
#include "tests/unit/daemon/convert/office_files.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

namespace passerelle::convert {
namespace {

namespace fs = std::filesystem;

class Installation : public ::testing::Test {
  protected:
    void install(const std::string& file, const std::string& bytes) const {
        fs::create_directories((office / file).parent_path());
        tests::write_file(office / file, bytes);
    }
    static std::string bytes_of(const fs::path& file) {
        std::ifstream stream(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    tests::TemporaryFolder folder;
    fs::path office = folder.path() / "office";
    fs::path completed = folder.path() / "completed";
    std::string modules = "share/config/soffice.cfg/modules/";
    std::string comment_window = modules + "swriter/ui/annotation.ui";
};

TEST_F(Installation, WhatIsMissingStandsBesideLinksToTheRest) {
    install("program/soffice.bin", "program");
    install("share/registry/main.xcd", "registry");
    install(modules + "schart/ui/sidebar.ui", "chart");
    install(modules + "swriter/menubar/menubar.xml", "menu");
    ASSERT_EQ(complete_installation(office / "program", completed).value(), completed / "program");
    EXPECT_EQ(bytes_of(completed / "program/soffice.bin"), "program");
    EXPECT_EQ(bytes_of(completed / "share/registry/main.xcd"), "registry");
    EXPECT_EQ(bytes_of(completed / modules / "schart/ui/sidebar.ui"), "chart");
    EXPECT_EQ(bytes_of(completed / modules / "swriter/menubar/menubar.xml"), "menu");
    EXPECT_NE(bytes_of(completed / comment_window).find("id=\"Annotation\""), std::string::npos);
    EXPECT_FALSE(fs::exists(office / comment_window));
}

TEST_F(Installation, OtherWindowsOfTheSameFolderAreLinked) {
    install("program/soffice.bin", "program");
    install(modules + "swriter/ui/calendar.ui", "calendar");
    ASSERT_TRUE(complete_installation(office / "program", completed));
    EXPECT_EQ(bytes_of(completed / modules / "swriter/ui/calendar.ui"), "calendar");
    EXPECT_TRUE(fs::exists(completed / comment_window));
    EXPECT_FALSE(fs::exists(office / comment_window));
}

TEST_F(Installation, ACompleteOneIsUsedAsItIs) {
    install("program/soffice.bin", "program");
    install(comment_window, "LibreOffice's own");
    EXPECT_EQ(complete_installation(office / "program", completed).value(), office / "program");
    EXPECT_FALSE(fs::exists(completed));
}

TEST_F(Installation, WithoutLibreOfficeNothingIsMade) {
    EXPECT_EQ(complete_installation(office / "program", completed).value(), office / "program");
    EXPECT_FALSE(fs::exists(completed));
}

TEST_F(Installation, WhereNothingCanBeWrittenIsAnError) {
    install("program/soffice.bin", "program");
    install(modules + "swriter/menubar/menubar.xml", "menu");
    tests::write_file(completed, "a file in the way");
    EXPECT_FALSE(complete_installation(office / "program", completed));
}

} // namespace
} // namespace passerelle::convert
