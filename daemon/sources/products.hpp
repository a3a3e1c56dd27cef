// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/words.hpp"

#include <optional>
#include <string_view>

namespace passerelle::sources {

/// By the name that Takeout's page gives in every language: "DRIVE", "GOOGLE_PHOTOS". Product::other for one that is
/// not known.
[[nodiscard]] Product product_by_english_name(std::string_view english_name);

/// By the folder's name, for exports without the page: the English and the French ones and a few more that are known.
[[nodiscard]] std::optional<Product> product_by_folder(std::string_view folder);

/// By a file's name: what only one product exports (.ics, .vcf, .mbox, Tasks.json).
[[nodiscard]] std::optional<Product> product_by_file(std::string_view name);

} // namespace passerelle::sources
