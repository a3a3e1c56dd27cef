// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/tree.hpp"

#include "core/reason_codes.hpp"
#include "daemon/sources/file_rules.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <unordered_set>

namespace passerelle::sources {
namespace {

int rank(char c) {
    return c == '/' ? -1 : static_cast<unsigned char>(c);
}

bool is_real(const Item& item) {
    return item.kind != ItemKind::entry;
}

/// Items of one path: a folder first, as it stands above the others; then in the export's order.
bool item_less(const Item& left, const Item& right) {
    if (left.path != right.path) return path_less(left.path, right.path);
    const bool left_folder = left.kind == ItemKind::folder, right_folder = right.kind == ItemKind::folder;
    if (left_folder != right_folder) return left_folder;
    return left.locator < right.locator;
}

bool same_bytes(const Item& left, const Item& right) {
    return left.kind == right.kind && left.size == right.size && left.crc32 && left.crc32 == right.crc32;
}

bool lies_under(std::string_view path, std::string_view folder) {
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

void note_once(Item& item, Reason reason) {
    if (std::find(item.reasons.begin(), item.reasons.end(), reason) == item.reasons.end())
        item.reasons.push_back(std::move(reason));
}

/// "bilan.xlsx" -> "bilan (2).xlsx", with the first number that is free.
void give_own_path(Item& item, std::unordered_set<std::string>& taken) {
    const auto folder = folder_of_path(item.path);
    const auto name = name_of_path(item.path);
    for (int number = 2;; ++number) {
        auto path = join_path(folder, fmt::format("{} ({}){}", stem_of(name), number, extension_of(name)));
        if (!taken.insert(path).second) continue;
        item.reasons.emplace_back(codes::source_path_twice, std::vector<Reason::Parameter>{{"path", item.path}});
        item.path = std::move(path);
        return;
    }
}

/// The paths of real items, for give_own_path(); built only where two of them meet.
std::unordered_set<std::string> paths_of(const std::vector<Item>& items) {
    std::unordered_set<std::string> paths;
    for (const auto& item : items)
        for (std::string_view path = item.path; !path.empty() && paths.emplace(path).second;
             path = folder_of_path(path)) {
        }
    return paths;
}

/// Joins or parts the items of one path, [first, last): folders become one, the same bytes become one item, and what
/// stays beside the first gets a path of its own. Where anything lies under the path it belongs to the folder.
void settle(std::vector<Item>& items, std::size_t first, std::size_t last, bool is_folder, std::vector<char>& dropped,
            std::unordered_set<std::string>& taken) {
    std::vector<std::size_t> kept;
    bool holds_path = is_folder;
    for (std::size_t i = first; i < last; ++i) {
        auto& item = items[i];
        if (!is_real(item)) continue;
        if (item.kind == ItemKind::folder) {
            dropped[i] = holds_path && i != first;
            holds_path = true;
            continue;
        }
        const auto twin =
            std::find_if(kept.begin(), kept.end(), [&](std::size_t other) { return same_bytes(items[other], item); });
        if (twin != kept.end()) {
            note_once(items[*twin], Reason(codes::source_same_twice));
            dropped[i] = true;
            continue;
        }
        kept.push_back(i);
        if (!holds_path) {
            holds_path = true;
            continue;
        }
        if (taken.empty()) taken = paths_of(items);
        give_own_path(item, taken);
    }
}

void settle_twins(std::vector<Item>& items) {
    std::vector<char> dropped(items.size(), 0);
    std::unordered_set<std::string> taken;
    for (std::size_t first = 0; first < items.size();) {
        std::size_t last = first + 1;
        const auto path = items[first].path;
        while (last < items.size() && items[last].path == path)
            ++last;
        const bool is_folder =
            items[first].kind == ItemKind::folder || (last < items.size() && lies_under(items[last].path, path));
        if (is_folder || last - first > 1) settle(items, first, last, is_folder, dropped, taken);
        first = last;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < items.size(); ++i)
        if (dropped[i] == 0) {
            if (kept != i) items[kept] = std::move(items[i]);
            ++kept;
        }
    items.resize(kept);
    if (!taken.empty()) std::stable_sort(items.begin(), items.end(), item_less);
}

Item implied_folder(std::string_view path, const Item& child) {
    Item folder;
    folder.path = path;
    folder.kind = ItemKind::folder;
    folder.product = child.product;
    folder.product_folder = child.product_folder;
    return folder;
}

/// Walks the sorted items with the folders above the current one at hand.
std::vector<Item> with_implied_folders(std::vector<Item> items) {
    std::vector<Item> whole;
    whole.reserve(items.size() + items.size() / 8);
    std::string open; // the deepest folder that is known and contains the last item
    for (auto& item : items) {
        while (!open.empty() && item.path != open && !lies_under(item.path, open))
            open = folder_of_path(open);
        const auto parent = std::string(folder_of_path(item.path));
        while (open.size() < parent.size()) {
            const auto cut = parent.find('/', open.empty() ? 0 : open.size() + 1);
            open = parent.substr(0, cut);
            whole.push_back(implied_folder(open, item));
        }
        if (item.kind == ItemKind::folder) open = item.path;
        whole.push_back(std::move(item));
    }
    return whole;
}

} // namespace

bool path_less(std::string_view left, std::string_view right) {
    const auto [l, r] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
    if (r == right.end()) return false;
    return l == left.end() || rank(*l) < rank(*r);
}

std::vector<Item> arrange(std::vector<Item> items) {
    std::stable_sort(items.begin(), items.end(), item_less);
    settle_twins(items);
    return with_implied_folders(std::move(items));
}

std::optional<std::size_t> TreeIndex::find(std::string_view path) const {
    auto at = std::lower_bound(items_.begin(), items_.end(), path,
                               [](const Item& item, std::string_view wanted) { return path_less(item.path, wanted); });
    for (; at != items_.end() && at->path == path; ++at)
        if (is_real(*at)) return static_cast<std::size_t>(at - items_.begin());
    return std::nullopt;
}

std::pair<std::size_t, std::size_t> TreeIndex::with_prefix(std::string_view prefix) const {
    const auto first =
        std::lower_bound(items_.begin(), items_.end(), prefix,
                         [](const Item& item, std::string_view wanted) { return path_less(item.path, wanted); });
    const auto last = std::partition_point(
        first, items_.end(), [&](const Item& item) { return std::string_view(item.path).starts_with(prefix); });
    return {static_cast<std::size_t>(first - items_.begin()), static_cast<std::size_t>(last - items_.begin())};
}

} // namespace passerelle::sources
