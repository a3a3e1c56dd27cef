// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/words.hpp"
#include "daemon/journal/ledger.hpp"

#include <string>
#include <vector>

namespace passerelle::report {

/// Where a job stands in about ten lines for a terminal: the outcome, the sum that adds up, what asks for attention and
/// how to go on. Ends in a line break. Nothing in it can move a terminal's cursor.
[[nodiscard]] std::string summary(const journal::Job& job, const journal::Statement& statement,
                                  const std::vector<journal::ReasonCount>& reasons, Language language);

} // namespace passerelle::report
