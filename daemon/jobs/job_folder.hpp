// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/content.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/unique_fd.hpp"

#include <filesystem>
#include <stop_token>
#include <string>

namespace passerelle::jobs {

/// A file that was copied into scratch.
struct Spooled {
    std::filesystem::path file;
    std::uint64_t size = 0;
    std::string sha256;
};

/// A job's folder below the state folder: its lock, which says that a process runs it, and its scratch space. Private
/// to the user (0700). spool() may be called from several threads; the rest is confined to the thread that opened it.
class JobFolder {
  public:
    /// Takes the lock for as long as the object lives; it goes with the process, however that ends. Errors:
    /// `job.running`, `journal.unavailable` (the folder cannot be made), both job.
    [[nodiscard]] static Result<JobFolder> open(const std::filesystem::path& state_folder, JobId job);

    [[nodiscard]] const std::filesystem::path& scratch() const { return scratch_; }

    /// Copies content into scratch under `name`. Errors: those of the content, `disk.full` (job), `job.stopped` (job).
    [[nodiscard]] Result<Spooled> spool(const Content& content, const std::string& name,
                                        const std::stop_token& stop) const;

    /// Removes the folder with all that is in it; the job is finished.
    void remove();

  private:
    /// Given back by name: a process that is being started at this moment has a copy of the descriptor for a while.
    struct Lock {
        explicit Lock(UniqueFd locked) : file(std::move(locked)) {}
        ~Lock();
        Lock(Lock&&) = default;
        Lock& operator=(Lock&&) = delete;
        UniqueFd file;
    };
    JobFolder(std::filesystem::path folder, UniqueFd locked);

    std::filesystem::path folder_;
    std::filesystem::path scratch_;
    Lock lock_;
};

} // namespace passerelle::jobs
