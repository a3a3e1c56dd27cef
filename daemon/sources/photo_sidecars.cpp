// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/sources/file_rules.hpp"
#include "daemon/sources/takeout.hpp"
#include "daemon/sources/tree.hpp"

#include <string>

namespace passerelle::sources {
namespace {

/// Names of sidecars are cut to this many bytes before ".json"; a cut one names its photo only by how it begins.
constexpr std::size_t kCutAt = 46;

bool is_photo(const Item& item) {
    return item.kind == ItemKind::file && item.product == Product::photos;
}

/// The photo that a sidecar describes: the one of its name, or the only one whose name begins like a name that was cut.
std::optional<std::size_t> find_photo(const TreeIndex& tree, const std::vector<Item>& items, const Gathered& gathered,
                                      const std::string& path) {
    const auto name = parse_photo_sidecar_name(name_of_path(path));
    const auto folder = folder_of_path(path);
    const auto wanted =
        join_path(folder, std::string(stem_of(name.base)).append(name.number).append(extension_of(name.base)));
    if (const auto exact = tree.find(wanted); exact && is_photo(items[*exact])) return exact;
    if (name_of_path(path).size() < kCutAt || !name.number.empty()) return std::nullopt;
    std::optional<std::size_t> only;
    const auto [first, last] = tree.with_prefix(join_path(folder, name.base));
    for (std::size_t i = first; i < last; ++i) {
        if (!is_photo(items[i]) || gathered.sidecar_at(items[i].locator) != nullptr) continue;
        if (only) return std::nullopt;
        only = i;
    }
    return only;
}

} // namespace

void apply_photo_sidecars(std::vector<Item>& items, const Gathered& gathered) {
    const TreeIndex tree(items);
    for (auto& item : items) {
        if (!is_photo(item)) continue;
        const auto* sidecar = gathered.sidecar_at(item.locator);
        if (sidecar == nullptr || sidecar->kind != Sidecar::Kind::photo) continue;
        const auto photo = find_photo(tree, items, gathered, item.path);
        if (!photo || &items[*photo] == &item) continue; // an album's metadata.json describes no photo: it is kept
        apply_sidecar(items[*photo], *sidecar);
        item.leave_out = true;
        item.reasons.emplace_back(codes::source_sidecar_used,
                                  std::vector<Reason::Parameter>{{"file", items[*photo].path}});
    }
}

} // namespace passerelle::sources
