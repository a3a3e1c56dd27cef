// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/census.hpp"
#include "tests/unit/daemon/convert/office_files.hpp"

#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <vector>

namespace passerelle::convert::tests {

/// Counts old documents of one format and compares them with what became of them.
class OldDocuments : public ::testing::Test {
  protected:
    /// `format`: "doc"; `kind` of the result: "text".
    OldDocuments(std::string format, std::string kind) : format_(std::move(format)), kind_(std::move(kind)) {}

    [[nodiscard]] std::optional<Census> count_bytes(const std::string& bytes) const;
    [[nodiscard]] std::optional<Census> count_streams(const std::vector<Stream>& streams) const;
    [[nodiscard]] std::vector<Reason> compared(const std::string& bytes, const std::string& content,
                                               const std::string& master = "") const;
    [[nodiscard]] std::vector<Reason> compared(const std::vector<Stream>& streams, const std::string& content,
                                               const std::string& master = "") const;

  private:
    std::string format_;
    std::string kind_;
    TemporaryFolder folder_;
};

/// What stands behind every difference of an old document.
[[nodiscard]] Reason less_certain();

/// As a census keeps the words of a text.
[[nodiscard]] std::vector<std::uint64_t> words(std::string_view text);

} // namespace passerelle::convert::tests
