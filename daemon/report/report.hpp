// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/words.hpp"
#include "daemon/journal/journal.hpp"

#include <iosfwd>

namespace passerelle::report {

/// docs/report-format.md describes each.
enum class Format {
    json, ///< everything, for programs
    csv,  ///< one line for each item, for spreadsheets
    html, ///< one page for people
    ods,  ///< csv and the sums, as an OpenDocument spreadsheet
};

[[nodiscard]] std::string_view to_string(Format format);

/// Writes what became of every item of a job, whatever its phase. Goes through the ledger page by page: memory does not
/// grow with the number of items. Errors: `job.unknown` (permanent), `file.unwritable` (permanent) when the stream
/// fails, `disk.full` (job) where a spreadsheet finds no room in the temporary folder, and the journal's. What was
/// written before an error is no whole report.
[[nodiscard]] Result<void> write_report(journal::Journal& journal, JobId job, Format format, Language language,
                                        std::ostream& out);

} // namespace passerelle::report

namespace passerelle {
template <> [[nodiscard]] std::optional<report::Format> from_string<report::Format>(std::string_view text);
} // namespace passerelle
