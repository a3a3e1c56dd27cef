// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/report/digest.hpp"

#include <iosfwd>

namespace passerelle::report {

/// What each form of the report is written from. Lives for one write_report().
struct View {
    journal::Journal& journal;
    const journal::Job& job;
    const Digest& digest;
    Language language = Language::french;
    Timestamp written_at{};
};

/// Each writes its whole form; errors are the journal's. Whether `out` took it is for the caller to ask.
[[nodiscard]] Result<void> write_json(const View& view, std::ostream& out);
[[nodiscard]] Result<void> write_csv(const View& view, std::ostream& out);
[[nodiscard]] Result<void> write_html(const View& view, std::ostream& out);

inline constexpr std::uint64_t kRowsOfASheet = 1'048'576; ///< more than that spreadsheets do not show
/// More items than that go on in a further sheet.
[[nodiscard]] Result<void> write_ods(const View& view, std::ostream& out, std::uint64_t rows_per_sheet = kRowsOfASheet);

} // namespace passerelle::report
