// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/sources/archive.hpp"

#include <filesystem>

namespace passerelle::sources {

/// A .tgz or .tar. It has no directory: listing reads it once through and remembers every file's CRC. Reading goes
/// forward from where the last reader stopped and begins anew only for an entry that lies behind.
/// Errors: `export.unreadable` (job).
[[nodiscard]] Result<std::unique_ptr<Archive>> open_tar(const std::filesystem::path& file);

} // namespace passerelle::sources
