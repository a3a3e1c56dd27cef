// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/tree.hpp"

#include "core/hash.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <stdexcept>

namespace passerelle::fakes {
namespace {

std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::string sha256_of_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    Hasher hasher(HashAlgorithm::sha256);
    std::array<char, 1 << 16> block{};
    while (in.read(block.data(), block.size()) || in.gcount() > 0) {
        hasher.update(std::string_view(block.data(), static_cast<std::size_t>(in.gcount())));
    }
    return hasher.finish();
}

std::int64_t modified_of(const std::filesystem::path& path) {
    const auto moment = std::chrono::file_clock::to_sys(std::filesystem::last_write_time(path));
    return std::chrono::duration_cast<std::chrono::seconds>(moment.time_since_epoch()).count();
}

} // namespace

std::string parent_of(std::string_view path) {
    const auto slash = path.rfind('/');
    return std::string(slash == path.npos ? std::string_view() : path.substr(0, slash));
}

std::string name_of(std::string_view path) {
    return std::string(path.substr(path.rfind('/') + 1));
}

bool is_within(std::string_view path, std::string_view folder) {
    if (folder.empty() || path == folder) return true;
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

void make_parents(Tree& tree, const std::string& folder) {
    if (tree.find(folder)) return;
    make_parents(tree, parent_of(folder));
    tree.make_folder(folder);
}

Tree::Tree(std::unique_ptr<Store> store) : store_(std::move(store)) {
    Node root;
    root.folder = true;
    root.modified = now();
    root.file_id = next_file_id_++;
    root.etag = next_etag(true);
    nodes_.emplace("", root);
}

void Tree::load(const std::filesystem::path& folder) {
    std::lock_guard lock(mutex_);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        Node node;
        node.folder = entry.is_directory();
        node.size = node.folder ? 0 : entry.file_size();
        node.modified = modified_of(entry.path());
        node.file_id = next_file_id_++;
        node.etag = next_etag(node.folder);
        if (!node.folder) node.sha256 = sha256_of_file(entry.path());
        const std::string path = std::filesystem::relative(entry.path(), folder).string();
        for (auto& [above, holder] : nodes_) {
            if (holder.folder && is_within(path, above)) holder.size += node.size;
        }
        nodes_.emplace(path, node);
    }
}

std::optional<Node> Tree::find(const std::string& path) const {
    std::lock_guard lock(mutex_);
    const auto found = nodes_.find(path);
    if (found == nodes_.end()) return std::nullopt;
    return found->second;
}

bool Tree::is_folder(const std::string& path) const {
    const auto node = find(path);
    return node && node->folder;
}

std::vector<std::pair<std::string, Node>> Tree::list(const std::string& folder) const {
    std::lock_guard lock(mutex_);
    std::vector<std::pair<std::string, Node>> children;
    const std::string prefix = folder.empty() ? "" : folder + "/";
    for (auto node = nodes_.upper_bound(prefix); node != nodes_.end() && node->first.starts_with(prefix); ++node) {
        if (parent_of(node->first) == folder) children.emplace_back(name_of(node->first), node->second);
    }
    return children;
}

std::optional<std::string> Tree::path_of(std::int64_t file_id) const {
    std::lock_guard lock(mutex_);
    for (const auto& [path, node] : nodes_)
        if (node.file_id == file_id) return path;
    return std::nullopt;
}

std::shared_ptr<const Content> Tree::content(const std::string& path) const {
    std::lock_guard lock(mutex_);
    return store_->content(path);
}

Node Tree::make_folder(const std::string& path) {
    std::lock_guard lock(mutex_);
    store_->make_folder(path);
    Node node;
    node.folder = true;
    node.modified = now();
    node.file_id = next_file_id_++;
    node.etag = next_etag(true);
    nodes_.emplace(path, node);
    propagate(path, node.modified, 0);
    return node;
}

Node Tree::write(const std::string& path, const ReceivedBody& body) {
    std::lock_guard lock(mutex_);
    const std::uint64_t size = body.content->size();
    store_->place(path, body.content);
    ++writes_[path];
    auto [place, is_new] = nodes_.try_emplace(path);
    Node& node = place->second;
    const auto size_change = static_cast<std::int64_t>(size) - static_cast<std::int64_t>(node.size);
    if (is_new) node.file_id = next_file_id_++;
    node.size = size;
    node.sha256 = body.sha256;
    node.checksum.clear();
    node.modified = now();
    node.etag = next_etag(false);
    store_->set_modified(path, node.modified);
    propagate(path, node.modified, size_change);
    return node;
}

void Tree::remove(const std::string& path) {
    std::lock_guard lock(mutex_);
    const auto size = static_cast<std::int64_t>(at(path).size);
    store_->remove(path);
    std::erase_if(nodes_, [&](const auto& node) { return is_within(node.first, path); });
    propagate(path, now(), -size);
}

void Tree::move(const std::string& from, const std::string& to) {
    std::lock_guard lock(mutex_);
    const auto size = static_cast<std::int64_t>(at(from).size);
    store_->move(from, to);
    std::map<std::string, Node> moved;
    for (auto node = nodes_.begin(); node != nodes_.end();) {
        if (is_within(node->first, from)) {
            moved.emplace(to + node->first.substr(from.size()), node->second);
            node = nodes_.erase(node);
        } else {
            ++node;
        }
    }
    nodes_.merge(moved);
    propagate(from, now(), -size);
    propagate(to, now(), size);
}

void Tree::touch(const std::string& path, std::int64_t modified) {
    std::lock_guard lock(mutex_);
    Node& node = at(path);
    node.modified = modified;
    node.etag = next_etag(node.folder);
    store_->set_modified(path, modified);
    propagate(path, modified, 0);
}

void Tree::set_created(const std::string& path, std::int64_t created) {
    std::lock_guard lock(mutex_);
    at(path).created = created;
}

void Tree::set_favorite(const std::string& path, bool favorite) {
    std::lock_guard lock(mutex_);
    at(path).favorite = favorite;
}

void Tree::set_checksum(const std::string& path, std::string checksum) {
    std::lock_guard lock(mutex_);
    at(path).checksum = std::move(checksum);
}

std::map<std::string, int> Tree::writes() const {
    std::lock_guard lock(mutex_);
    return writes_;
}

TreeSnapshot Tree::snapshot() const {
    std::lock_guard lock(mutex_);
    TreeSnapshot entries;
    for (const auto& [path, node] : nodes_) {
        if (path.empty()) continue;
        const auto created = node.created == 0 ? std::nullopt : std::optional(node.created);
        entries.emplace(path, TreeEntry{node.folder, node.size, node.sha256, node.modified, created, node.favorite});
    }
    return entries;
}

std::optional<Tree::Lock> Tree::try_lock(const std::string& path) {
    std::lock_guard lock(mutex_);
    const bool taken = std::any_of(locked_.begin(), locked_.end(),
                                   [&](const auto& held) { return is_within(held, path) || is_within(path, held); });
    if (taken) return std::nullopt;
    locked_.insert(path);
    return std::make_optional<Lock>(*this, path);
}

Tree::Lock::~Lock() {
    if (tree_ == nullptr) return;
    std::lock_guard lock(tree_->mutex_);
    tree_->locked_.erase(path_);
}

Node& Tree::at(const std::string& path) {
    const auto found = nodes_.find(path);
    if (found == nodes_.end()) throw std::logic_error("no such node: " + path);
    return found->second;
}

std::string Tree::next_etag(bool folder) {
    // A file's etag has 32 digits, a folder's 13, as on the server.
    return sha256_hex("etag " + std::to_string(next_etag_++)).substr(0, folder ? 13 : 32);
}

void Tree::propagate(const std::string& changed, std::int64_t moment, std::int64_t size_change) {
    for (std::string path = changed; !path.empty();) {
        path = parent_of(path);
        Node& holder = at(path);
        holder.etag = next_etag(true);
        holder.modified = std::max(holder.modified, moment);
        holder.size = static_cast<std::uint64_t>(static_cast<std::int64_t>(holder.size) + size_change);
        store_->set_modified(path, holder.modified);
    }
}

} // namespace passerelle::fakes
