// SPDX-License-Identifier: AGPL-3.0-or-later
#include "csv_table.hpp"
#include "daemon/report/view.hpp"
#include "sample_job.hpp"
#include "spreadsheet.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

namespace passerelle::report {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kMediaType = "application/vnd.oasis.opendocument.spreadsheet";
constexpr std::size_t kSize = 5;
constexpr std::size_t kModified = 6;

Spreadsheet spreadsheet(const SampleJob& sample, Language language = Language::english) {
    return Spreadsheet(sample.report(Format::ods, language));
}

std::vector<std::string> sheet_names(const Spreadsheet& book) {
    std::vector<std::string> names;
    for (const auto& sheet : book.sheets())
        names.push_back(sheet.name);
    return names;
}

/// The same report as csv, without its byte order mark.
CsvTable csv(const SampleJob& sample, Language language) {
    return read_csv(sample.report(Format::csv, language).substr(3), language == Language::french ? ';' : ',');
}

/// The numbers behind the first cell that says so.
std::vector<std::uint64_t> numbers_after(const Spreadsheet::Rows& rows, const std::string& name) {
    std::vector<std::uint64_t> numbers;
    const auto row =
        std::ranges::find_if(rows, [&](const auto& cells) { return !cells.empty() && cells[0].text == name; });
    if (row == rows.end()) throw std::runtime_error("no row " + name);
    for (const auto& cell : *row)
        if (cell.type == "float") numbers.push_back(std::stoull(cell.value));
    return numbers;
}

/// What the line says in the cells of the ledger that csv has as text.
std::string without_mark(const std::string& csv_cell) {
    return csv_cell.starts_with('\'') ? csv_cell.substr(1) : csv_cell;
}

} // namespace

TEST(OdsReport, ItsTypeStandsWhereProgramsLookForIt) {
    const auto bytes = make_sample(Ending::finished).report(Format::ods, Language::french);
    EXPECT_EQ(bytes.substr(0, 4), "PK\x03\x04");
    EXPECT_EQ(bytes.substr(8, 2), std::string(2, '\0')) << "stored";
    EXPECT_EQ(bytes.substr(28, 2), std::string(2, '\0')) << "no extra field";
    EXPECT_EQ(bytes.substr(30, 8), "mimetype");
    EXPECT_EQ(bytes.substr(38, kMediaType.size()), kMediaType);
}

TEST(OdsReport, ItsManifestNamesItsParts) {
    const auto book = spreadsheet(make_sample(Ending::finished));
    EXPECT_THAT(book.names(),
                ElementsAre("mimetype", "content.xml", "styles.xml", "settings.xml", "META-INF/manifest.xml"));
    const auto type_of = [&](const std::string& path) {
        return book.text("META-INF/manifest.xml",
                         "//manifest:file-entry[@manifest:full-path='" + path + "']/@manifest:media-type");
    };
    EXPECT_EQ(type_of("/"), kMediaType);
    for (const auto* part : {"content.xml", "styles.xml", "settings.xml"})
        EXPECT_EQ(type_of(part), "text/xml");
}

TEST(OdsReport, SaysOfEachItemWhatCsvSays) {
    const auto sample = make_sample(Ending::stopped);
    for (const auto language : {Language::french, Language::english}) {
        const auto book = spreadsheet(sample, language);
        const auto& rows = book.rows(language == Language::french ? "Fichiers" : "Files");
        const auto table = csv(sample, language);
        ASSERT_EQ(rows.size(), table.size());
        for (std::size_t row = 0; row < rows.size(); ++row) {
            ASSERT_EQ(rows[row].size(), table[row].size());
            for (std::size_t column = 0; column < rows[row].size(); ++column)
                EXPECT_EQ(rows[row][column].text, without_mark(table[row][column]));
        }
    }
}

TEST(OdsReport, SizesAreNumbersAndDatesAreDates) {
    const auto book = spreadsheet(make_sample(Ending::finished));
    const auto& rows = book.rows("Files");
    std::size_t dates = 0;
    for (std::size_t row = 1; row < rows.size(); ++row) {
        EXPECT_EQ(rows[row][kSize].type, "float");
        EXPECT_EQ(rows[row][kSize].value, rows[row][kSize].text);
        if (rows[row][kModified].type.empty()) continue;
        ++dates;
        EXPECT_EQ(rows[row][kModified].type, "date");
        EXPECT_EQ(rows[row][kModified].value.size(), std::string_view("2023-11-14T22:13:20").size());
    }
    EXPECT_GT(dates, 5u);
    EXPECT_LT(dates, rows.size() - 1) << "some items have no date";
}

TEST(OdsReport, NoCellIsAFormula) {
    const auto book = spreadsheet(make_sample(Ending::finished), Language::french);
    for (const auto& sheet : book.sheets())
        for (const auto& row : sheet.rows)
            for (const auto& cell : row)
                EXPECT_FALSE(cell.formula);
    EXPECT_TRUE(std::ranges::any_of(book.rows("Fichiers"), [](const auto& row) {
        return row[0].text == "/Divers/" + std::string(kFormulaName) && row[0].type == "string";
    })) << "and the path is unaltered";
}

TEST(OdsReport, TheSumAddsUpToTheStatement) {
    const auto sample = make_sample(Ending::stopped);
    const auto statement = sample.journal->statement(sample.id).value();
    const auto book = spreadsheet(sample);
    const auto& rows = book.rows("Summary");
    std::vector<std::uint64_t> sums(4);
    for (const auto* name : {"Arrived", "Left out", "Not sent", "Still to do"}) {
        const auto numbers = numbers_after(rows, name);
        ASSERT_EQ(numbers.size(), 4u);
        EXPECT_EQ(numbers[0] + numbers[1], numbers[2]);
        for (std::size_t column = 0; column < 4; ++column)
            sums[column] += numbers[column];
    }
    EXPECT_EQ(numbers_after(rows, "Total in the export"), sums);
    EXPECT_EQ(sums[2], statement.seen.items);
    EXPECT_EQ(sums[3], statement.seen.bytes);
    EXPECT_EQ(numbers_after(rows, "Arrived")[2], statement.done.items);

    std::vector<std::uint64_t> of_folders(6);
    for (const auto& row : book.rows("Folders"))
        for (std::size_t column = 1; column < row.size(); ++column)
            if (row[column].type == "float") of_folders[column - 1] += std::stoull(row[column].value);
    EXPECT_THAT(of_folders, ElementsAre(statement.done.items, statement.skipped.items, statement.failed.items,
                                        statement.pending.items, statement.seen.items, statement.seen.bytes));
}

TEST(OdsReport, TheSummaryBeginsWithTheOutcomeInTheLanguageAskedFor) {
    const auto sample = make_sample(Ending::finished);
    const auto book = spreadsheet(sample, Language::french);
    EXPECT_EQ(book.rows("Synthèse")[0][0].text, "13 fichiers sont arrivés, 5 demandent votre attention.");
    EXPECT_THAT(book.rows("Synthèse")[2][0].text, HasSubstr("3")) << "the part of the export that is missing";
    EXPECT_EQ(book.text("styles.xml", "//style:default-style/style:text-properties/@fo:language"), "fr");
    EXPECT_THAT(sheet_names(book), ElementsAre("Synthèse", "Fichiers", "Dossiers"));
}

TEST(OdsReport, HeadsStayInSightAndFilterTheirRows) {
    const auto book = spreadsheet(make_sample(Ending::finished));
    const auto rows = std::to_string(book.rows("Files").size());
    const std::string range = "//table:database-range[@table:display-filter-buttons='true']";
    EXPECT_EQ(book.text("content.xml", range + "[1]/@table:target-range-address"), "'Files'.A1:'Files'.R" + rows);
    EXPECT_EQ(book.text("content.xml", "count(" + range + ")"), "2");
    const std::string view = "//config:config-item-map-entry[@config:name='Files']/config:config-item";
    EXPECT_EQ(book.text("settings.xml", view + "[@config:name='VerticalSplitMode']"), "2");
    EXPECT_EQ(book.text("settings.xml", view + "[@config:name='VerticalSplitPosition']"), "1");
}

TEST(OdsReport, KeepsEverySpaceOfAName) {
    auto journal = journal::open_sqlite_journal(":memory:").value();
    const auto job = journal->create_job({}).value();
    const std::vector<std::string> paths{"a  b.txt", "  a", "a ", "a   ", " ", "   ", "a b  c d"};
    for (const auto& path : paths) {
        journal::NewItem item;
        item.source_path = "x/" + path;
        item.target = path;
        ASSERT_TRUE(journal->add_items(job, std::span(&item, 1)));
    }
    std::ostringstream out;
    ASSERT_TRUE(write_report(*journal, job, Format::ods, Language::english, out));
    const Spreadsheet book(out.str());
    for (std::size_t row = 0; row < paths.size(); ++row) {
        EXPECT_EQ(book.rows("Files")[row + 1][0].text, "/x/" + paths[row]);
        EXPECT_EQ(book.rows("Files")[row + 1][7].text, "/" + paths[row]);
    }
}

TEST(OdsReport, MoreItemsThanASheetHoldsGoOnInAFurtherOne) {
    const auto sample = make_large_sample(1'205);
    const auto job = sample.job();
    const auto digest = digest_of(*sample.journal, sample.id).value();
    std::ostringstream out;
    ASSERT_TRUE(write_ods({.journal = *sample.journal, .job = job, .digest = digest, .language = Language::french}, out,
                          /*rows_per_sheet=*/603));
    const Spreadsheet book(out.str());
    EXPECT_THAT(sheet_names(book), ElementsAre("Synthèse", "Fichiers", "Fichiers 2", "Fichiers 3", "Dossiers"));
    EXPECT_EQ(book.rows("Fichiers").size(), 603u);
    EXPECT_EQ(book.rows("Fichiers 2").size(), 603u);
    ASSERT_EQ(book.rows("Fichiers 3").size(), 2u);
    EXPECT_EQ(book.rows("Fichiers 2")[0][0].text, book.rows("Fichiers")[0][0].text);
    EXPECT_EQ(book.rows("Fichiers 3")[1][kSize].value, "1204");
}

TEST(OdsReport, TellsWhoSeesWhatWhereThereAreShares) {
    const auto sample = make_sample(Ending::finished);
    ASSERT_TRUE(sample.journal->record_share(sample.id, {.path = "Asso/=Bureau",
                                                         .with = journal::SharedWith::group,
                                                         .recipient = "=bob",
                                                         .permissions = 15,
                                                         .expires = std::chrono::sys_days{std::chrono::days(20'000)},
                                                         .state = journal::ShareState::made,
                                                         .share_id = "1"}));
    ASSERT_TRUE(sample.journal->record_team_change(sample.id, {.folder = "Bureau",
                                                               .act = journal::TeamAct::member,
                                                               .subject = "CA",
                                                               .path = "alice",
                                                               .state = journal::ShareState::made}));
    const auto book = spreadsheet(sample, Language::french);
    EXPECT_THAT(sheet_names(book), ElementsAre("Synthèse", "Fichiers", "Dossiers", "Partages", "Dossiers d'équipe"));
    const auto texts = [](const auto& row) {
        std::vector<std::string> all;
        for (const auto& cell : row)
            all.push_back(cell.text);
        return all;
    };
    EXPECT_THAT(texts(book.rows("Partages")[1]),
                ElementsAre("/Asso/=Bureau", "groupe", "=bob", "modifier", "2024-10-04", "partagé", ""));
    EXPECT_EQ(book.rows("Partages")[1][4].type, "date");
    EXPECT_THAT(texts(book.rows("Dossiers d'équipe")[1]),
                ElementsAre("Bureau", "compte ajouté au groupe", "alice → CA", "fait", ""));
    EXPECT_EQ(book.text("content.xml", "//table:database-range[last()]/@table:target-range-address"),
              "'Dossiers d''équipe'.A1:'Dossiers d''équipe'.E2");
}

TEST(OdsReport, SaysWhereThereIsNoRoomForIt) {
    const auto sample = make_sample(Ending::all_well);
    const char* before = std::getenv("TMPDIR");
    const std::string kept = before == nullptr ? "" : before;
    ::setenv("TMPDIR", "/proc/self", 1);
    std::ostringstream out;
    const auto written = write_report(*sample.journal, sample.id, Format::ods, Language::french, out);
    before == nullptr ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", kept.c_str(), 1);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, "disk.full");
    EXPECT_TRUE(out.str().empty());
}

} // namespace passerelle::report
