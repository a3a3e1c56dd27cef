// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/journal/journal.hpp"
#include "daemon/report/report.hpp"

#include <memory>
#include <string>

namespace passerelle::report {

inline constexpr const char* kMarkupName = "<script>alert('x')</script>&.txt";
inline constexpr const char* kFormulaName = "=HYPERLINK(\"https://evil.example\";A1).csv";
inline constexpr const char* kTurningName = "photo\u202Egpj.exe";
inline constexpr const char* kControlName = "bell\x07\x1b[2J\nline.txt";
inline constexpr const char* kBrokenName = "caf\xe9.txt"; // Latin-1: no UTF-8

/// A job of an association as its ledger may be: everything that the report has to tell about is in it once, hostile
/// names included. A value but for the journal.
struct SampleJob {
    std::unique_ptr<journal::Journal> journal;
    JobId id;

    [[nodiscard]] std::string report(Format format, Language language) const;
    [[nodiscard]] journal::Job job() const;
};

enum class Ending {
    finished,   ///< some failed, some ask for a look
    incomplete, ///< everything arrived, but a part of the export may be missing
    all_well,   ///< everything arrived
    stopped,    ///< for want of space, with something left to do
};

[[nodiscard]] SampleJob make_sample(Ending ending);

/// A finished job of many plain files in 40 folders.
[[nodiscard]] SampleJob make_large_sample(std::size_t files);

} // namespace passerelle::report
