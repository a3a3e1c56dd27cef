// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/ocs/json.hpp"
#include "client/ocs/share_wire.hpp"

#include <optional>
#include <string>

/// What answers about one share have in common. Private to the room.
namespace passerelle::ocs {

/// A share as the server describes it; nothing where it has no id or no permissions.
[[nodiscard]] std::optional<Share> share_of(const Json& data);

/// "2030-01-02".
[[nodiscard]] std::string iso_date(const std::chrono::year_month_day& date);

/// Why a share was not made, where the server's English words tell it: `share.path_missing`, `share.unknown_account`
/// (item). An unknown path, an unknown account and a missing right are all 404.
[[nodiscard]] std::optional<Error> known_refusal(int status, const std::string& message, const NewShare& share);

} // namespace passerelle::ocs
