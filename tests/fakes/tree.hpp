// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/fakes/store.hpp"
#include "tests/fakes/tree_snapshot.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::fakes {

/// A file or folder as the file cache of the server knows it. A value.
struct Node {
    bool folder = false;
    std::uint64_t size = 0; ///< bytes; of a folder: of all it holds
    std::int64_t modified = 0;
    std::int64_t created = 0; ///< 0: unknown
    bool favorite = false;
    std::string etag; ///< without quotes
    std::int64_t file_id = 0;
    std::string checksum; ///< as it was sent or recalculated; may be empty
    std::string sha256;   ///< of the stored bytes; empty for a folder
};

/// A user's files: names, sizes, times, etags; the bytes lie in a store. Every change gives new etags to all folders
/// above and lifts their times, as the server's propagator does. Paths are relative, "" is the root. Internally locked.
class Tree {
  public:
    explicit Tree(std::unique_ptr<Store> store);

    /// Takes in what a directory holds already.
    void load(const std::filesystem::path& folder);

    [[nodiscard]] std::unique_ptr<Draft> draft() { return store_->draft(); }

    [[nodiscard]] std::optional<Node> find(const std::string& path) const;
    [[nodiscard]] bool is_folder(const std::string& path) const;
    /// Where the node with this id lies now.
    [[nodiscard]] std::optional<std::string> path_of(std::int64_t file_id) const;
    /// What lies directly in a folder, by name.
    [[nodiscard]] std::vector<std::pair<std::string, Node>> list(const std::string& folder) const;
    [[nodiscard]] std::shared_ptr<const Content> content(const std::string& path) const;

    // The parent must exist; the callers look before.
    Node make_folder(const std::string& path);
    /// Keeps the file id, the creation time and the favourite of a file that was there.
    Node write(const std::string& path, const ReceivedBody& body);
    void remove(const std::string& path);
    void move(const std::string& from, const std::string& to);
    void touch(const std::string& path, std::int64_t modified);
    void set_created(const std::string& path, std::int64_t created);
    void set_favorite(const std::string& path, bool favorite);
    void set_checksum(const std::string& path, std::string checksum);

    [[nodiscard]] TreeSnapshot snapshot() const;
    /// How often bytes were written to each path, what has been removed or moved since included.
    [[nodiscard]] std::map<std::string, int> writes() const;

    /// Holds a path as a writer does: while it lives, nobody else gets it, nor any folder above, nor anything below.
    class [[nodiscard]] Lock {
      public:
        Lock(Tree& tree, std::string path) : tree_(&tree), path_(std::move(path)) {}
        Lock(Lock&& other) noexcept : tree_(std::exchange(other.tree_, nullptr)), path_(std::move(other.path_)) {}
        Lock& operator=(Lock&&) = delete;
        ~Lock();

      private:
        Tree* tree_;
        std::string path_;
    };
    /// Nothing while another one holds the path, something above it or something below it.
    [[nodiscard]] std::optional<Lock> try_lock(const std::string& path);

  private:
    Node& at(const std::string& path);
    std::string next_etag(bool folder);
    void propagate(const std::string& changed, std::int64_t moment, std::int64_t size_change);

    mutable std::mutex mutex_;
    std::unique_ptr<Store> store_;
    std::map<std::string, Node> nodes_;
    std::map<std::string, int> writes_;
    std::set<std::string> locked_;
    std::int64_t next_file_id_ = 1;
    std::uint64_t next_etag_ = 1;
};

/// Makes the folder and what is missing above it.
void make_parents(Tree& tree, const std::string& folder);

/// "a/b" for "a/b/c", "" for "c".
[[nodiscard]] std::string parent_of(std::string_view path);
/// "c" for "a/b/c".
[[nodiscard]] std::string name_of(std::string_view path);
/// Is `path` the folder itself or does it lie anywhere below it?
[[nodiscard]] bool is_within(std::string_view path, std::string_view folder);

} // namespace passerelle::fakes
