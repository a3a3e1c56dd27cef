// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/plan/earlier.hpp"
#include "daemon/plan/plan.hpp"
#include "daemon/plan/source_tree.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace passerelle::plan {

/// Where an item stands that an earlier export brought; an empty path: nowhere.
struct KnownPlace {
    std::string folder;
    std::string main;
    std::string original;
    bool converted = false; ///< the main one is in OpenDocument
};

/// Compares an export with what earlier ones of the same account have become, and fills the plan with it:
///
///     the same bytes under the same path          left as it is, whatever became of it on the server
///     other bytes, nobody touched it on the server  replaced, in the very state that was seen
///     other bytes, somebody did                    arrives beside; both are kept
///     gone from its path, the same bytes elsewhere  moved
///     gone                                         told, or removed where the person wants that
///
/// Whether somebody touched a file is told by its etag, and where that is another one by size and time. Where a part of
/// the export is missing, nothing is taken for gone or moved. Confined to a thread; used once.
class Synchronisation {
  public:
    /// All outlive the object.
    Synchronisation(const sources::Inventory& inventory, const SourceTree& tree, const Earlier& earlier, Gone gone,
                    Target& target, Plan& plan);

    /// Before places are given. Errors: whatever the target answers.
    [[nodiscard]] Result<void> compare();
    /// Null for what is new.
    [[nodiscard]] const KnownPlace* known(std::size_t item) const;
    /// After places were given: what moves, and what is gone.
    void finish();

  private:
    struct Pair {
        std::size_t item = 0; ///< of the inventory
        std::size_t earlier = 0;
    };

    [[nodiscard]] bool travels_as_file(std::size_t item) const;
    [[nodiscard]] Result<void> compare_file(std::size_t item, const Brought& before);
    [[nodiscard]] Result<bool> is_as_left(std::size_t item, const StandingFile& file, const Brought& before);
    [[nodiscard]] Result<const Target::Entry*> look(const std::string& path);
    void leave_out_idle_folders();
    void pair_moved(bool by_name);
    void move(const Pair& pair);
    void tell_gone(std::size_t earlier);

    const sources::Inventory& inventory_;
    const SourceTree& tree_;
    const Earlier& earlier_;
    const Gone gone_;
    Target& target_;
    Plan& plan_;
    const bool whole_;                  ///< no part of the export is missing
    std::vector<bool> in_export_;       ///< as Earlier::brought
    std::vector<std::size_t> arrivals_; ///< files of the export whose path nobody has seen before
    std::vector<Pair> moved_;
    std::unordered_map<std::size_t, KnownPlace> known_;
    std::unordered_map<std::string, std::unordered_map<std::string, Target::Entry>> listed_; ///< folder -> its entries
};

} // namespace passerelle::plan
