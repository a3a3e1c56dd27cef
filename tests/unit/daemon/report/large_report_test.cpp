// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sample_job.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <streambuf>

namespace passerelle::report {
namespace {

/// Counts what it is given and keeps nothing.
class CountingBuffer : public std::streambuf {
  public:
    [[nodiscard]] std::size_t lines() const { return lines_; }

  protected:
    int_type overflow(int_type letter) override {
        if (letter == '\n') ++lines_;
        return letter;
    }

  private:
    std::size_t lines_ = 0;
};

} // namespace

TEST(LargeReport, TwentyThousandItemsAreWrittenInBoundedTime) {
    const auto sample = make_large_sample(20'000);
    for (const auto format : {Format::json, Format::csv, Format::html, Format::ods}) {
        CountingBuffer buffer;
        std::ostream out(&buffer);
        const auto start = std::chrono::steady_clock::now();
        ASSERT_TRUE(write_report(*sample.journal, sample.id, format, Language::french, out));
        // About a second here; far above it only where the work for an item grows with the number of items.
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
        if (format == Format::ods) continue; // compressed: it has no lines
        EXPECT_GE(buffer.lines(), format == Format::html ? 100u : 20'001u);
    }
}

} // namespace passerelle::report
