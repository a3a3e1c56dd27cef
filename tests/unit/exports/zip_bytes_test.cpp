// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/names.hpp"
#include "tests/exports/pack.hpp"
#include "tests/exports/tgz_bytes.hpp"
#include "tests/exports/zip_bytes.hpp"
#include "tests/unit/exports/read_archive.hpp"

#include <gtest/gtest.h>

namespace passerelle::exports {
namespace {

const std::vector<Packed> kFiles = {{"Dossier/", "", kExportTime},
                                    {"Dossier/été.txt", "Bonjour", kExportTime},
                                    {"vide.txt", "", kExportTime},
                                    {"hasard.bin", Bytes::random(200'001, 3), kExportTime},
                                    {"prose.txt", Bytes::prose(200'001, 3), kExportTime}};

void expect_all_files(const ReadZip& zip, bool cp437_names = false) {
    EXPECT_TRUE(zip.sound);
    ASSERT_EQ(zip.names.size(), kFiles.size());
    for (const Packed& file : kFiles) {
        const std::string name = cp437_names ? cp437(file.path) : file.path;
        ASSERT_TRUE(zip.files.contains(name)) << file.path;
        EXPECT_EQ(zip.files.at(name), file.content.to_string()) << file.path;
    }
}

TEST(ZipBytes, EveryStyleIsReadByLibzip) {
    const TemporaryDirectory directory;
    const auto zip = directory / "a.zip";
    for (const bool descriptors : {false, true})
        for (const bool zip64 : {false, true})
            for (const bool cp437_names : {false, true}) {
                SCOPED_TRACE(testing::Message() << descriptors << zip64 << cp437_names);
                write_zip(zip, kFiles, {descriptors, zip64, cp437_names});
                expect_all_files(read_zip(zip), cp437_names);
            }
}

TEST(ZipBytes, DescribedBytesAreTheSameEachTimeAndOfTheStatedSize) {
    EXPECT_EQ(Bytes::random(100'000, 1).to_string(), Bytes::random(100'000, 1).to_string());
    EXPECT_NE(Bytes::random(100'000, 1).to_string(), Bytes::random(100'000, 2).to_string());
    EXPECT_EQ(Bytes::random(99'999, 1).to_string().size(), 99'999U);
    EXPECT_EQ(Bytes::prose(70'001, 1).to_string().size(), 70'001U);
    EXPECT_EQ(Bytes::repeated('x', 3).to_string(), "xxx");
}

TEST(ZipBytes, TgzIsReadByLibarchiveAndIsTheSameEachTime) {
    const TemporaryDirectory directory;
    write_tgz(directory / "a.tgz", kFiles);
    write_tgz(directory / "b.tgz", kFiles);
    EXPECT_EQ(read_file(directory / "a.tgz"), read_file(directory / "b.tgz"));
    const auto read = read_tgz(directory / "a.tgz");
    ASSERT_EQ(read.size(), kFiles.size());
    for (std::size_t index = 0; index < kFiles.size(); ++index) {
        EXPECT_EQ(read[index].first, kFiles[index].path);
        EXPECT_EQ(read[index].second, kFiles[index].content.to_string());
    }
}

TEST(Names, AreSpelledAsTheSourcesSpellThem) {
    EXPECT_EQ(mangled("Budget: l'an 2024 / v2"), "Budget_ l_an 2024 _ v2");
    EXPECT_EQ(mangled("éèà", 2), "éè");
    EXPECT_EQ(nfd("é"), "e\xcc\x81");
    EXPECT_EQ(cp437("été"), "\x82t\x82");
    EXPECT_THROW((void)cp437("œuvre"), std::invalid_argument);
    EXPECT_EQ(compact_time(kExportTime), "20240712T112341Z");
    EXPECT_EQ(iso_time(at(2024, 2, 1, 9, 12, 33), 123), "2024-02-01T09:12:33.123Z");
}

} // namespace
} // namespace passerelle::exports
