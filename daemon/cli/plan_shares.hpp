// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "core/result.hpp"
#include "daemon/cli/arguments.hpp"
#include "daemon/jobs/migration.hpp"
#include "daemon/plan/plan.hpp"
#include "daemon/sources/source.hpp"

#include <stop_token>
#include <string>

namespace passerelle::cli {

/// Who would see what of an export by its plan, as `shares` shows it: text, or JSON. Nothing is shared, and no decision
/// is kept. Errors: those of Sharing, of the journal and of the tables.
[[nodiscard]] Result<std::string> planned_shares(const sources::Source& source, const plan::Plan& plan,
                                                 const jobs::Order& order, journal::Journal& journal,
                                                 nextcloud::Nextcloud& server, const Arguments& arguments,
                                                 const std::stop_token& stop);

} // namespace passerelle::cli
