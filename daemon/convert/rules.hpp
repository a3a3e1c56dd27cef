// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/facts.hpp"

#include <span>
#include <string_view>

namespace passerelle::convert {

/// What must hold between the count before and the count after, so that a reader misses nothing.
enum class Holds {
    same,         ///< exactly as many
    not_fewer,    ///< as many or more
    not_all_gone, ///< some, where there were some: the two formats divide such a thing differently
};

struct Rule {
    Fact fact;
    Holds holds;
    std::string_view reason; ///< the code, with the parameters `before` and `after`
    std::string_view why;    ///< why it is compared in this way
};

/// One for each fact.
[[nodiscard]] std::span<const Rule> rules();

[[nodiscard]] bool is_kept(Holds holds, std::uint64_t before, std::uint64_t after);

} // namespace passerelle::convert
