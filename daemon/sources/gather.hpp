// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/sources/archive.hpp"
#include "daemon/sources/sidecar.hpp"
#include "daemon/sources/source.hpp"
#include "daemon/sources/takeout_page.hpp"

#include <vector>

namespace passerelle::sources {

/// What the parts of an export hold, all together, with the archives' own paths. A value.
struct Gathered {
    std::vector<Item> items;
    std::vector<Item> outside;     ///< entries whose path leads nowhere: lines of the report, no place in the tree
    std::vector<Sidecar> sidecars; ///< sorted by locator
    TakeoutPage page;
    bool root_entry = false; ///< an archive names its own root "/", as Dropbox's do

    [[nodiscard]] const Sidecar* sidecar_at(const Locator& locator) const;
};

/// Turns one part's entries into items, and reads what describes others while it passes by.
class Gatherer final : public EntryVisitor {
  public:
    Gatherer(Gathered& gathered, std::int32_t part) : gathered_(gathered), part_(part) {}
    [[nodiscard]] std::uint64_t wants(const Entry& entry) const override;
    void visit(Entry entry, std::string content) override;

  private:
    Gathered& gathered_;
    std::int32_t part_;
};

/// "Takeout/…": the one folder that all archives of a Takeout begin with, in every language.
inline constexpr std::string_view kTakeoutRoot = "Takeout/";

/// True for the page at the root of a Takeout, in any language.
[[nodiscard]] bool is_takeout_page(std::string_view path);

} // namespace passerelle::sources
