// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/unique_fd.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <set>

namespace passerelle::service {

/// Sleeps until something is put into one of some folders (inotify(7)), not below them. Confined to a thread, but for
/// wake(). Where the kernel has no watches left, the time alone wakes.
class FolderWatch {
  public:
    FolderWatch();

    /// These and no others; what is not there is passed over.
    void watch(const std::set<std::filesystem::path>& folders);
    /// Until something came, wake() was called, or the time is over.
    void wait(std::chrono::milliseconds time);
    void wake();

  private:
    UniqueFd watches_;
    UniqueFd waker_;
    std::map<std::filesystem::path, int> watched_;
};

} // namespace passerelle::service
