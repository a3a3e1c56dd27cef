// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"
#include "daemon/plan/plan.hpp"
#include "daemon/plan/source_tree.hpp"

#include <optional>
#include <vector>

namespace passerelle::plan {

/// For each of the inventory's items the reason why it does not travel; nothing for those that do. What lies in an
/// excluded folder is excluded; a folder travels when a pattern includes it or anything below it.
[[nodiscard]] std::vector<std::optional<Reason>> left_out(const sources::Inventory& inventory, const SourceTree& tree,
                                                          const Choices& choices);

} // namespace passerelle::plan
