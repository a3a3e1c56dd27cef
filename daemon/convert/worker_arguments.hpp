// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace passerelle::convert {

/// The descriptor under which a worker finds its end of the channel.
inline constexpr int kWorkerSocket = 3;

/// What the pool tells a worker on its command line. A value.
struct WorkerArguments {
    std::string libreoffice; ///< LibreOffice's program folder
    std::string profile;     ///< the worker's private folder for LibreOffice's settings
    std::uint64_t memory_bytes = 0;

    [[nodiscard]] std::vector<std::string> to_list() const;
    [[nodiscard]] static std::optional<WorkerArguments> parse(const std::vector<std::string>& list);
};

} // namespace passerelle::convert
