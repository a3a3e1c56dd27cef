// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/job_folder.hpp"

#include "core/reason_codes.hpp"

#include <cstdlib>
#include <gtest/gtest.h>
#include <unistd.h>
#include <vector>

namespace passerelle::jobs {
namespace {

namespace fs = std::filesystem;

struct JobFolderTest : testing::Test {
    JobFolderTest() {
        auto pattern = (fs::temp_directory_path() / "passerelle-folder-XXXXXX").string();
        state = ::mkdtemp(pattern.data());
    }
    ~JobFolderTest() override { fs::remove_all(state); }

    fs::path state;
};

/// What a process has for a moment that is being started: copies of all descriptors.
std::vector<UniqueFd> copies_of_locks(const fs::path& state) {
    std::vector<UniqueFd> copies;
    std::vector<int> open;
    for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
        std::error_code gone;
        const auto file = fs::read_symlink(entry.path(), gone);
        if (!gone && file.filename() == "lock" && file.string().starts_with(state.string()))
            open.push_back(std::stoi(entry.path().filename()));
    }
    for (const int descriptor : open)
        copies.emplace_back(::dup(descriptor));
    return copies;
}

} // namespace

TEST_F(JobFolderTest, OneProcessHasIt) {
    auto first = JobFolder::open(state, {1});
    ASSERT_TRUE(first);
    EXPECT_EQ(JobFolder::open(state, {1}).error().code, codes::job_running);
    EXPECT_TRUE(JobFolder::open(state, {2}));
    const auto moved = std::move(*first);
    EXPECT_EQ(JobFolder::open(state, {1}).error().code, codes::job_running) << "it was only moved";
}

/// A conversion worker is started at any moment; that a job has just ended must not look as if it still ran.
TEST_F(JobFolderTest, IsFreeAtOnceThoughAProcessIsJustBeingStarted) {
    std::vector<UniqueFd> of_child;
    {
        const auto folder = JobFolder::open(state, {1});
        ASSERT_TRUE(folder);
        of_child = copies_of_locks(state);
        ASSERT_EQ(of_child.size(), 1u);
    }
    auto again = JobFolder::open(state, {1});
    ASSERT_TRUE(again) << again.error().code;
    again->remove();
    EXPECT_FALSE(fs::exists(state / "jobs/1"));
}

} // namespace passerelle::jobs
