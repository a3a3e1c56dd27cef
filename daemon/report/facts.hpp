// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/journal/ledger.hpp"
#include "daemon/report/catalogue.hpp"

/// What the report concludes from one line of the ledger.
namespace passerelle::report {

/// What became of an item: the four parts that all items add up from.
enum class Outcome { done, skipped, failed, pending };

inline constexpr Outcome kOutcomes[] = {Outcome::done, Outcome::skipped, Outcome::failed, Outcome::pending};

[[nodiscard]] Outcome outcome_of(ItemState state);
[[nodiscard]] std::string_view to_string(Outcome outcome);

/// Of its reasons the most severe; of those equally severe the last for a failed item (what failed comes last), the
/// first for others. Of a skipped item's reasons those that only tell of its name stand back. An item without reasons
/// has an empty one.
[[nodiscard]] Reason leading_reason(const journal::Item& item);

/// Whether a person should look: it failed, a reason is a warning or an error, or its conversion is to be checked for
/// more than information. (Old formats cannot be compared: that alone, for thousands of documents, is no call.)
[[nodiscard]] bool needs_attention(const journal::Item& item);

/// Whether the reason tells that the name on the server is another than a person expects.
[[nodiscard]] bool tells_of_a_name(const Reason& reason);

/// Where its main file is on the server or, not having arrived, is to be. Empty for an item that was left out; one
/// that was there already is where it was.
[[nodiscard]] std::string place_of(const journal::Item& item);
/// The same for the original beside a converted document; empty where there is none.
[[nodiscard]] std::string original_place_of(const journal::Item& item);

} // namespace passerelle::report
