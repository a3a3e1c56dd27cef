// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "core/units.hpp"

#include <cstdint>
#include <filesystem>

struct stat;

namespace passerelle::sources {

/// What tells a file from another one that took its place. A value.
struct FileIdentity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t modified_seconds = 0;
    std::int64_t modified_nanoseconds = 0;
    friend bool operator==(const FileIdentity&, const FileIdentity&) = default;

    [[nodiscard]] static FileIdentity of(const struct stat& status);
    [[nodiscard]] Timestamp modified() const { return from_epoch(modified_seconds); }
};

/// Follows links. Error: `export.not_found` (job).
[[nodiscard]] Result<FileIdentity> identify(const std::filesystem::path& file);

/// Error: `source.changed` (job) when the file is no longer the one that was `seen`.
[[nodiscard]] Result<void> check_unchanged(const std::filesystem::path& file, const FileIdentity& seen);

} // namespace passerelle::sources
