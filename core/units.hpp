// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>

namespace passerelle {

/// A moment, in whole seconds since 1970-01-01 UTC: what WebDAV, zip sidecars and file systems have in common.
using Timestamp = std::chrono::sys_seconds;

inline constexpr std::uint64_t kKiB = 1024;
inline constexpr std::uint64_t kMiB = 1024 * kKiB;
inline constexpr std::uint64_t kGiB = 1024 * kMiB;

[[nodiscard]] inline std::int64_t to_epoch(Timestamp moment) {
    return moment.time_since_epoch().count();
}
[[nodiscard]] inline Timestamp from_epoch(std::int64_t seconds) {
    return Timestamp(std::chrono::seconds(seconds));
}

} // namespace passerelle
