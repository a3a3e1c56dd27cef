// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/folder_watch.hpp"

#include <array>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace passerelle::service {
namespace {

/// A file that grows is no event: only that it came, and that it was closed.
constexpr std::uint32_t kComes = IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE | IN_DELETE | IN_MOVED_FROM | IN_ONLYDIR;

void drain(int descriptor) {
    std::array<char, 16 * 1024> buffer;
    while (::read(descriptor, buffer.data(), buffer.size()) > 0) {
    }
}

} // namespace

FolderWatch::FolderWatch()
    : watches_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)), waker_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

void FolderWatch::watch(const std::set<std::filesystem::path>& folders) {
    for (auto at = watched_.begin(); at != watched_.end();) {
        const auto one = at++;
        if (folders.contains(one->first)) continue;
        ::inotify_rm_watch(watches_.get(), one->second);
        watched_.erase(one);
    }
    // Also those that are watched: one that was made anew meanwhile is another one.
    for (const auto& folder : folders) {
        const int watch = ::inotify_add_watch(watches_.get(), folder.c_str(), kComes);
        if (watch >= 0) watched_[folder] = watch;
    }
}

void FolderWatch::wait(std::chrono::milliseconds time) {
    std::array<pollfd, 2> ready{{{watches_.get(), POLLIN, 0}, {waker_.get(), POLLIN, 0}}};
    ::poll(ready.data(), ready.size(), static_cast<int>(time.count()));
    for (const auto& one : ready)
        if (one.revents != 0) drain(one.fd);
}

void FolderWatch::wake() {
    ::eventfd_write(waker_.get(), 1);
}

} // namespace passerelle::service
