// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/differences.hpp"

#include "core/reason_codes.hpp"
#include "daemon/sharing/paths.hpp"
#include "daemon/sharing/reach.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace passerelle::sharing {
namespace {

/// What everybody has at a place, by who they are.
using Everybody = std::map<std::string, Access>;

/// The lesser of both.
void meet(Access& access, const Access& other) {
    access.right = std::min(access.right, other.right);
    access.may_download = access.may_download && other.may_download;
    if (other.expires && (!access.expires || *other.expires < *access.expires)) access.expires = other.expires;
}

bool gives_same(const Access& left, const Access& right) {
    return left.right == right.right && left.may_download == right.may_download && left.expires == right.expires;
}

bool is_within(const Access& less, const Access& more) {
    return Reach::of(less.right, less.may_download, less.expires)
        .is_within(Reach::of(more.right, more.may_download, more.expires));
}

/// What one list gives over what the folder above gives.
Everybody applied(const NodeAccess& node, const Everybody& above) {
    auto everybody = node.complete ? Everybody() : above;
    std::unordered_set<std::string> named;
    for (const auto& access : node.accesses) {
        const auto who = identity_of(access.principal);
        const bool again = !named.insert(who).second;
        if (again && !is_within(everybody[who], access)) continue; // twice in one list: one that the other includes
        everybody.insert_or_assign(who, access);
    }
    std::erase_if(everybody, [](const auto& entry) { return entry.second.right == Right::none; });
    return everybody;
}

void meet(Everybody& everybody, const Everybody& other) {
    std::erase_if(everybody, [&](const auto& entry) { return !other.contains(entry.first); });
    for (auto& [who, access] : everybody)
        meet(access, other.at(who));
}

std::vector<Access> difference(const Everybody& here, const Everybody& above) {
    std::vector<Access> changed;
    for (const auto& [who, access] : here) {
        const auto before = above.find(who);
        if (before == above.end() || !gives_same(before->second, access)) changed.push_back(access);
    }
    for (const auto& [who, access] : above)
        if (!here.contains(who)) changed.push_back({access.principal, Right::none});
    return changed;
}

bool lies_in(std::string_view path, std::string_view folder) {
    return folder.empty() || (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

/// Walks the nodes in the order of their paths with the folders above the current one in a stack.
class Walk {
  public:
    void visit(const std::vector<const NodeAccess*>& same_path) {
        const auto& path = same_path.front()->path;
        while (!above_.empty() && !lies_in(path, above_.back().path))
            above_.pop_back();
        static const Everybody nobody;
        const auto& above = above_.empty() ? nobody : above_.back().everybody;
        Level level{path, {}};
        bool first = true, folder = false;
        for (const auto* node : same_path) {
            folder = folder || node->is_folder;
            if (!node->complete && node->accesses.empty()) continue; // says nothing
            auto everybody = applied(*node, above);
            if (first)
                level.everybody = std::move(everybody);
            else
                meet(level.everybody, everybody);
            first = false;
        }
        if (first) return;
        auto changed = difference(level.everybody, above);
        if (!changed.empty()) found_.push_back({path, folder, false, std::move(changed)});
        above_.push_back(std::move(level));
    }

    std::vector<NodeAccess> take() { return std::move(found_); }

  private:
    struct Level {
        std::string_view path;
        Everybody everybody;
    };
    std::vector<Level> above_;
    std::vector<NodeAccess> found_;
};

} // namespace

std::vector<NodeAccess> differences_of(const std::vector<NodeAccess>& nodes) {
    std::vector<const NodeAccess*> order;
    order.reserve(nodes.size());
    for (const auto& node : nodes)
        order.push_back(&node);
    std::ranges::stable_sort(order, path_before, [](const NodeAccess* node) -> std::string_view { return node->path; });
    Walk walk;
    for (auto at = order.begin(); at != order.end();) {
        const auto end = std::find_if(at, order.end(), [&](const auto* node) { return node->path != (*at)->path; });
        walk.visit({at, end});
        at = end;
    }
    return walk.take();
}

AccessList placed_on(const std::vector<Place>& tree, const std::vector<NodeAccess>& lists) {
    AccessList placed;
    std::unordered_map<std::string, std::size_t> index;
    for (const auto& place : tree) {
        const auto [at, fresh] = index.try_emplace(plain_path(place.path), placed.nodes.size());
        if (fresh) placed.nodes.push_back({at->first, place.is_folder, false});
    }
    for (const auto& list : lists) {
        const auto at = index.find(plain_path(list.path));
        if (at == index.end()) {
            placed.problems.emplace_back(codes::share_path_unknown,
                                         std::vector<Reason::Parameter>{{"path", list.path}});
            continue;
        }
        auto& node = placed.nodes[at->second];
        node.complete = node.complete || list.complete;
        node.accesses.insert(node.accesses.end(), list.accesses.begin(), list.accesses.end());
    }
    return placed;
}

} // namespace passerelle::sharing
