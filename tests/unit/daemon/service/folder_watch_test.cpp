// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/folder_watch.hpp"

#include "daemon/service/settling.hpp"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <thread>

namespace passerelle::service {
namespace {

using namespace std::chrono_literals;

/// Gone with the object.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        auto pattern = (std::filesystem::temp_directory_path() / "passerelle-watch-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// Whether wait() came back long before its time.
bool wakes(FolderWatch& watch) {
    const auto begun = std::chrono::steady_clock::now();
    watch.wait(60s);
    return std::chrono::steady_clock::now() - begun < 50s;
}

void write(const std::filesystem::path& path) {
    std::ofstream(path) << "x";
}

} // namespace

TEST(FolderWatch, WakesWhenSomethingComes) {
    const TemporaryFolder folder;
    FolderWatch watch;
    watch.watch({folder.path(), folder.path() / "absent"});
    write(folder.path() / "takeout-001.zip");
    EXPECT_TRUE(wakes(watch));
    std::filesystem::create_directory(folder.path() / "Bureau");
    EXPECT_TRUE(wakes(watch));
    std::filesystem::rename(folder.path() / "takeout-001.zip", folder.path() / "takeout-002.zip");
    EXPECT_TRUE(wakes(watch));
}

TEST(FolderWatch, WhatIsNotWatchedDoesNotWake) {
    const TemporaryFolder folder;
    const TemporaryFolder other;
    FolderWatch watch;
    watch.watch({folder.path(), other.path()});
    watch.watch({other.path()});
    watch.wait(0ms);
    write(folder.path() / "a");
    const auto begun = std::chrono::steady_clock::now();
    watch.wait(30ms);
    EXPECT_GE(std::chrono::steady_clock::now() - begun, 25ms) << "the time alone woke it";
    write(other.path() / "a");
    EXPECT_TRUE(wakes(watch));
}

TEST(FolderWatch, CanBeWoken) {
    FolderWatch watch;
    watch.wake();
    EXPECT_TRUE(wakes(watch)) << "also before it slept";
    std::jthread other([&] { watch.wake(); });
    EXPECT_TRUE(wakes(watch));
}

/// A file that grows slowly, looked at each minute.
TEST(Settling, WhatGrowsHasNotSettled) {
    Settling settling(5min);
    Settling::Moment now{};
    for (int minute = 0; minute < 60; ++minute, now += 1min)
        EXPECT_FALSE(settling.has_settled("alice/takeout", "grown to " + std::to_string(minute), now));
    for (int minute = 0; minute < 5; ++minute, now += 1min)
        EXPECT_FALSE(settling.has_settled("alice/takeout", "complete", now)) << minute;
    EXPECT_TRUE(settling.has_settled("alice/takeout", "complete", now));
    EXPECT_FALSE(settling.has_settled("alice/takeout", "another part came", now));
    EXPECT_FALSE(settling.has_settled("bob/takeout", "complete", now)) << "each for itself";
}

TEST(Settling, OneLookIsNotEnough) {
    Settling settling(0s);
    EXPECT_FALSE(settling.has_settled("a", "half of it", {}));
    EXPECT_FALSE(settling.has_settled("a", "all of it", {}));
    EXPECT_TRUE(settling.has_settled("a", "all of it", {}));
}

TEST(Settling, AClockThatIsSetBackBeginsAnew) {
    Settling settling(5min);
    const Settling::Moment noon{12h};
    EXPECT_FALSE(settling.has_settled("a", "s", noon));
    EXPECT_FALSE(settling.has_settled("a", "s", noon - 3h));
    EXPECT_TRUE(settling.has_settled("a", "s", noon - 3h + 5min));
}

} // namespace passerelle::service
