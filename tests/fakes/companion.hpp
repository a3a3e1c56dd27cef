// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>

namespace passerelle::fakes {

/// Whether a path below the user's files is the destination of a job, or lies in it. An empty one is all of the files.
[[nodiscard]] inline bool lies_in(const std::string& path, const std::string& destination) {
    return destination.empty() || path == destination || path.starts_with(destination + "/");
}

} // namespace passerelle::fakes
