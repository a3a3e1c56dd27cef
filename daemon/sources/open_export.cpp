// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/hash.hpp"
#include "core/reason_codes.hpp"
#include "daemon/sources/archive.hpp"
#include "daemon/sources/file_rules.hpp"
#include "daemon/sources/find_parts.hpp"
#include "daemon/sources/folder_archive.hpp"
#include "daemon/sources/gather.hpp"
#include "daemon/sources/missing_parts.hpp"
#include "daemon/sources/names.hpp"
#include "daemon/sources/takeout.hpp"
#include "daemon/sources/tar_archive.hpp"
#include "daemon/sources/tree.hpp"
#include "daemon/sources/zip_archive.hpp"

#include <algorithm>
#include <utility>

namespace passerelle::sources {
namespace {

/// Shared: contents may be read after the source is gone.
using SharedArchive = std::shared_ptr<const Archive>;

class EntryContent final : public Content {
  public:
    EntryContent(SharedArchive archive, const Item& item)
        : archive_(std::move(archive)), entry_(item.locator.entry), size_(item.size), crc32_(item.crc32) {}
    std::uint64_t size() const override { return size_; }
    Result<std::unique_ptr<ByteReader>> open() const override { return archive_->open(entry_, size_, crc32_); }

  private:
    SharedArchive archive_;
    std::int64_t entry_;
    std::uint64_t size_;
    std::optional<std::uint32_t> crc32_;
};

class Export final : public Source {
  public:
    Export(std::vector<SharedArchive> archives, Inventory inventory)
        : archives_(std::move(archives)), inventory_(std::move(inventory)) {}

    const Inventory& inventory() const override { return inventory_; }

    bool random_access() const override {
        return std::all_of(archives_.begin(), archives_.end(),
                           [](const auto& archive) { return archive->random_access(); });
    }

    Result<std::shared_ptr<const Content>> content(const Item& item) const override {
        const auto part = static_cast<std::size_t>(item.locator.part);
        if (item.locator.part >= 0 && part < archives_.size() && item.locator.entry >= 0 &&
            (item.kind == ItemKind::file || item.kind == ItemKind::stub))
            return std::make_shared<const EntryContent>(archives_[part], item);
        if (item.kind == ItemKind::entry && !item.reasons.empty()) { // what made it unusable is why it has no bytes
            const auto& why = item.reasons.back();
            return Error(ErrorKind::item, why.code, item.path, why.parameters);
        }
        return Error(ErrorKind::item, codes::source_damaged, "no bytes", {{"detail", "no bytes"}});
    }

  private:
    std::vector<SharedArchive> archives_;
    Inventory inventory_;
};

Result<std::unique_ptr<Archive>> open_part(const FoundPart& part) {
    switch (part.form) {
    case PartForm::zip:
        return open_zip(part.path);
    case PartForm::tar:
        return open_tar(part.path);
    case PartForm::folder:
        return open_folder(part.path, part.only);
    case PartForm::loose:
        return open_single_file(part.path);
    case PartForm::broken:
        break;
    }
    return Error(ErrorKind::job, codes::export_unreadable, "not an archive's bytes",
                 {{"path", printable(part.path.string())}});
}

/// All parts that could be opened, and what they hold.
struct Opened {
    std::vector<SharedArchive> archives;
    Gathered gathered;
    std::vector<Reason> problems;
};

Reason damage(const FoundPart& part, const Error& error) {
    return Reason(codes::export_part_damaged,
                  {{"part", printable(part.path.filename().string())}, {"detail", printable(error.message)}});
}

Result<Opened> open_parts(const FoundParts& found, const std::stop_token& stop) {
    Opened opened;
    for (const auto& part : found.parts) {
        auto archive = open_part(part);
        if (!archive) {
            opened.problems.push_back(damage(part, archive.error()));
            continue;
        }
        Gatherer gatherer(opened.gathered, static_cast<std::int32_t>(opened.archives.size()));
        if (auto listed = (*archive)->list(gatherer, stop); !listed) {
            if (listed.error().code == codes::job_stopped) return failure(listed);
            opened.problems.push_back(damage(part, listed.error()));
        }
        opened.archives.push_back(std::move(*archive));
    }
    return opened;
}

ExportKind kind_of(const FoundParts& found, const Gathered& gathered) {
    for (const auto& part : found.parts)
        if (part.name) return part.name->kind;
    if (looks_like_takeout(gathered.items)) return ExportKind::takeout;
    const bool packed = std::all_of(found.parts.begin(), found.parts.end(),
                                    [](const auto& part) { return part.form == PartForm::zip; });
    return gathered.root_entry && packed ? ExportKind::dropbox : ExportKind::folder;
}

std::string fingerprint_of(ExportKind kind, const std::vector<Part>& parts) {
    std::vector<std::string> fingerprints;
    for (const auto& part : parts)
        fingerprints.push_back(part.fingerprint);
    std::sort(fingerprints.begin(), fingerprints.end()); // the order in which the parts are given is of no matter
    Hasher hasher(HashAlgorithm::sha256);
    hasher.update(to_string(kind));
    for (const auto& fingerprint : fingerprints)
        hasher.update("\n" + fingerprint);
    return hasher.finish();
}

Inventory take_inventory(const FoundParts& found, Opened& opened) {
    Inventory inventory;
    inventory.kind = kind_of(found, opened.gathered);
    inventory.name = found.name;
    inventory.problems = found.problems;
    std::move(opened.problems.begin(), opened.problems.end(), std::back_inserter(inventory.problems));
    for (const auto& archive : opened.archives)
        inventory.parts.push_back(archive->part());
    inventory.fingerprint = fingerprint_of(inventory.kind, inventory.parts);
    auto outside = std::move(opened.gathered.outside);
    const bool listed = !opened.gathered.page.files.empty();
    const auto before = inventory.problems.size();
    inventory.items = inventory.kind == ExportKind::takeout
                          ? takeout_items(std::move(opened.gathered), inventory.problems)
                          : arrange(std::move(opened.gathered.items));
    // Where the page's list is complete, a gap in the numbers is one of those that are none.
    if (!listed || inventory.problems.size() > before) report_missing_parts(found.parts, inventory.problems);
    for (auto& item : inventory.items)
        apply_file_rules(item);
    std::move(outside.begin(), outside.end(), std::back_inserter(inventory.items));
    return inventory;
}

} // namespace

Result<std::unique_ptr<Source>> open_export(std::span<const std::filesystem::path> parts, std::stop_token stop) {
    auto found = find_parts(parts);
    if (!found) return failure(found);
    auto opened = open_parts(*found, stop);
    if (!opened) return failure(opened);
    const bool nothing = opened->gathered.items.empty() && opened->gathered.outside.empty();
    const auto path = printable(parts.front().string());
    if (nothing && !opened->problems.empty()) {
        const auto& detail = opened->problems.front().parameters.back().second;
        return Error(ErrorKind::job, codes::export_unreadable, detail, {{"path", path}});
    }
    if (nothing) return Error(ErrorKind::job, codes::export_empty, "no entries", {{"path", path}});
    auto inventory = take_inventory(*found, *opened);
    return std::make_unique<Export>(std::move(opened->archives), std::move(inventory));
}

} // namespace passerelle::sources
