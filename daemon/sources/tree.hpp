// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/sources/source.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace passerelle::sources {

/// The order of an inventory: folders before what they hold, and all of a folder's contents together.
[[nodiscard]] bool path_less(std::string_view left, std::string_view right);

/// Sorts the items, makes one of those that are the same twice, gives two different ones of the same path a path each,
/// and adds the folders that are only implied. Afterwards every path of a file, stub or folder is there once.
[[nodiscard]] std::vector<Item> arrange(std::vector<Item> items);

/// Finds items by path in what arrange() made. Holds a reference: the items must outlive it and keep their paths.
class TreeIndex {
  public:
    explicit TreeIndex(const std::vector<Item>& items) : items_(items) {}

    /// A file, stub or folder of this very path.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view path) const;
    /// All items whose path begins with `prefix`, as a range of indices [first, second).
    [[nodiscard]] std::pair<std::size_t, std::size_t> with_prefix(std::string_view prefix) const;

  private:
    const std::vector<Item>& items_;
};

} // namespace passerelle::sources
