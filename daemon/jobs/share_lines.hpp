// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/sharing.hpp"
#include "daemon/journal/shares.hpp"

#include <chrono>
#include <optional>
#include <string>

/// Between the server's shares and the ledger's.
namespace passerelle::jobs {

/// Nothing for kinds that no job makes.
[[nodiscard]] std::optional<journal::SharedWith> shared_with(nextcloud::ShareType type);
[[nodiscard]] nextcloud::ShareType type_of(journal::SharedWith with);
[[nodiscard]] std::optional<std::chrono::year_month_day> date_of(const journal::ShareLine& line);

/// What of a share counts, as one text: two that agree in it need no change.
[[nodiscard]] std::string essence(const nextcloud::Share& share, bool is_folder);
/// The share that the line asks for, as far as essence() looks at it.
[[nodiscard]] nextcloud::Share as_wanted(const journal::ShareLine& line);

} // namespace passerelle::jobs
