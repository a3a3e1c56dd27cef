// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/plan/synchronisation.hpp"

#include "core/reason_codes.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_set>

namespace passerelle::plan {

namespace {

/// By what the export's directory tells; a file without CRC and time is never taken for unchanged.
bool is_unchanged(const sources::Item& item, const Brought& before) {
    if (item.size != before.size) return false;
    if (item.crc32 && before.crc32) return *item.crc32 == *before.crc32;
    return item.modified && item.modified == before.modified;
}

bool has_all_parts(const sources::Inventory& inventory) {
    return std::ranges::find(inventory.problems, codes::export_part_missing, &Reason::code) == inventory.problems.end();
}

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

Reason about(std::string_view code, const std::string& path) {
    return Reason(code, {{"path", path}});
}

} // namespace

Synchronisation::Synchronisation(const sources::Inventory& inventory, const SourceTree& tree, const Earlier& earlier,
                                 Gone gone, Target& target, Plan& plan)
    : inventory_(inventory), tree_(tree), earlier_(earlier), gone_(gone), target_(target), plan_(plan),
      whole_(has_all_parts(inventory)), in_export_(earlier.brought.size()) {}

const KnownPlace* Synchronisation::known(std::size_t item) const {
    const auto found = known_.find(item);
    return found == known_.end() ? nullptr : &found->second;
}

bool Synchronisation::travels_as_file(std::size_t item) const {
    return inventory_.items[item].kind == ItemKind::file && plan_.items[item].action != Action::skip;
}

Result<void> Synchronisation::compare() {
    std::unordered_map<std::string_view, std::size_t> by_path;
    by_path.reserve(earlier_.brought.size());
    for (std::size_t index = 0; index < earlier_.brought.size(); ++index)
        by_path.emplace(earlier_.brought[index].source_path, index);
    for (std::size_t index = 0; index < inventory_.items.size(); ++index) {
        const auto& item = inventory_.items[index];
        const auto found = by_path.find(item.path);
        if (found == by_path.end() || earlier_.brought[found->second].kind != item.kind) {
            if (travels_as_file(index)) arrivals_.push_back(index);
            continue;
        }
        in_export_[found->second] = true;
        const auto& before = earlier_.brought[found->second];
        if (item.kind == ItemKind::folder) {
            known_[index].folder = before.folder;
        } else if (travels_as_file(index)) {
            if (auto compared = compare_file(index, before); !compared) return compared;
        }
    }
    leave_out_idle_folders();
    if (!whole_) {
        plan_.reasons.emplace_back(codes::delta_parts_missing);
        return {};
    }
    pair_moved(true);
    pair_moved(false);
    return {};
}

Result<void> Synchronisation::compare_file(std::size_t index, const Brought& before) {
    auto& planned = plan_.items[index];
    if (is_unchanged(inventory_.items[index], before)) {
        planned.action = Action::skip;
        planned.reasons.emplace_back(codes::delta_unchanged);
        return {};
    }
    KnownPlace place{.folder = {}, .main = {}, .original = {}, .converted = before.converted};
    for (auto [file, known] : {std::pair{&before.main, &place.main}, std::pair{&before.original, &place.original}}) {
        if (!*file) continue;
        auto as_left = is_as_left(index, **file, before);
        if (!as_left) return failure(as_left);
        if (*as_left) *known = (*file)->path;
    }
    if (!place.main.empty()) planned.reasons.push_back(about(codes::delta_replaced, place.main));
    known_[index] = std::move(place);
    return {};
}

/// Notes the state that is to be replaced, or that somebody has changed it.
Result<bool> Synchronisation::is_as_left(std::size_t index, const StandingFile& file, const Brought& before) {
    auto entry = look(file.path);
    if (!entry) return failure(entry);
    if (!*entry) return false; // somebody took it away: it arrives as if it were new
    const auto& there = **entry;
    // The server may keep the etag of a file that is written again within the second of its time: size counts, too.
    const bool same_state = there.etag == file.etag || (before.modified && there.modified == *before.modified);
    if (there.folder || there.size != file.size || !same_state) {
        plan_.items[index].reasons.push_back(about(codes::delta_changed_here, file.path));
        return false;
    }
    plan_.items[index].replaces[file.path] = there.etag;
    return true;
}

Result<const Target::Entry*> Synchronisation::look(const std::string& path) {
    const auto folder = folder_of(path);
    const auto [listed, is_new] = listed_.try_emplace(folder);
    if (is_new) {
        auto entries = target_.list(folder);
        if (!entries) return failure(entries);
        if (*entries)
            for (auto& entry : **entries)
                listed->second.emplace(entry.name, entry);
    }
    const auto entry = listed->second.find(std::string(last_name(path)));
    return entry == listed->second.end() ? nullptr : &entry->second;
}

/// A folder that stands already travels only where something in it does: for its time, which that changes.
void Synchronisation::leave_out_idle_folders() {
    const auto& folders = tree_.folders();
    std::vector<bool> fills(folders.size()); // something in it travels
    const auto order = tree_.top_down();
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
        const auto& folder = folders[*at];
        const auto item_travels = [&](std::size_t item) { return plan_.items[item].action != Action::skip; };
        const auto is_filled = [&](std::size_t child) {
            const auto item = folders[child].item;
            return fills[child] || (item != kNone && item_travels(item));
        };
        fills[*at] = std::ranges::any_of(folder.files, item_travels) || std::ranges::any_of(folder.folders, is_filled);
        if (folder.item == kNone || fills[*at] || !known(folder.item) || !item_travels(folder.item)) continue;
        plan_.items[folder.item].action = Action::skip;
        plan_.items[folder.item].reasons.emplace_back(codes::delta_unchanged);
    }
}

/// Pairs what is gone from its path with what has come to another one: the same size and CRC, and if `by_name` the same
/// last name, where there is exactly one of each.
void Synchronisation::pair_moved(bool by_name) {
    using Key = std::tuple<std::uint64_t, std::uint32_t, std::string_view>;
    struct Candidates {
        std::vector<std::size_t> gone;
        std::vector<std::size_t> come;
    };
    std::map<Key, Candidates> candidates;
    const auto key_of = [&](std::uint64_t size, std::uint32_t crc, std::string_view path) {
        return Key{size, crc, by_name ? last_name(path) : std::string_view()};
    };
    for (const auto index : arrivals_)
        if (const auto& item = inventory_.items[index]; item.crc32 && item.size > 0)
            candidates[key_of(item.size, *item.crc32, item.path)].come.push_back(index);
    if (candidates.empty()) return;
    for (std::size_t index = 0; index < earlier_.brought.size(); ++index)
        if (const auto& before = earlier_.brought[index];
            !in_export_[index] && before.main && before.crc32 && before.size > 0)
            candidates[key_of(before.size, *before.crc32, before.source_path)].gone.push_back(index);
    std::unordered_set<std::size_t> paired;
    for (const auto& [key, both] : candidates) {
        if (both.gone.size() != 1 || both.come.size() != 1) continue;
        moved_.push_back({both.come.front(), both.gone.front()});
        in_export_[both.gone.front()] = true;
        paired.insert(both.come.front());
    }
    std::erase_if(arrivals_, [&](std::size_t item) { return paired.contains(item); });
}

void Synchronisation::finish() {
    for (const auto& pair : moved_)
        move(pair);
    if (!whole_) return;
    for (std::size_t index = 0; index < earlier_.brought.size(); ++index)
        if (!in_export_[index]) tell_gone(index);
}

/// Both files of a document move, or none: where it is to arrive in another form than it has, it arrives as if it were
/// new, and what stands there is told as gone.
void Synchronisation::move(const Pair& pair) {
    auto& planned = plan_.items[pair.item];
    const auto& before = earlier_.brought[pair.earlier];
    const bool is_document = planned.action == Action::convert;
    if (planned.action == Action::skip || !planned.existing.empty() || (before.converted && !is_document))
        return tell_gone(pair.earlier);
    const auto plan_move = [&](const StandingFile& file, const std::string& to, bool original) {
        planned.moves.push_back({original, file.path, to, file.etag, file.size, file.sha256});
    };
    plan_move(*before.main, is_document && !before.converted ? planned.kept_target : planned.target, false);
    if (before.original) plan_move(*before.original, planned.original_target, true);
    planned.action = Action::move;
    planned.former_path = before.source_path;
    planned.reasons.push_back(about(codes::delta_moved, before.source_path));
}

void Synchronisation::tell_gone(std::size_t index) {
    const auto& before = earlier_.brought[index];
    const bool remove = gone_ == Gone::trash && before.main;
    const auto& path = before.main ? before.main->path : before.folder;
    plan_.gone.push_back({.before = before,
                          .action = remove ? Action::remove : Action::skip,
                          .reason = about(remove ? codes::delta_removed : codes::delta_gone_from_source, path)});
}

} // namespace passerelle::plan
