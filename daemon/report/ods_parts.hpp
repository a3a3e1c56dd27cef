// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the spreadsheet: its sheets.
#pragma once

#include "daemon/report/ods_sheets.hpp"
#include "daemon/report/view.hpp"

namespace passerelle::report {

/// ods_summary.cpp: the outcome, the sum, what was noticed, what was migrated.
void write_summary_sheet(Sheets& sheets, const View& view);
/// ods_tables.cpp: the sum of each folder.
void write_folder_sheet(Sheets& sheets, const View& view);
/// ods_tables.cpp: who sees what, and what was done to team folders; no sheet for what there is none of. Errors are the
/// journal's.
[[nodiscard]] Result<void> write_share_sheets(Sheets& sheets, const View& view);

} // namespace passerelle::report
