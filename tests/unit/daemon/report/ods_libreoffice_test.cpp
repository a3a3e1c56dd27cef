// SPDX-License-Identifier: AGPL-3.0-or-later
// The spreadsheet as LibreOffice reads it, which is a package that the project depends on.
#include "csv_table.hpp"
#include "sample_job.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace passerelle::report {
namespace {

namespace fs = std::filesystem;

class OdsInLibreOffice : public ::testing::Test {
  protected:
    OdsInLibreOffice() {
        std::string pattern = (fs::temp_directory_path() / "passerelle-ods-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
        folder_ = pattern;
    }
    ~OdsInLibreOffice() override {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }

    /// The second sheet as csv: comma, quotes, UTF-8, cells as they are shown (LibreOffice's help, "Filter Options for
    /// CSV Filter").
    CsvTable files_of(const std::string& report) {
        std::ofstream(folder_ / "report.ods", std::ios::binary) << report;
        const std::string command = "soffice -env:UserInstallation=file://" + (folder_ / "profile").string() +
                                    " --headless --convert-to 'csv:Text - txt - csv (StarCalc):"
                                    "44,34,76,1,,0,false,true,false,false,false,2' --outdir " +
                                    folder_.string() + " " + (folder_ / "report.ods").string() + " >/dev/null 2>&1";
        EXPECT_EQ(std::system(command.c_str()), 0);
        std::ifstream in(folder_ / "report-Files.csv", std::ios::binary);
        std::string text;
        for (std::string line; std::getline(in, line);)
            text += line + "\r\n";
        return read_csv(text, ',');
    }

  private:
    fs::path folder_;
};

} // namespace

TEST_F(OdsInLibreOffice, ItsLinesAreThoseOfCsv) {
    const auto sample = make_sample(Ending::finished);
    const auto read = files_of(sample.report(Format::ods, Language::english));
    const auto table = read_csv(sample.report(Format::csv, Language::english).substr(3), ',');
    ASSERT_EQ(read.size(), table.size());
    for (std::size_t row = 0; row < read.size(); ++row) {
        ASSERT_EQ(read[row].size(), table[row].size());
        for (std::size_t column = 0; column < read[row].size(); ++column) {
            auto cell = read[row][column];
            if (row > 0 && column == 5) std::erase(cell, ','); // sizes are shown in groups of three digits
            auto expected = table[row][column];
            if (expected.starts_with('\'')) expected.erase(0, 1); // a typed cell needs no mark
            EXPECT_EQ(cell, expected);
        }
    }
}

} // namespace passerelle::report
