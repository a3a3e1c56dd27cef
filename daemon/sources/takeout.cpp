// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/takeout.hpp"

#include "core/reason_codes.hpp"
#include "daemon/sources/file_rules.hpp"
#include "daemon/sources/part_name.hpp"
#include "daemon/sources/products.hpp"
#include "daemon/sources/tree.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <string>
#include <unordered_set>

namespace passerelle::sources {
namespace {

constexpr std::size_t kNamesShown = 5;

using ProductMap = std::map<std::string, Product, std::less<>>;

bool is_loose(const Item& item) {
    return item.kind == ItemKind::file && item.path.find('/') == std::string::npos &&
           loose_file_name(item.path).has_value();
}

/// "Drive" of "Takeout/Drive/a.txt"; nothing for what lies directly in Takeout/ or outside.
std::string_view product_folder_of(std::string_view path) {
    if (!path.starts_with(kTakeoutRoot)) return {};
    path.remove_prefix(kTakeoutRoot.size());
    const auto cut = path.find('/');
    return cut == std::string_view::npos ? std::string_view() : path.substr(0, cut);
}

/// Page first, then known names, then what lies inside.
ProductMap map_products(const Gathered& gathered) {
    ProductMap products;
    for (const auto& item : gathered.items) {
        const auto folder = product_folder_of(item.path);
        if (folder.empty()) continue;
        auto at = products.find(folder);
        if (at == products.end()) {
            auto product = product_by_folder(folder).value_or(Product::other);
            if (const auto named = gathered.page.products.find(folder); named != gathered.page.products.end())
                product = product_by_english_name(named->second);
            at = products.emplace(folder, product).first;
        }
        if (at->second != Product::other || gathered.page.products.contains(folder)) continue;
        if (const auto sniffed = product_by_file(name_of_path(item.path)))
            at->second = *sniffed;
        else if (const auto* sidecar = gathered.sidecar_at(item.locator))
            at->second = sidecar->kind == Sidecar::Kind::drive ? Product::files : Product::photos;
    }
    return products;
}

/// The folder where a sidecar speaks of a file of this name that no archive holds.
std::optional<std::string> place_by_sidecar(const std::string& name, const Gathered& gathered,
                                            const std::unordered_set<std::string_view>& paths) {
    for (const auto& item : gathered.items) {
        if (!gathered.sidecar_at(item.locator)) continue;
        const auto file = name_of_path(item.path);
        const auto drive = parse_drive_sidecar_name(file);
        const auto base = drive ? *drive : parse_photo_sidecar_name(file);
        if (base.base != name || !base.number.empty()) continue;
        auto path = join_path(folder_of_path(item.path), name);
        if (!paths.contains(path)) return path;
    }
    return std::nullopt;
}

/// The page names a product by its English name and often only the innermost folder.
std::optional<std::string> place_by_page(const std::string& name, const Gathered& gathered) {
    for (const auto& file : gathered.page.files) {
        if (file.name != name) continue;
        const auto product = std::find_if(gathered.page.products.begin(), gathered.page.products.end(),
                                          [&](const auto& row) { return row.second == file.service; });
        if (product == gathered.page.products.end()) continue;
        const auto root = std::string(kTakeoutRoot) + product->first;
        if (file.folder.empty() || file.folder == product->first) return join_path(root, name);
        for (const auto& item : gathered.items) {
            const auto folder = item.kind == ItemKind::folder ? std::string_view(item.path) : folder_of_path(item.path);
            if (folder.starts_with(root + '/') &&
                (folder.substr(root.size() + 1) == file.folder || name_of_path(folder) == file.folder))
                return join_path(folder, name);
        }
        return join_path(join_path(root, file.folder), name);
    }
    return std::nullopt;
}

void place_loose_files(Gathered& gathered) {
    if (std::none_of(gathered.items.begin(), gathered.items.end(), is_loose)) return;
    std::unordered_set<std::string_view> paths;
    for (const auto& item : gathered.items)
        if (!is_loose(item)) paths.insert(item.path);
    for (auto& item : gathered.items) {
        if (!is_loose(item)) continue;
        const auto name = *loose_file_name(item.path);
        auto place = place_by_sidecar(name, gathered, paths);
        if (!place) place = place_by_page(name, gathered);
        if (place) {
            item.reasons.emplace_back(codes::source_large_file_placed,
                                      std::vector<Reason::Parameter>{{"path", place->substr(kTakeoutRoot.size())}});
            item.path = std::move(*place);
        } else {
            item.reasons.emplace_back(codes::source_large_file_at_root);
            item.path = fmt::format("{}Drive/{}", kTakeoutRoot, name);
        }
    }
}

/// What the page lists and no part holds. Only names are compared: the page shortens folders.
void report_missing_files(const Gathered& gathered, std::vector<Reason>& problems) {
    if (gathered.page.files.empty()) return;
    std::unordered_set<std::string_view> names;
    for (const auto& item : gathered.items)
        names.insert(name_of_path(item.path));
    for (const auto& sidecar : gathered.sidecars)
        names.insert(sidecar.title);
    std::size_t missing = 0;
    std::string shown;
    for (const auto& file : gathered.page.files) {
        if (names.contains(name_of_path(file.name)) || names.contains(file.name)) continue;
        if (++missing <= kNamesShown) shown += (shown.empty() ? "" : ", ") + file.name;
    }
    if (missing == 0) return;
    problems.emplace_back(codes::export_files_missing,
                          std::vector<Reason::Parameter>{{"count", fmt::to_string(missing)}, {"names", shown}});
}

/// Takes the wrapping folders off, and says which product the item belongs to.
void unwrap(Item& item, const ProductMap& products) {
    if (!item.path.starts_with(kTakeoutRoot)) return;
    if (is_takeout_page(item.path) && item.kind == ItemKind::file) {
        item.leave_out = true;
        item.product = Product::other;
        item.reasons.emplace_back(codes::source_export_page);
    }
    const std::string folder(product_folder_of(item.path));
    item.path.erase(0, kTakeoutRoot.size());
    const auto product = products.find(folder.empty() ? item.path : folder);
    if (product == products.end()) {
        item.product = Product::other;
        return;
    }
    item.product = product->second;
    if (item.product != Product::files) {
        item.product_folder = product->first;
        if (item.kind == ItemKind::file)
            item.reasons.emplace_back(codes::source_product_kept_as_files,
                                      std::vector<Reason::Parameter>{{"product", product->first}});
        return;
    }
    item.path.erase(0, folder.empty() ? item.path.size() : folder.size() + 1);
}

} // namespace

bool looks_like_takeout(const std::vector<Item>& items) {
    bool any = false;
    for (const auto& item : items) {
        if (item.path.starts_with(kTakeoutRoot))
            any = true;
        else if (item.path + '/' != kTakeoutRoot && !is_loose(item) && !is_system_file(item.path))
            return false;
    }
    return any;
}

std::vector<Item> takeout_items(Gathered gathered, std::vector<Reason>& problems) {
    place_loose_files(gathered);
    report_missing_files(gathered, problems);
    const auto products = map_products(gathered);
    for (auto& item : gathered.items) {
        item.modified.reset(); // the time of the export, not of the file
        unwrap(item, products);
    }
    std::erase_if(gathered.items, [](const Item& item) {
        return item.path.empty() || (item.kind == ItemKind::folder && item.path == "Takeout");
    });
    auto items = arrange(std::move(gathered.items));
    apply_drive_sidecars(items, gathered);
    apply_photo_sidecars(items, gathered);
    return items;
}

} // namespace passerelle::sources
