// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/remote_folders.hpp"

#include "core/reason_codes.hpp"

namespace passerelle::jobs {

Result<void> RemoteFolders::ensure(const std::string& path, std::stop_token stop) {
    if (path.empty()) return {};
    {
        std::unique_lock lock(mutex_);
        const auto settled = [&] {
            const auto found = folders_.find(path);
            return found == folders_.end() || found->second == State::there;
        };
        if (!changed_.wait(lock, stop, settled)) return Error(ErrorKind::job, codes::job_stopped, "");
        if (folders_.contains(path)) return {};
        folders_[path] = State::in_the_making;
    }
    auto made = ensure_parent_of(path, stop);
    if (made) made = server_.make_folder(path, stop);
    const std::lock_guard lock(mutex_);
    if (made)
        folders_[path] = State::there;
    else
        folders_.erase(path);
    changed_.notify_all();
    return made;
}

Result<void> RemoteFolders::ensure_parent_of(const std::string& path, std::stop_token stop) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? Result<void>() : ensure(path.substr(0, slash), std::move(stop));
}

void RemoteFolders::note(const std::string& path) {
    const std::lock_guard lock(mutex_);
    // One in the making is left to who makes it.
    for (std::string folder = path; !folder.empty() && folders_.try_emplace(folder, State::there).second;) {
        const auto slash = folder.rfind('/');
        folder.resize(slash == std::string::npos ? 0 : slash);
    }
}

void RemoteFolders::note_parent_of(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash != std::string::npos) note(path.substr(0, slash));
}

} // namespace passerelle::jobs
