// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/sources/source.hpp"

#include <cstddef>
#include <limits>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace passerelle::plan {

inline constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

/// A folder of the export and what lies directly in it.
struct SourceFolder {
    std::string_view path;    ///< in the inventory
    std::size_t item = kNone; ///< index into Inventory::items; kNone for the root and for a folder that no item names
    std::vector<std::size_t> folders; ///< indices into SourceTree::folders
    std::vector<std::size_t> files;   ///< indices into Inventory::items
};

/// The export's files and folders as a tree; stubs and odd entries are left out. Refers to the inventory, which must
/// outlive it. A value.
class SourceTree {
  public:
    explicit SourceTree(const sources::Inventory& inventory);

    /// The root is the first one.
    [[nodiscard]] const std::vector<SourceFolder>& folders() const { return folders_; }
    /// All folders, parents before children.
    [[nodiscard]] std::vector<std::size_t> top_down() const;
    /// Folder items whose path another one had before.
    [[nodiscard]] const std::vector<std::size_t>& repeated() const { return repeated_; }

  private:
    std::size_t folder_at(std::string_view path);

    std::vector<SourceFolder> folders_;
    std::vector<std::size_t> repeated_;
    std::unordered_map<std::string_view, std::size_t> by_path_;
};

/// The last name of a path; of what lies at the root, the path.
[[nodiscard]] std::string_view last_name(std::string_view path);

} // namespace passerelle::plan
