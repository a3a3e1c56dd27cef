// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/log/reader.hpp"

#include <cstdlib>
#include <gtest/gtest.h>
#include <vector>

namespace passerelle::log {

/// A log in a folder of its own.
class LogFile : public testing::Test {
  protected:
    LogFile() {
        std::string pattern = std::filesystem::temp_directory_path() / "passerelle-log-XXXXXX";
        folder_ = mkdtemp(pattern.data());
        file_ = folder_ / "log/passerelle.jsonl";
    }
    ~LogFile() override {
        EXPECT_TRUE(set_up({.level = Level::warning}));
        std::filesystem::remove_all(folder_);
    }

    [[nodiscard]] Options to_file() const {
        Options options;
        options.on_stderr = false;
        options.file = file_;
        return options;
    }

    static std::vector<std::string> messages(Reader& reader, const Filter& filter = {.least = Level::debug}) {
        std::vector<std::string> found;
        EXPECT_TRUE(reader.read_new(filter, [&](const Line& line) { found.push_back(line.message); }));
        return found;
    }
    [[nodiscard]] std::vector<std::string> messages(const Filter& filter = {.least = Level::debug}) const {
        Reader reader(file_);
        return messages(reader, filter);
    }

    std::filesystem::path folder_;
    std::filesystem::path file_;
};

} // namespace passerelle::log
