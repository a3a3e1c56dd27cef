// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/compound_file.hpp"
#include "tests/exports/office.hpp"
#include "tests/exports/sample.hpp"
#include "tests/unit/exports/read_archive.hpp"

#include <algorithm>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>

namespace passerelle::exports {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view kCompoundFile = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

ReadZip read_bytes(const std::string& bytes) {
    const TemporaryDirectory directory;
    std::ofstream(directory / "file.zip", std::ios::binary) << bytes;
    return read_zip(directory / "file.zip");
}

TEST(Office, TextDocumentHasItsFootnoteCommentAndTable) {
    const TextDocument document{"Titre",
                                "Jeanne",
                                {Paragraph{.text = "L'été & l'œuvre", .footnote = "note", .comment = "avis"},
                                 TextTable{{{"a", "b"}, {"c", "d"}}}}};
    const ReadZip docx = read_bytes(to_docx(document));
    EXPECT_TRUE(docx.sound);
    EXPECT_THAT(docx.files.at("word/document.xml"), HasSubstr("L&#39;été &amp; l&#39;œuvre"));
    EXPECT_THAT(docx.files.at("word/document.xml"), HasSubstr("<w:tbl>"));
    EXPECT_THAT(docx.files.at("word/footnotes.xml"), HasSubstr("note"));
    EXPECT_THAT(docx.files.at("word/comments.xml"), HasSubstr("avis"));
    EXPECT_FALSE(docx.files.contains("word/vbaProject.bin"));
    EXPECT_THAT(read_bytes(to_docm(document)).files.at("word/vbaProject.bin"), StartsWith(kCompoundFile));
    EXPECT_EQ(read_bytes(to_odt(document)).names.front(), "mimetype");
}

TEST(Office, SpreadsheetKeepsFormulasWithTheirValues) {
    const std::vector<Sheet> sheets = {{"Prévu", {{"Total", 12.5}}}, {"Réel", {{Formula{"Prévu!B1*2", 25}}}}};
    const ReadZip xlsx = read_bytes(to_xlsx(sheets));
    EXPECT_TRUE(xlsx.sound);
    EXPECT_THAT(xlsx.files.at("xl/worksheets/sheet2.xml"), HasSubstr("<f>Prévu!B1*2</f><v>25</v>"));
    EXPECT_TRUE(read_bytes(to_xlsm(sheets)).files.contains("xl/vbaProject.bin"));
}

TEST(Office, PresentationHasNotesOnlyWhereThereAreSome) {
    const ReadZip pptx = read_bytes(to_pptx({{"Un", {"a"}, "à dire"}, {"Deux", {"b"}}}));
    EXPECT_TRUE(pptx.sound);
    EXPECT_THAT(pptx.files.at("ppt/notesSlides/notesSlide1.xml"), HasSubstr("à dire"));
    EXPECT_FALSE(pptx.files.contains("ppt/notesSlides/notesSlide2.xml"));
}

TEST(Office, PasswordHidesThePackage) {
    const std::string plain = to_docx({"Titre", "Jeanne", {Paragraph{"secret"}}});
    const std::string hidden = encrypted(plain, "passerelle");
    EXPECT_THAT(hidden, StartsWith(kCompoundFile));
    EXPECT_GT(hidden.size(), plain.size());
    EXPECT_EQ(hidden.find("word/document.xml"), std::string::npos);
    EXPECT_NE(hidden, encrypted(plain, "autre"));
}

TEST(CompoundFile, RefusesWhatItsHeaderCannotMap) {
    EXPECT_THROW((void)compound_file({{"x", std::string(8'000'000, 'x')}}), std::length_error);
}

class EachLocale : public testing::TestWithParam<Locale> {};

TEST_P(EachLocale, SampleHasTheFilesOfAnAssociation) {
    const std::vector<SampleFile> files = sample_files(GetParam());
    std::set<std::string> paths;
    std::set<std::string> folders;
    for (const SampleFile& file : files) {
        paths.insert(file.path);
        folders.insert(fs::path(file.path).parent_path().string());
    }
    EXPECT_EQ(paths.size(), files.size());
    EXPECT_GE(files.size(), 60U);
    EXPECT_LE(files.size(), 80U);
    EXPECT_GE(folders.size(), 13U);
    EXPECT_TRUE(std::any_of(files.begin(), files.end(),
                            [](const SampleFile& file) { return file.sidecar.title.size() > 250; }));
    EXPECT_EQ(std::count_if(files.begin(), files.end(), [](const SampleFile& file) { return file.sidecar.starred; }),
              3);
}

TEST_P(EachLocale, SampleTakeoutIsSoundAndComplete) {
    const TemporaryDirectory directory;
    const auto written = write_sample_takeout(directory.path(), GetParam());
    ASSERT_EQ(written.size(), 3U);
    std::map<std::string, std::string> entries;
    for (int part = 0; part < 2; ++part) {
        ReadZip zip = read_zip(written[static_cast<std::size_t>(part)]);
        EXPECT_TRUE(zip.sound);
        entries.merge(zip.files);
    }
    EXPECT_EQ(read_file(written[2]).size(), 3 * kMiB);
    for (const SampleFile& file : sample_files(GetParam())) {
        const bool loose = file.path.ends_with(".mp4");
        EXPECT_NE(entries.contains("Takeout/Drive/" + file.path), loose) << file.path;
        const bool has_sidecar = entries.contains(sidecar_path("Takeout/Drive/" + file.path, SidecarName::full)) ||
                                 entries.contains(sidecar_path("Takeout/Drive/" + file.path, SidecarName::stem));
        EXPECT_TRUE(has_sidecar) << file.path;
    }
}

TEST_P(EachLocale, SampleIsTheSameEachTime) {
    const TemporaryDirectory directory;
    const auto writers = {write_sample_takeout, write_sample_drive_download, write_sample_dropbox};
    for (const auto& write : writers) {
        const auto first = write(directory / "first", GetParam());
        const auto second = write(directory / "second", GetParam());
        ASSERT_EQ(first.size(), second.size());
        for (std::size_t index = 0; index < first.size(); ++index) {
            EXPECT_EQ(first[index].filename(), second[index].filename());
            EXPECT_TRUE(read_file(first[index]) == read_file(second[index])) << first[index];
        }
    }
}

TEST_P(EachLocale, SampleFolderHoldsStubs) {
    const TemporaryDirectory directory;
    const auto root = write_sample_folder(directory.path(), GetParam()).front();
    EXPECT_TRUE(nlohmann::json::parse(read_file(root / "Budget/Budget 2025.gsheet")).contains("doc_id"));
    for (const SampleFile& file : sample_files(GetParam()))
        EXPECT_EQ(fs::file_size(root / file.path), file.content.size()) << file.path;
}

INSTANTIATE_TEST_SUITE_P(Sample, EachLocale, testing::Values(Locale::french, Locale::english),
                         [](const auto& locale) { return locale.param == Locale::french ? "french" : "english"; });

} // namespace
} // namespace passerelle::exports
