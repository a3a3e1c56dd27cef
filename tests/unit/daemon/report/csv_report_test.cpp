// SPDX-License-Identifier: AGPL-3.0-or-later
#include "csv_table.hpp"
#include "sample_job.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>

namespace passerelle::report {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

enum Column {
    kSource,
    kKind,
    kProduct,
    kPlanned,
    kState,
    kSize,
    kModified,
    kTarget,
    kOriginal,
    kSha256,
    kOriginalSha256
};

CsvTable table_of(const SampleJob& sample, Language language) {
    const auto text = sample.report(Format::csv, language);
    EXPECT_TRUE(text.starts_with(kByteOrderMark));
    return read_csv(std::string_view(text).substr(kByteOrderMark.size()), language == Language::french ? ';' : ',');
}

const std::vector<std::string>& row_of(const CsvTable& table, const std::string& source) {
    const auto row = std::ranges::find_if(table, [&](const auto& cells) { return cells[kSource] == source; });
    if (row == table.end()) throw std::runtime_error("no row for " + source);
    return *row;
}

} // namespace

TEST(CsvReport, ItsLinesAddUpToTheStatement) {
    const auto sample = make_sample(Ending::stopped);
    const auto statement = sample.journal->statement(sample.id).value();
    auto table = table_of(sample, Language::english);
    table.erase(table.begin());
    std::map<std::string, journal::Statement::Sum> sums;
    for (const auto& row : table) {
        ++sums[row[kState]].items;
        sums[row[kState]].bytes += std::stoull(row[kSize]);
    }
    EXPECT_EQ(table.size(), statement.seen.items);
    EXPECT_EQ(sums["arrived"], statement.done);
    EXPECT_EQ(sums["left out"], statement.skipped);
    EXPECT_EQ(sums["did not arrive"], statement.failed);
    EXPECT_EQ(sums["still to do"], statement.pending);
}

TEST(CsvReport, EveryLineHasAllColumnsInBothLanguages) {
    const auto sample = make_sample(Ending::finished);
    for (const auto language : {Language::french, Language::english})
        for (const auto& row : table_of(sample, language))
            EXPECT_EQ(row.size(), 18u);
    EXPECT_EQ(table_of(sample, Language::french)[0][kSource], "Chemin dans l'export");
}

TEST(CsvReport, TellsWhereADocumentAndItsOriginalArrived) {
    const auto table = table_of(make_sample(Ending::finished), Language::french);
    const auto& row = row_of(table, "/Comptabilité/2025/Budget prévisionnel.xlsx");
    EXPECT_EQ(row[kTarget], "/Association/Comptabilité/2025/Budget prévisionnel.ods");
    EXPECT_EQ(row[kOriginal], "/Association/Originaux/Comptabilité/2025/Budget prévisionnel.xlsx");
    EXPECT_EQ(row[kSha256].size(), 64u);
    EXPECT_EQ(row[kOriginalSha256].size(), 64u);
}

TEST(CsvReport, NoCellIsAFormula) {
    auto table = table_of(make_sample(Ending::finished), Language::french);
    for (const auto& row : table)
        for (const auto& cell : row)
            EXPECT_EQ(std::string_view("=+-@\t\r").find(cell.empty() ? 'x' : cell.front()), std::string_view::npos)
                << cell;
    EXPECT_NO_THROW((void)row_of(table, "/Divers/" + std::string(kFormulaName))); // and the path is unaltered
}

TEST(CsvReport, ALineBreakInANameBreaksNoLine) {
    const auto text = make_sample(Ending::finished).report(Format::csv, Language::french);
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
        EXPECT_EQ(text[at - 1], '\r');
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

} // namespace passerelle::report
