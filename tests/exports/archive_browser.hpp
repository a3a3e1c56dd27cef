// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/exports/names.hpp"

#include <string>
#include <vector>

namespace passerelle::exports {

/// Takeout's own page: the map from English keys to localised folders, and the list of every file. `paths` are under
/// Takeout/, the first part being a product's folder; the product is known by its name in `locale`.
[[nodiscard]] std::string archive_browser(Locale locale, const std::vector<std::string>& paths);

} // namespace passerelle::exports
