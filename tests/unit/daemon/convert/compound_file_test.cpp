// SPDX-License-Identifier: AGPL-3.0-or-later
// Which entry of a compound file is found by its name.
#include "daemon/convert/compound_file.hpp"
#include "tests/unit/daemon/convert/biff_builder.hpp"
#include "tests/unit/daemon/convert/office_files.hpp"

#include <gtest/gtest.h>

namespace passerelle::convert {
namespace {

using namespace tests;

constexpr std::uint32_t kNone = 0xFFFFFFFF;

/// Entries: 1 an embedded document's stream, 2 the outer document's, 3 another one, 4 the embedded document's storage.
class FoundByName : public ::testing::Test {
  protected:
    FoundByName()
        : bytes(compound_file({{"WordDocument", "inner"}, {"WordDocument", "outer"}, {"1Table", "table"}},
                              {"Embedded"})) {
        link(0, kNone, kNone, 2);
        link(1, kNone, kNone, kNone);
        link(2, 3, 4, kNone);
        link(3, kNone, kNone, kNone);
        link(4, kNone, kNone, 1);
    }
    void link(std::size_t entry, std::uint32_t left, std::uint32_t right, std::uint32_t child) {
        constexpr std::size_t kDirectory = 1024; // behind the header and the table's only sector
        bytes.replace(kDirectory + 128 * entry + 68, 12, little(left, 4) + little(right, 4) + little(child, 4));
    }
    std::string found(const std::string& name, bool anywhere = false) {
        write_file(folder.path() / "file", bytes);
        auto file = CompoundFile::open(folder.path() / "file");
        if (!file) return "no compound file";
        const auto* entry = anywhere ? file->find_anywhere(name) : file->find(name);
        return entry ? file->read(*entry, 0, 5) : "none";
    }

    TemporaryFolder folder;
    std::string bytes;
};

TEST_F(FoundByName, AnEmbeddedDocumentsStreamDoesNotStandInForTheOuterOne) {
    EXPECT_EQ(found("WordDocument"), "outer");
    EXPECT_EQ(found("1Table"), "table");
    EXPECT_EQ(found("WordDocument", true), "inner");
}

TEST_F(FoundByName, WhatOnlyAnotherStorageHoldsIsFoundAnywhere) {
    link(2, kNone, 4, kNone); // the table is out of the tree
    EXPECT_EQ(found("1Table"), "none");
    EXPECT_EQ(found("1Table", true), "table");
}

TEST_F(FoundByName, BrokenLinksLeaveTheFirstOfTheName) {
    link(2, 2, 4, kNone);
    EXPECT_EQ(found("WordDocument"), "inner") << "an entry that follows itself";
    link(2, 3, 900, kNone);
    EXPECT_EQ(found("WordDocument"), "inner") << "an entry behind the last";
    link(2, 3, 6, kNone);
    EXPECT_EQ(found("WordDocument"), "inner") << "an unused entry";
    link(2, 3, 4, kNone);
    link(0, kNone, kNone, kNone);
    EXPECT_EQ(found("WordDocument"), "inner") << "a root without a child";
    link(0, 0, 0, 0);
    EXPECT_EQ(found("WordDocument"), "inner") << "links that were never written";
}

} // namespace
} // namespace passerelle::convert
