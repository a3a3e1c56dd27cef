// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/sources/archive.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace passerelle::sources {

/// What lies under a folder; of its direct entries only those named by `only`, unless that is empty. Links are never
/// followed. A file that changed since it was listed is an error of this file alone (`file.changed`, kind item).
[[nodiscard]] std::unique_ptr<Archive> open_folder(const std::filesystem::path& folder,
                                                   std::vector<std::string> only = {});

/// A single file as a part of its own.
[[nodiscard]] std::unique_ptr<Archive> open_single_file(const std::filesystem::path& file);

} // namespace passerelle::sources
