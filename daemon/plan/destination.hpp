// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"
#include "core/result.hpp"
#include "daemon/plan/names.hpp"
#include "daemon/plan/plan.hpp"

#include <string>
#include <vector>

namespace passerelle::plan {

/// The folder that receives everything.
struct Destination {
    std::string path;            ///< in NFC, spelled as on the server where it exists
    bool exists = false;         ///< the user's root always does
    std::vector<Reason> reasons; ///< `target.destination_spelling`
    std::string first_missing{}; ///< the topmost folder of the path that is not there; empty where all are
};

/// Looks from the user's root downwards, so that only folders are listed which exist. Errors: whatever `target`
/// answers, `target.destination_is_file` and `target.destination_name` (job).
[[nodiscard]] Result<Destination> find_destination(const std::string& wanted, const NameCleaner& names, Target& target);

} // namespace passerelle::plan
