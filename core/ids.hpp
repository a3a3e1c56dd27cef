// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>

namespace passerelle {

/// A row's number in the journal; ids of different kinds do not mix. A value.
template <class Tag> struct Id {
    std::int64_t value = 0;
    friend auto operator<=>(const Id&, const Id&) = default;
};

using JobId = Id<struct JobTag>;
using ItemId = Id<struct ItemTag>;
using BridgeId = Id<struct BridgeTag>;

} // namespace passerelle
