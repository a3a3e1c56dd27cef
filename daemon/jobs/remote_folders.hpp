// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace passerelle::jobs {

/// Makes folders on the server as they are needed, parents first, each once: no request for a folder known to exist,
/// and no waiting for folders that the file in hand does not need. Internally locked; several threads make different
/// folders at once.
class RemoteFolders {
  public:
    explicit RemoteFolders(nextcloud::Nextcloud& server) : server_(server) {}

    /// The folder and all its parents stand when this has answered. The empty path is the root.
    Result<void> ensure(const std::string& path, std::stop_token stop);
    Result<void> ensure_parent_of(const std::string& path, std::stop_token stop);

    /// The folder and its parents were made by a request that made more than them.
    void note(const std::string& path);
    void note_parent_of(const std::string& path);

  private:
    enum class State { in_the_making, there };

    nextcloud::Nextcloud& server_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::map<std::string, State> folders_; ///< a folder that could not be made is not in it: the next one tries again
};

} // namespace passerelle::jobs
