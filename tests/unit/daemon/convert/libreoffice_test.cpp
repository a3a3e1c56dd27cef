// SPDX-License-Identifier: AGPL-3.0-or-later
// The pool with the real LibreOffice, which is a package that the project depends on.
#include "core/reason_codes.hpp"
#include "core/unique_fd.hpp"
#include "daemon/convert/compare.hpp"
#include "daemon/convert/converter.hpp"
#include "daemon/convert/zip_file.hpp"
#include "tests/unit/daemon/convert/office_files.hpp"

#include <cerrno>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

namespace passerelle::convert {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LibreOffice : public ::testing::Test {
  protected:
    // One pool for all: LibreOffice's first start is what takes time.
    static void SetUpTestSuite() {
        folder = std::make_unique<tests::TemporaryFolder>();
        PoolOptions options;
        options.worker = PASSERELLE_WORKER;
        options.scratch = folder->path() / "scratch";
        options.workers = 1;
        options.timeout = std::chrono::seconds(60);
        converter = make_converter_pool(options);
    }
    static void TearDownTestSuite() {
        converter.reset();
        EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
        EXPECT_EQ(errno, ECHILD);
        folder.reset();
    }
    Verdict convert(const tests::Parts& parts, const std::string& format) {
        tests::write_zip(folder->path() / "input", parts);
        return convert_input(format);
    }
    Verdict convert_input(const std::string& format) {
        const auto verdict = converter->convert({folder->path() / "input", output, "document"}, {});
        EXPECT_TRUE(verdict) << verdict.error().message;
        if (verdict && verdict->kind != VerdictKind::kept) {
            EXPECT_EQ(verdict->format, format);
        }
        return verdict.value_or(Verdict{});
    }
    static inline std::unique_ptr<tests::TemporaryFolder> folder;
    static inline std::unique_ptr<Converter> converter;
    std::filesystem::path output = folder->path() / "Compte rendu été.odt";
};

TEST_F(LibreOffice, PlainDocumentsOfEachKindAreFaithful) {
    const auto text = convert(tests::docx("<w:p><w:r><w:t>Compte rendu de l'assemblée</w:t></w:r></w:p>"), "odt");
    EXPECT_EQ(text.kind, VerdictKind::faithful);
    EXPECT_THAT(text.reasons, IsEmpty());
    const auto sheet =
        convert(tests::xlsx("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Loyer</t></is></c>"
                            "<c r=\"B1\"><v>850.5</v></c><c r=\"C1\"><f>B1*12</f><v>10206</v></c></row>"),
                "ods");
    EXPECT_EQ(sheet.kind, VerdictKind::faithful);
    EXPECT_THAT(sheet.reasons, IsEmpty());
    const auto slides = convert(tests::pptx({"Bilan moral", "Projets"}), "odp");
    EXPECT_EQ(slides.kind, VerdictKind::faithful);
    EXPECT_THAT(slides.reasons, IsEmpty());
}

TEST_F(LibreOffice, ADamagedResultIsNoticedCellByCell) {
    ASSERT_EQ(
        convert(tests::xlsx("<row r=\"12\"><c r=\"B12\"><v>850.5</v></c><c r=\"D12\"><f>B12*12</f><v>10206</v></c>"
                            "</row>"),
                "ods")
            .kind,
        VerdictKind::faithful);
    const auto good = ZipFile::open(output);
    ASSERT_TRUE(good);
    const auto damaged = [&](const std::string& what, const std::string& by) {
        tests::Parts parts;
        for (const std::string name : {"mimetype", "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"}) {
            std::string part = good->read(name, 1 << 20).value_or("");
            const auto at = name == "content.xml" ? part.find(what) : std::string::npos;
            if (at != std::string::npos) part.replace(at, what.size(), by);
            parts.emplace_back(name, part);
        }
        tests::write_zip(folder->path() / "damaged", parts);
        return compare(folder->path() / "input", "xlsx", folder->path() / "damaged");
    };
    EXPECT_THAT(damaged("nothing of this", ""), IsEmpty());
    const auto named = [](std::string_view code, const std::string& cell) {
        return std::vector{Reason(code, {{"sheet", "Budget"}, {"count", "1"}, {"cells", cell}})};
    };
    EXPECT_EQ(damaged("office:value=\"850.5\"", "office:value=\"850.6\""),
              named(codes::convert_cell_values_differ, "B12"));
    EXPECT_EQ(damaged("office:value=\"10206\"", "office:value=\"10207\""),
              named(codes::convert_formula_results_differ, "D12"));
    EXPECT_EQ(damaged("office:value-type=\"float\" office:value=\"10206\" calcext:value-type=\"float\"",
                      "office:value-type=\"string\" calcext:value-type=\"error\""),
              named(codes::convert_formula_errors, "D12"));
}

TEST_F(LibreOffice, AFunctionOfExcelAloneIsToBeChecked) {
    const auto verdict = convert(tests::xlsx("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c>"
                                             "<c r=\"C1\"><f>_xlfn.XLOOKUP(A1,A1:A1,B1:B1)</f><v>2</v></c><c "
                                             "r=\"D1\"><f>SUM(A1:B1)</f><v>3</v></c></row>"),
                                 "ods");
    EXPECT_EQ(verdict.kind, VerdictKind::check);
    EXPECT_EQ(verdict.reasons, std::vector{Reason(codes::convert_formulas_unknown,
                                                  {{"sheet", "Budget"}, {"count", "1"}, {"cells", "C1"}})});
}

TEST_F(LibreOffice, CommentsAndFootnotesStay) {
    const std::string space = " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">";
    const tests::Parts parts = tests::docx(
        "<w:p><w:commentRangeStart w:id=\"0\"/><w:r><w:t>Une cuve</w:t></w:r><w:commentRangeEnd w:id=\"0\"/>"
        "<w:r><w:commentReference w:id=\"0\"/></w:r><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>",
        {{"word/comments.xml",
          "<w:comments" + space +
              "<w:comment w:id=\"0\" w:author=\"Jeanne\" w:date=\"2024-03-12T10:00:00Z\"><w:p><w:r>"
              "<w:t>Un autre devis ?</w:t></w:r></w:p></w:comment></w:comments>"},
         {"word/footnotes.xml", "<w:footnotes" + space +
                                    "<w:footnote w:id=\"1\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Voir le devis."
                                    "</w:t></w:r></w:p></w:footnote></w:footnotes>"}});
    const auto verdict = convert(parts, "odt");
    EXPECT_EQ(verdict.kind, VerdictKind::faithful);
    EXPECT_THAT(verdict.reasons, IsEmpty());
    const auto zip = ZipFile::open(output);
    ASSERT_TRUE(zip);
    const std::string content = zip->read("content.xml", 1 << 20).value_or("");
    EXPECT_THAT(content, HasSubstr("<dc:creator>Jeanne</dc:creator><dc:date>2024-03-12T10:00:00</dc:date>"));
    EXPECT_THAT(content, HasSubstr("Un autre devis"));
    EXPECT_THAT(content, HasSubstr("Voir le devis."));
}

TEST_F(LibreOffice, AuthorDatesAndTitleStay) {
    tests::Parts parts = tests::docx("<w:p><w:r><w:t>Statuts</w:t></w:r></w:p>");
    parts[0].second.insert(parts[0].second.rfind("</Types>"),
                           "<Override PartName=\"/docProps/core.xml\" "
                           "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>");
    parts[1].second.insert(parts[1].second.rfind("</Relationships>"),
                           "<Relationship Id=\"rIdCore\" Target=\"docProps/core.xml\" Type=\"http://schemas."
                           "openxmlformats.org/package/2006/relationships/metadata/core-properties\"/>");
    parts.emplace_back(
        "docProps/core.xml",
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>Nos statuts</dc:title>"
        "<dc:creator>Jeanne</dc:creator><cp:lastModifiedBy>Paul</cp:lastModifiedBy>"
        "<dcterms:created xsi:type=\"dcterms:W3CDTF\">2014-05-06T07:08:09Z</dcterms:created>"
        "<dcterms:modified xsi:type=\"dcterms:W3CDTF\">2015-06-07T08:09:10Z</dcterms:modified>"
        "</cp:coreProperties>");
    ASSERT_EQ(convert(parts, "odt").kind, VerdictKind::faithful);
    const auto zip = ZipFile::open(output);
    ASSERT_TRUE(zip);
    const std::string meta = zip->read("meta.xml", 1 << 20).value_or("");
    EXPECT_THAT(meta, HasSubstr("<dc:title>Nos statuts</dc:title>"));
    EXPECT_THAT(meta, HasSubstr("<meta:initial-creator>Jeanne</meta:initial-creator>"));
    EXPECT_THAT(meta, HasSubstr("<dc:creator>Paul</dc:creator>"));
    EXPECT_THAT(meta, HasSubstr("<meta:creation-date>2014-05-06T07:08:09</meta:creation-date>"));
    EXPECT_THAT(meta, HasSubstr("<dc:date>2015-06-07T08:09:10</dc:date>"));
}

TEST_F(LibreOffice, OldTextIsFaithfulAsFarAsWeCanRead) {
    tests::write_file(folder->path() / "input",
                      "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}{\\stylesheet{Normal;}}"
                      "{\\info{\\author Jeanne}{\\operator Paul}{\\creatim\\yr2014\\mo5\\dy6\\hr7\\min8\\sec9}}"
                      "{\\header\\pard Association\\par}{\\headerf\\pard Jamais\\par}\\pard Compte rendu\\par "
                      "L'\\'e9t\\'e9{\\footnote\\pard{\\chftn} Voir l'annexe.}{\\*\\atnauthor Zo\\'e9}{\\*\\annotation"
                      "\\pard Trop long} \\u8364? {\\deleted non}{\\field{\\*\\fldinst PAGE}{\\fldrslt 9}}\\par"
                      "\\trowd\\cellx3000\\cellx6000\\pard\\intbl a\\cell b\\cell\\row\\pard fin\\par}");
    const auto verdict = convert_input("odt");
    EXPECT_EQ(verdict.kind, VerdictKind::faithful);
    EXPECT_THAT(verdict.reasons, ::testing::Contains(Reason(codes::convert_less_certain)));
}

TEST_F(LibreOffice, OldSheetsAndSlidesAreFaithfulAsFarAsWeCanRead) {
    const std::filesystem::path documents = PASSERELLE_SAMPLE_DOCUMENTS;
    for (const auto& [name, format] : {std::pair{"budget.xls", "ods"}, std::pair{"presentation.ppt", "odp"}}) {
        std::filesystem::copy_file(documents / name, folder->path() / "input",
                                   std::filesystem::copy_options::overwrite_existing);
        const auto verdict = convert_input(format);
        EXPECT_EQ(verdict.kind, VerdictKind::faithful) << name;
        EXPECT_EQ(verdict.reasons, std::vector{Reason(codes::convert_less_certain)}) << name;
    }
}

/// It would lock the document by a file beside it, which a worker that is killed leaves there.
TEST_F(LibreOffice, WritesNothingBesideTheOriginal) {
    const auto originals = folder->path() / "originals";
    std::filesystem::create_directory(originals);
    tests::write_zip(originals / "budget.xlsx", tests::xlsx("<row r=\"1\"><c r=\"A1\"><v>8</v></c></row>"));
    const UniqueFd watch(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
    ASSERT_GE(::inotify_add_watch(watch.get(), originals.c_str(), IN_CREATE | IN_DELETE | IN_MODIFY | IN_MOVE), 0);
    const auto verdict = converter->convert({originals / "budget.xlsx", output, "budget.xlsx"}, {});
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->kind, VerdictKind::faithful);
    char event = 0;
    EXPECT_EQ(::read(watch.get(), &event, 1), -1);
    EXPECT_EQ(errno, EAGAIN);
}

/// Its tests of how it draws would be most of a worker's start; it writes down their results.
TEST_F(LibreOffice, StartsWithoutTestingHowItDraws) {
    ASSERT_EQ(convert(tests::docx("<w:p><w:r><w:t>Bonjour</w:t></w:r></w:p>"), "odt").kind, VerdictKind::faithful);
    int profiles = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder->path() / "scratch")) {
        if (!std::filesystem::exists(entry.path() / "user/registrymodifications.xcu")) continue;
        ++profiles;
        EXPECT_FALSE(std::filesystem::exists(entry.path() / "user/GraphicsRenderTests.log"));
    }
    EXPECT_GT(profiles, 0);
}

TEST_F(LibreOffice, ADocumentThatCannotBeLoadedIsKept) {
    tests::write_file(folder->path() / "input", tests::compound_file({{"Workbook", "no workbook"}}));
    const auto verdict = convert_input("ods");
    EXPECT_EQ(verdict.kind, VerdictKind::kept);
    EXPECT_EQ(verdict.reasons.size(), 1u);
}

} // namespace
} // namespace passerelle::convert
