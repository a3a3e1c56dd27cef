// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"
#include "core/words.hpp"
#include "daemon/convert/census.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace passerelle::convert {

/// What a reader would miss or stumble over in `after`, each difference with its counts. Empty: nothing of what is
/// counted.
[[nodiscard]] std::vector<Reason> differences(const Census& before, const Census& after);

/// `check` when one of the reasons tells of a difference; some only say how far the comparison goes.
[[nodiscard]] VerdictKind verdict_of(const std::vector<Reason>& reasons);

/// Counts both documents and compares. Where the original cannot be read by our own code (the old binary formats, RTF,
/// and documents that are damaged), the one reason is `convert.not_compared`.
[[nodiscard]] std::vector<Reason> compare(const std::filesystem::path& original, const std::string& original_format,
                                          const std::filesystem::path& result);

} // namespace passerelle::convert
