// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"
#include "core/words.hpp"
#include "daemon/report/wording.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The first sentence that a person reads, and the one that goes with it.
namespace passerelle::report {

/// What the sentences are made from.
struct Totals {
    JobPhase phase = JobPhase::finished;
    CountedPhrase arrived;     ///< "{} fichiers sont arrivés": what is counted, as the caller counts it
    std::uint64_t done = 0;    ///< counted so
    std::uint64_t skipped = 0; ///< these are items, folders included
    std::uint64_t failed = 0;
    std::uint64_t pending = 0;
    std::uint64_t attention = 0;    ///< items to look at, failed ones included; at least 1 where something is
    bool export_incomplete = false; ///< a part of the export is missing or damaged
    bool attention_counted = true;  ///< false: only whether there is something to look at is known
};

inline constexpr CountedPhrase kFilesArrived{{"{} fichier est arrivé", "{} file has arrived"},
                                             {"{} fichiers sont arrivés", "{} files have arrived"}};
inline constexpr CountedPhrase kItemsArrived{{"{} élément est arrivé", "{} item has arrived"},
                                             {"{} éléments sont arrivés", "{} items have arrived"}};

/// Whether the problems of a job as a whole say that there is less in the export than there was.
[[nodiscard]] bool tells_of_a_gap(const std::vector<Reason>& problems);

struct View;
/// Of a whole ledger.
[[nodiscard]] Totals totals_of(const View& view);

/// "Tout est arrivé."
[[nodiscard]] std::string headline(const Totals& totals, Language language);
/// "Rien n'est perdu : …"; empty where the headline says all.
[[nodiscard]] std::string subline(const Totals& totals, Language language);

} // namespace passerelle::report
