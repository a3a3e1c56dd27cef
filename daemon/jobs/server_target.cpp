// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/server_target.hpp"

namespace passerelle::jobs {

Result<std::optional<std::vector<plan::Target::Entry>>> ServerTarget::list(const std::string& folder) {
    auto remote = server_.list(folder, stop_);
    if (!remote) return failure(remote);
    std::optional<std::vector<Entry>> entries;
    if (!*remote) return entries;
    entries.emplace();
    for (const auto& entry : **remote)
        entries->push_back(
            {entry.path.substr(entry.path.rfind('/') + 1), entry.folder, entry.size, entry.etag, entry.modified});
    return entries;
}

} // namespace passerelle::jobs
