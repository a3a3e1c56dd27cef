// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/server_profile.hpp"
#include "core/reason.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace passerelle::plan {

/// A name as the server takes it, and why it is no longer what was wanted: each step is a reason `name.*` with the
/// parameters `before` and `after`.
struct CleanName {
    std::string name;
    std::vector<Reason> reasons;
};

/// Makes names that a server accepts, by its own rules. Pure; any thread may ask.
class NameCleaner {
  public:
    explicit NameCleaner(const nextcloud::NameRules& rules);

    /// The nearest name to `wanted` (any bytes, any length) that the server takes. A name without fault comes back as
    /// it is.
    [[nodiscard]] CleanName clean(std::string_view wanted) const;

    /// "Compte rendu (2).odt": a clean name with a number before its extension; the stem is cut where it would get too
    /// long.
    [[nodiscard]] std::string numbered(std::string_view clean_name, unsigned number, bool folder) const;

  private:
    [[nodiscard]] std::string with_allowed_characters(std::string_view name) const;
    [[nodiscard]] std::string without_trailing(std::string_view name) const;
    [[nodiscard]] std::string without_forbidden_extension(std::string_view name) const;
    [[nodiscard]] std::string without_reserved_name(std::string_view name) const;
    [[nodiscard]] std::string cut(std::string_view name) const;
    [[nodiscard]] std::string fitted(std::string_view stem, std::string_view tail) const;
    [[nodiscard]] bool is_fine(std::string_view name) const;
    [[nodiscard]] bool is_reserved(const std::string& key) const;
    [[nodiscard]] bool is_forbidden(std::string_view code_point) const;

    std::array<bool, 128> forbidden_ascii_{};
    std::unordered_set<std::string> forbidden_points_; ///< those beyond ASCII
    std::unordered_set<std::string> reserved_names_;   ///< by case_key, as all below
    std::unordered_set<std::string> reserved_basenames_;
    std::vector<std::string> forbidden_extensions_;
    std::string forbidden_endings_; ///< of " " and "."
    std::size_t max_bytes_;
    std::string replacement_;
};

/// Where the extension begins, its dot included ("a.tar.gz": 1); the name's length where it has none. What follows the
/// last dot counts as one if it is short and made of letters and digits.
[[nodiscard]] std::size_t extension_start(std::string_view name);

/// The name that an item with this title should get: the title, with the extension of the export's own name where the
/// title lacks it (a document made online has the title "Budget" and arrives as "Budget.xlsx").
[[nodiscard]] std::string name_from_title(std::string_view title, std::string_view exported_name);

} // namespace passerelle::plan
