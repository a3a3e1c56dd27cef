// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/gather.hpp"

#include "core/reason_codes.hpp"
#include "daemon/sources/file_rules.hpp"

#include <algorithm>

namespace passerelle::sources {
namespace {

constexpr std::uint64_t kMaxSidecarBytes = 256 * kKiB;
constexpr std::string_view kDriveFolder = "Takeout/Drive/";

Item item_of(Entry entry, std::int32_t part) {
    Item item;
    item.path = std::move(entry.path);
    item.size = entry.size;
    item.crc32 = entry.crc32;
    item.modified = entry.modified;
    item.locator = {part, entry.index};
    item.reasons = std::move(entry.reasons);
    if (!entry.usable)
        item.kind = ItemKind::entry;
    else if (entry.type == EntryType::folder)
        item.kind = ItemKind::folder;
    return item;
}

bool may_be_sidecar(std::string_view path) {
    if (!path.starts_with(kTakeoutRoot) || !path.ends_with(".json")) return false;
    // Of people's own JSON files in Drive only those with a sidecar's name are opened.
    return !path.starts_with(kDriveFolder) || parse_drive_sidecar_name(name_of_path(path)).has_value();
}

} // namespace

bool is_takeout_page(std::string_view path) {
    return path.starts_with(kTakeoutRoot) && path.ends_with(".html") &&
           path.find('/', kTakeoutRoot.size()) == std::string_view::npos;
}

const Sidecar* Gathered::sidecar_at(const Locator& locator) const {
    const auto at =
        std::lower_bound(sidecars.begin(), sidecars.end(), locator,
                         [](const Sidecar& sidecar, const Locator& wanted) { return sidecar.locator < wanted; });
    return at != sidecars.end() && at->locator == locator ? &*at : nullptr;
}

std::uint64_t Gatherer::wants(const Entry& entry) const {
    if (is_takeout_page(entry.path)) return kMaxPageBytes;
    if (may_be_sidecar(entry.path)) return kMaxSidecarBytes;
    return stub_limit(name_of_path(entry.path));
}

void Gatherer::visit(Entry entry, std::string content) {
    if (entry.type == EntryType::folder && entry.path.empty() && entry.usable) {
        gathered_.root_entry = true;
        return;
    }
    const bool outside = entry.outside;
    auto item = item_of(std::move(entry), part_);
    if (outside) {
        gathered_.outside.push_back(std::move(item));
        return;
    }
    const auto name = name_of_path(item.path);
    if (item.kind == ItemKind::file && is_takeout_page(item.path)) {
        auto page = parse_takeout_page(content);
        gathered_.page.products.merge(page.products);
        if (page.files.size() > gathered_.page.files.size()) gathered_.page.files = std::move(page.files);
    } else if (item.kind == ItemKind::file && may_be_sidecar(item.path)) {
        if (auto sidecar = parse_sidecar(content)) {
            sidecar->locator = item.locator;
            gathered_.sidecars.push_back(std::move(*sidecar));
        }
    } else if (const auto limit = stub_limit(name); item.kind == ItemKind::file && limit > 0 && item.size <= limit) {
        if (auto link = stub_link(name, content)) {
            item.kind = ItemKind::stub;
            item.reasons.emplace_back(
                codes::source_no_content,
                std::vector<Reason::Parameter>{{"link", link->empty() ? std::string(name) : *link}});
        }
    }
    gathered_.items.push_back(std::move(item));
}

} // namespace passerelle::sources
