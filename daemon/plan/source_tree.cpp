// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/plan/source_tree.hpp"

namespace passerelle::plan {

namespace {

std::string_view parent_path(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

} // namespace

std::string_view last_name(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

SourceTree::SourceTree(const sources::Inventory& inventory) {
    folders_.emplace_back();
    by_path_.emplace(std::string_view{}, 0);
    for (std::size_t index = 0; index < inventory.items.size(); ++index) {
        const auto& item = inventory.items[index];
        if (item.kind == ItemKind::file) folders_[folder_at(parent_path(item.path))].files.push_back(index);
        if (item.kind != ItemKind::folder) continue;
        auto& folder = folders_[folder_at(item.path)];
        if (folder.item != kNone || item.path.empty())
            repeated_.push_back(index);
        else
            folder.item = index;
    }
}

std::size_t SourceTree::folder_at(std::string_view path) {
    // Upwards to the first folder that is known, then down again: no recursion, however deep a hostile path is.
    std::vector<std::string_view> missing;
    while (!by_path_.contains(path)) {
        missing.push_back(path);
        path = parent_path(path);
    }
    auto folder = by_path_.at(path);
    for (; !missing.empty(); missing.pop_back()) {
        const auto child = folders_.size();
        folders_.push_back({missing.back()});
        folders_[folder].folders.push_back(child);
        by_path_.emplace(missing.back(), child);
        folder = child;
    }
    return folder;
}

std::vector<std::size_t> SourceTree::top_down() const {
    std::vector<std::size_t> order{0};
    order.reserve(folders_.size());
    for (std::size_t next = 0; next < order.size(); ++next) {
        const auto& children = folders_[order[next]].folders;
        order.insert(order.end(), children.begin(), children.end());
    }
    return order;
}

} // namespace passerelle::plan
