// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/plan/space.hpp"

#include "core/units.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace passerelle::plan {

namespace {

constexpr std::uint64_t kEmptyDocumentBytes = 16 * kKiB;

std::uint64_t with_copy(std::uint64_t original_bytes) {
    return 2 * original_bytes + kEmptyDocumentBytes;
}

} // namespace

SpaceNeed space_need(const sources::Inventory& inventory, const std::vector<PlannedItem>& items,
                     const Choices& choices) {
    SpaceNeed need;
    std::vector<std::uint64_t> conversions;
    for (const auto& planned : items) {
        const auto& item = inventory.items[planned.item];
        if (planned.action == Action::convert) {
            conversions.push_back(with_copy(item.size));
            need.upload_bytes += conversions.back();
        } else if (planned.action == Action::upload && item.kind == ItemKind::file && planned.existing.empty()) {
            need.upload_bytes += item.size;
        }
    }
    const auto at_once = std::min(conversions.size(), 2 * choices.workers);
    const auto largest = conversions.begin() + static_cast<std::ptrdiff_t>(at_once);
    std::ranges::partial_sort(conversions, largest, std::greater<>());
    need.scratch_bytes = std::accumulate(conversions.begin(), largest, std::uint64_t{0});
    return need;
}

} // namespace passerelle::plan
