// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/report.hpp"

#include "core/reason_codes.hpp"
#include "sample_job.hpp"

#include <gtest/gtest.h>
#include <sstream>

namespace passerelle::report {
namespace {

/// A disk that fills up after some bytes.
class FullDisk : public std::streambuf {
  public:
    explicit FullDisk(std::size_t room) : room_(room) {}

  protected:
    int_type overflow(int_type letter) override {
        if (room_ == 0) return traits_type::eof();
        --room_;
        return letter;
    }

  private:
    std::size_t room_;
};

} // namespace

TEST(Report, AnUnknownJobIsSaid) {
    const auto sample = make_sample(Ending::all_well);
    std::ostringstream out;
    const auto written = write_report(*sample.journal, JobId{99}, Format::json, Language::french, out);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, codes::job_unknown);
    EXPECT_TRUE(out.str().empty());
}

TEST(Report, AFullDiskIsSaidWhereverItFillsUp) {
    const auto sample = make_sample(Ending::finished);
    for (const auto format : {Format::json, Format::csv, Format::html, Format::ods})
        for (const std::size_t room : {0, 1'000, 4'000}) {
            FullDisk disk(room);
            std::ostream out(&disk);
            const auto written = write_report(*sample.journal, sample.id, format, Language::french, out);
            ASSERT_FALSE(written) << to_string(format) << ' ' << room;
            EXPECT_EQ(written.error().code, codes::file_unwritable);
        }
}

TEST(Report, AnEmptyJobHasAReportToo) {
    auto journal = journal::open_sqlite_journal(":memory:").value();
    const auto job = journal->create_job({}).value();
    for (const auto format : {Format::json, Format::csv, Format::html, Format::ods}) {
        std::ostringstream out;
        EXPECT_TRUE(write_report(*journal, job, format, Language::french, out));
        EXPECT_FALSE(out.str().empty());
    }
}

TEST(Report, ItsFormatsAreSpelledAsOnTheCommandLine) {
    for (const auto format : {Format::json, Format::csv, Format::html, Format::ods})
        EXPECT_EQ(from_string<Format>(to_string(format)), format);
    EXPECT_FALSE(from_string<Format>("pdf"));
}

} // namespace passerelle::report
