// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/report/facts.hpp"

#include <array>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace passerelle::report {

/// Files (whatever is no folder), folders, and the bytes of the sources.
struct Tally {
    std::uint64_t files = 0;
    std::uint64_t folders = 0;
    std::uint64_t bytes = 0;

    [[nodiscard]] std::uint64_t items() const { return files + folders; }
    Tally& operator+=(const Tally& other);
};

/// A tally for each outcome. Whatever is added falls under exactly one of them, so that they add up.
class Sums {
  public:
    void add(const journal::Item& item);
    Sums& operator+=(const Sums& other);
    [[nodiscard]] const Tally& of(Outcome outcome) const { return tallies_[static_cast<std::size_t>(outcome)]; }
    [[nodiscard]] Tally seen() const;

  private:
    std::array<Tally, std::size(kOutcomes)> tallies_{};
};

/// Items that share their leading reason; the first ones are kept to be shown.
struct Group {
    Reason reason; ///< of the first one; its parameters are the group's only where it is alone
    std::uint64_t items = 0;
    std::vector<journal::Item> first; ///< at most kGroupShown

    static constexpr std::size_t kGroupShown = 200;
};

using Groups = std::vector<Group>; ///< most frequent first

/// What one walk through a ledger finds. Its size depends on the number of folders near the top and of reasons, not on
/// the number of items. All its numbers are of the same walk: they agree with each other also while the job runs.
struct Digest {
    Sums all;
    std::map<std::string, Sums> folders;                       ///< by folder_of()
    std::map<std::string, std::uint64_t, std::less<>> reasons; ///< how many items carry a code
    std::uint64_t faithful = 0;                                ///< documents that arrived converted
    std::uint64_t check = 0;                                   ///< the same, to be compared
    std::uint64_t not_compared = 0;                            ///< of those, where nothing speaks for a difference
    std::uint64_t kept = 0;                                    ///< documents that arrived in their own format
    std::uint64_t retryable = 0;                               ///< of the failed ones
    std::uint64_t arrived_bytes = 0;                           ///< on the server, kept originals included
    std::uint64_t attention = 0;                               ///< items that are in `failed` or `to_check`
    Groups failed;
    Groups to_check;   ///< not failed, but worth a look
    Groups uncompared; ///< converted documents that could not be compared
    Groups own_format; ///< kept documents that need no look
    Groups renamed;    ///< by the first reason that tells of a name
    Groups left_out;   ///< all that were skipped
};

/// The folder under which the report sums an item up: the first two levels of where it lies; a folder lies in itself.
/// Empty: the root.
[[nodiscard]] std::string folder_of(const journal::Item& item);

/// Hands every item of the job to `visit`, in the order of ids, page by page. Ends early when it answers false.
[[nodiscard]] Result<void> for_each_item(journal::Journal& journal, JobId job,
                                         const std::function<bool(const journal::Item&)>& visit);

[[nodiscard]] Result<Digest> digest_of(journal::Journal& journal, JobId job);

} // namespace passerelle::report
