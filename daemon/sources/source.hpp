// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/content.hpp"
#include "core/reason.hpp"
#include "core/result.hpp"
#include "core/units.hpp"
#include "core/words.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace passerelle::sources {

/// Where an item's bytes lie: the part (index into Inventory::parts) and the entry in it.
struct Locator {
    std::int32_t part = -1; ///< -1: a folder that is only implied by the paths below it
    std::int64_t entry = -1;
    friend auto operator<=>(const Locator&, const Locator&) = default;
};

/// One thing of the export, as its directory and sidecars describe it; nothing was unpacked. A value.
struct Item {
    std::string path; ///< UTF-8, relative to the export's root, without the wrapping folders ("Takeout/Drive/"): as the
                      ///< export spells it
    std::string title; ///< the name before the export mangled it; empty: the path's last part is the name
    ItemKind kind = ItemKind::file;
    Product product = Product::files;
    std::string product_folder; ///< the product's folder as localised ("Contacts", "Agenda"); empty for Product::files
    std::uint64_t size = 0;
    std::optional<std::uint32_t> crc32;
    std::optional<Timestamp> modified;
    std::optional<Timestamp> created;
    bool starred = false;
    std::string permissions; ///< JSON text, the sidecar's own words: {"permissions":[…],"viewers_can_download":…};
                             ///< empty: none known
    bool leave_out = false;  ///< holds nothing of its own (a sidecar that was applied, a system's file): the plan skips
                             ///< it, the last reason says why
    Locator locator;
    std::vector<Reason> reasons; ///< `source.*`: what is odd about it; a stub or an unusable entry has at least one
};

/// One archive or folder of an export.
struct Part {
    std::filesystem::path file;
    std::uint64_t size = 0;
    Timestamp modified{};
    std::string fingerprint; ///< changes when the part's directory does (names, sizes, CRCs)
};

/// What an export holds. A value.
struct Inventory {
    ExportKind kind = ExportKind::folder;
    std::string name;        ///< for a person: "takeout-20240712T112341Z", the folder's name
    std::string fingerprint; ///< of all parts together: the same export gives the same one
    std::vector<Part> parts;
    std::vector<Item> items;      ///< folders before what they hold
    std::vector<Reason> problems; ///< of the export as a whole: a missing part, a damaged one
};

/// An opened export. Internally locked: content() and what it answers may be used from several threads.
class Source {
  public:
    virtual ~Source() = default;

    [[nodiscard]] virtual const Inventory& inventory() const = 0;

    /// The bytes of a file item. Readers check size and CRC as they go: `source.bytes_differ` at the end where they do
    /// not agree, `source.encrypted`, `source.damaged`, `source.method_unknown` (all of kind item), `source.changed`
    /// (job) when the part on disk is no longer the one that was read.
    [[nodiscard]] virtual Result<std::shared_ptr<const Content>> content(const Item& item) const = 0;

    /// False where bytes can only be read in the order of the locators at a reasonable price (tgz).
    [[nodiscard]] virtual bool random_access() const = 0;
};

/// Opens the parts as one export; a folder that holds the parts stands for them. Nothing is written, nothing unpacked.
/// Errors, all of kind job: `export.not_found`, `export.unreadable`, `export.not_an_archive`, `export.empty`,
/// `export.several_accounts`, `export.several_exports`, `job.stopped` when the stop came first.
[[nodiscard]] Result<std::unique_ptr<Source>> open_export(std::span<const std::filesystem::path> parts,
                                                          std::stop_token stop);

} // namespace passerelle::sources
