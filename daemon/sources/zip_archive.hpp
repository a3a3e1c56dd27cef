// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/sources/archive.hpp"

#include <filesystem>

namespace passerelle::sources {

/// A zip, read by its central directory. Each reader has its own descriptor, so entries are read side by side.
/// Errors: `export.unreadable` (job) when the file cannot be opened.
[[nodiscard]] Result<std::unique_ptr<Archive>> open_zip(const std::filesystem::path& file);

} // namespace passerelle::sources
