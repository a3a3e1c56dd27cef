// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"
#include "daemon/journal/ledger.hpp"
#include "daemon/sharing/access_readers.hpp"
#include "daemon/sources/source.hpp"

#include <vector>

/// The Google Groups of a Workspace export: who is in the groups that files were shared with.
namespace passerelle::jobs {

struct ExportGroups {
    std::vector<journal::ExportGroup> groups;
    std::vector<Reason> problems; ///< lines that could not be understood
};

/// Reads `Groups/<group>/info.csv` and `members.csv` of an export, whatever the product's folder is called. A file that
/// is damaged or longer than a megabyte is passed over, as are more than a thousand groups; a migration never fails for
/// them.
[[nodiscard]] ExportGroups export_groups(const sources::Source& source);

/// As the plan of shares takes them.
[[nodiscard]] std::vector<sharing::GoogleGroup> google_groups(const std::vector<journal::ExportGroup>& groups);

} // namespace passerelle::jobs
