// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/share_tree.hpp"

#include "daemon/sharing/paths.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace passerelle::sharing {
namespace {

bool names_people(const TreeNode& node) {
    return node.complete || !node.held.empty();
}

/// Every path and every folder above one, sorted; the root first.
std::vector<std::string_view> all_paths(const std::vector<TreeNode>& nodes) {
    std::unordered_set<std::string_view> known{std::string_view()};
    for (const auto& node : nodes)
        for (std::string_view path = node.path; known.insert(path).second;)
            path = parent_of(path);
    std::vector<std::string_view> paths(known.begin(), known.end());
    std::ranges::sort(paths, path_before);
    return paths;
}

} // namespace

ShareTree::ShareTree(const std::vector<TreeNode>& nodes) {
    add_places(nodes);
    add_entries(nodes);
}

void ShareTree::add_places(const std::vector<TreeNode>& nodes) {
    const auto paths = all_paths(nodes);
    std::unordered_map<std::string_view, Index> index;
    places_.reserve(paths.size());
    for (const auto path : paths) {
        Place place{std::string(path)};
        if (!path.empty()) {
            place.parent = index.at(parent_of(path));
            ++places_[place.parent].children;
        }
        index.emplace(path, static_cast<Index>(places_.size()));
        places_.push_back(std::move(place));
    }
    std::vector<bool> named(places_.size()), folder(places_.size());
    place_of_node_.reserve(nodes.size());
    for (const auto& node : nodes) {
        const auto at = index.at(node.path);
        place_of_node_.push_back(at);
        is_complete_.push_back(node.complete);
        named[at] = true;
        folder[at] = folder[at] || node.is_folder;
        places_[at].lists += names_people(node);
        places_[at].complete += node.complete;
    }
    for (std::size_t i = 0; i < places_.size(); ++i) {
        auto& place = places_[i];
        place.is_folder = !named[i] || folder[i] || place.children > 0;
        place.unknown = place.lists == 0 && (i == 0 || places_[place.parent].unknown);
        place.end = static_cast<Index>(i) + 1;
    }
    for (auto i = places_.size() - 1; i > 0; --i) {
        auto& above = places_[places_[i].parent];
        above.end = std::max(above.end, places_[i].end);
    }
}

void ShareTree::add_range(Scope& scope, Index first, Index end) const {
    const auto offset = scope.places_.size();
    for (auto i = first; i < end; ++i) {
        scope.places_.push_back(i);
        scope.parents_.push_back(i == first ? Scope::kNone : offset + (places_[i].parent - first));
    }
}

ShareTree::Scope ShareTree::scope_of(const std::vector<std::size_t>& recipients) const {
    std::vector<Index> named;
    for (const auto recipient : recipients)
        for (const auto& entry : entries_[recipient])
            named.push_back(entry.place);
    std::ranges::sort(named);
    Scope scope;
    Index done = 0;
    for (const auto place : named) {
        if (place < done) continue; // lies in one before it
        done = places_[place].end;
        add_range(scope, place, done);
    }
    return scope;
}

ShareTree::Scope ShareTree::everywhere() const {
    Scope scope;
    add_range(scope, 0, static_cast<Index>(places_.size()));
    return scope;
}

void ShareTree::add_entries(const std::vector<TreeNode>& nodes) {
    for (std::uint32_t source = 0; source < nodes.size(); ++source)
        for (const auto& held : nodes[source].held) {
            const auto [number, fresh] = numbers_.try_emplace(held.recipient, recipients_.size());
            if (fresh) {
                recipients_.push_back(held.recipient);
                entries_.emplace_back();
            }
            entries_[number->second].push_back({place_of_node_[source], source,
                                                Reach::of(held.right, held.may_download, held.expires),
                                                held.right != Right::none && !held.may_download, &held});
        }
    for (auto& list : entries_)
        std::ranges::stable_sort(list, [](const Entry& left, const Entry& right) {
            return std::pair(left.place, left.source) < std::pair(right.place, right.source);
        });
}

std::size_t ShareTree::number_of(const Recipient& recipient) const {
    const auto at = numbers_.find(recipient);
    return at == numbers_.end() ? recipients_.size() : at->second;
}

template <class Combine>
std::vector<Reach> ShareTree::filled(std::size_t recipient, const Scope& scope, bool can_forbid_download,
                                     Combine combine) const {
    std::vector<Reach> reaches(scope.size());
    const auto& entries = entries_[recipient];
    auto entry = entries.begin();
    for (std::size_t at = 0; at < scope.size(); ++at) {
        const auto i = scope.place(at);
        const auto& place = places_[i];
        const Reach above = scope.above(reaches, at);
        if (place.lists == 0) {
            reaches[at] = above;
            continue;
        }
        std::optional<Reach> here;
        const auto add = [&](const Reach& reach) {
            if (here)
                combine(*here, reach);
            else
                here = reach;
        };
        auto silent = place.lists; // lists that do not name the recipient
        auto silent_complete = place.complete;
        while (entry != entries.end() && entry->place == i) {
            const auto source = entry->source;
            Reach of_list;
            for (; entry != entries.end() && entry->place == i && entry->source == source; ++entry)
                if (can_forbid_download || !entry->download_forbidden) of_list.join(entry->reach);
            add(of_list);
            --silent;
            silent_complete -= is_complete_[source];
        }
        if (silent_complete > 0) add(Reach());
        if (silent > silent_complete) add(above);
        reaches[at] = *here;
    }
    return reaches;
}

std::vector<Reach> ShareTree::allowed(std::size_t recipient, const Scope& scope, bool can_forbid_download) const {
    return filled(recipient, scope, can_forbid_download, [](Reach& here, const Reach& reach) { here.meet(reach); });
}

std::vector<Reach> ShareTree::wanted(std::size_t recipient, const Scope& scope) const {
    return filled(recipient, scope, true, [](Reach& here, const Reach& reach) { here.join(reach); });
}

} // namespace passerelle::sharing
