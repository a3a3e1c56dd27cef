// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "core/unique_fd.hpp"

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace passerelle::convert {

struct Spawned {
    pid_t pid = -1;
    UniqueFd socket; ///< our end of the channel; the other one is the child's kWorkerSocket
};

/// Starts `executable` in a session of its own with `home` as HOME and for temporary files, and with nothing of ours:
/// no descriptor but its socket, no environment, no blocked or ignored signals; its output goes nowhere. Safe in a
/// process with threads. Error: `convert.unavailable`.
[[nodiscard]] Result<Spawned> spawn(const std::filesystem::path& executable, const std::vector<std::string>& arguments,
                                    const std::filesystem::path& home);

} // namespace passerelle::convert
