// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/daemon/jobs/memory_nextcloud.hpp"

#include "core/hash.hpp"
#include "core/reason_codes.hpp"

namespace passerelle::jobs {
namespace {

constexpr std::uint64_t kLargestFile = 64 * kMiB;

std::string parent_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

std::string etag_of(const StoredEntry& stored) {
    return stored.folder ? "etag" : "etag-" + sha256_hex(stored.bytes).substr(0, 16);
}

} // namespace

template <class Act>
auto MemoryNextcloud::call(const std::string& verb, const std::string& path, Act act) -> decltype(act()) {
    const std::lock_guard lock(mutex_);
    const auto number = verbs_.size();
    verbs_.push_back(verb + " " + path);
    const auto planned = fault ? fault(number, verb, path) : std::nullopt;
    if (planned && planned->when == Fault::When::before) return planned->error;
    auto answer = act();
    if (planned) return planned->error;
    return answer;
}

StoredTree MemoryNextcloud::tree() const {
    const std::lock_guard lock(mutex_);
    return tree_;
}

void MemoryNextcloud::put_directly(const std::string& path, const std::string& bytes) {
    const std::lock_guard lock(mutex_);
    for (auto folder = parent_of(path); !folder.empty(); folder = parent_of(folder))
        tree_[folder].folder = true;
    tree_[path].bytes = bytes;
}

std::size_t MemoryNextcloud::calls() const {
    const std::lock_guard lock(mutex_);
    return verbs_.size();
}

std::map<std::string, int> MemoryNextcloud::writes() const {
    const std::lock_guard lock(mutex_);
    return writes_;
}

std::vector<std::string> MemoryNextcloud::verbs() const {
    const std::lock_guard lock(mutex_);
    return verbs_;
}

nextcloud::RemoteEntry MemoryNextcloud::entry_at(const std::string& path) const {
    const auto& stored = tree_.at(path);
    return {path, stored.folder, stored.bytes.size(), from_epoch(stored.modified), etag_of(stored), "id-" + path};
}

Result<std::optional<nextcloud::RemoteEntry>> MemoryNextcloud::find(const std::string& path, std::stop_token) {
    return call("FIND", path, [&]() -> Result<std::optional<nextcloud::RemoteEntry>> {
        if (!tree_.contains(path)) return std::optional<nextcloud::RemoteEntry>{};
        return std::optional(entry_at(path));
    });
}

Result<std::optional<std::vector<nextcloud::RemoteEntry>>> MemoryNextcloud::list(const std::string& folder,
                                                                                 std::stop_token) {
    using Entries = std::optional<std::vector<nextcloud::RemoteEntry>>;
    return call("LIST", folder, [&]() -> Result<Entries> {
        if (!folder.empty() && !tree_.contains(folder)) return Entries{};
        std::vector<nextcloud::RemoteEntry> entries;
        for (const auto& [path, stored] : tree_)
            if (parent_of(path) == folder) entries.push_back(entry_at(path));
        return Entries(std::move(entries));
    });
}

Result<std::string> MemoryNextcloud::stored_sha256(const std::string& path, std::stop_token) {
    return call("HASH", path, [&]() -> Result<std::string> { return sha256_hex(tree_.at(path).bytes); });
}

Result<void> MemoryNextcloud::make_folder(const std::string& path, std::stop_token) {
    return call("MKCOL", path, [&]() -> Result<void> {
        const auto parent = parent_of(path);
        if (!parent.empty() && !tree_.contains(parent))
            return Error(ErrorKind::item, codes::target_parent_missing, path);
        tree_[path].folder = true;
        return {};
    });
}

Result<nextcloud::Uploaded> MemoryNextcloud::write(const nextcloud::FileUpload& file, bool with_creation_time) {
    const auto parent = parent_of(file.path);
    if (!parent.empty() && !tree_.contains(parent))
        return Error(ErrorKind::item, codes::target_parent_missing, file.path);
    auto bytes = read_all(*file.content, kLargestFile);
    if (!bytes) return failure(bytes);
    if (sha256_hex(*bytes) != file.sha256) return Error(ErrorKind::retryable, codes::upload_hash_mismatch, file.path);
    ++writes_[file.path];
    auto& stored = tree_[file.path];
    stored.bytes = std::move(*bytes);
    stored.modified = to_epoch(file.modified);
    if (with_creation_time && file.created) stored.created = to_epoch(*file.created);
    return nextcloud::Uploaded{etag_of(stored), "id-" + file.path, nextcloud::VerifiedBy::sha256};
}

/// As the companion app: makes parents, and refuses what exists unless it is the same.
Result<nextcloud::Uploaded> MemoryNextcloud::ingest(const nextcloud::FileUpload& file) {
    for (auto folder = parent_of(file.path); !folder.empty(); folder = parent_of(folder))
        tree_[folder].folder = true;
    if (!file.content) {
        tree_[file.path].folder = true;
        return nextcloud::Uploaded{"", "id-" + file.path, nextcloud::VerifiedBy::sha256};
    }
    const auto there = tree_.find(file.path);
    if (there == tree_.end()) return write(file, true);
    if (there->second.folder || sha256_hex(there->second.bytes) != file.sha256)
        return Error(ErrorKind::retryable, codes::upload_not_in_batch, "exists");
    return nextcloud::Uploaded{etag_of(there->second), "id-" + file.path, nextcloud::VerifiedBy::sha256};
}

std::optional<Error> MemoryNextcloud::refuse(const nextcloud::FileUpload& file) const {
    const auto there = tree_.find(file.path);
    if (file.replaces.empty() && there != tree_.end())
        return Error(ErrorKind::conflict, codes::target_exists, file.path);
    if (!file.replaces.empty() && (there == tree_.end() || etag_of(there->second) != file.replaces))
        return Error(ErrorKind::conflict, codes::target_changed, file.path);
    return std::nullopt;
}

Result<nextcloud::Uploaded> MemoryNextcloud::put(const nextcloud::FileUpload& file, std::stop_token) {
    return call("PUT", file.path, [&]() -> Result<nextcloud::Uploaded> {
        if (auto refusal = refuse(file)) return *refusal;
        return write(file, true);
    });
}

Result<std::vector<Result<nextcloud::Uploaded>>> MemoryNextcloud::put_bulk(std::span<const nextcloud::FileUpload> files,
                                                                           std::stop_token) {
    using Outcomes = std::vector<Result<nextcloud::Uploaded>>;
    return call("BULK", files.front().path, [&]() -> Result<Outcomes> {
        Outcomes outcomes;
        for (const auto& file : files)
            outcomes.push_back(profile_.ingest ? ingest(file) : write(file, false));
        for (const auto& file : files) // after all files of the batch
            if (!file.content && file.modified != Timestamp{}) tree_[file.path].modified = to_epoch(file.modified);
        return outcomes;
    });
}

Result<nextcloud::Uploaded> MemoryNextcloud::put_chunked(const nextcloud::FileUpload& file, const std::string&,
                                                         const std::function<void(std::uint64_t)>& on_chunk,
                                                         std::stop_token) {
    return call("CHUNKED", file.path, [&]() -> Result<nextcloud::Uploaded> {
        if (auto refusal = refuse(file)) return *refusal;
        on_chunk(file.content->size());
        return write(file, true);
    });
}

Result<void> MemoryNextcloud::set_properties(const std::string& path, const nextcloud::Properties& properties,
                                             std::stop_token) {
    return call("PROPPATCH", path, [&]() -> Result<void> {
        auto& stored = tree_.at(path);
        if (properties.modified) stored.modified = to_epoch(*properties.modified);
        if (properties.created) stored.created = to_epoch(*properties.created);
        if (properties.favorite) stored.favorite = *properties.favorite;
        return {};
    });
}

Result<nextcloud::RemoteEntry> MemoryNextcloud::move(const std::string& from, const std::string& to,
                                                     const std::string& etag, std::stop_token) {
    return call("MOVE", from, [&]() -> Result<nextcloud::RemoteEntry> {
        const auto source = tree_.find(from);
        if (source == tree_.end()) return Error(ErrorKind::item, codes::target_missing, from);
        if (etag_of(source->second) != etag) return Error(ErrorKind::conflict, codes::target_changed, from);
        if (tree_.contains(to)) return Error(ErrorKind::conflict, codes::target_exists, to);
        if (!parent_of(to).empty() && !tree_.contains(parent_of(to)))
            return Error(ErrorKind::item, codes::target_parent_missing, to);
        auto moved = tree_.extract(source);
        moved.key() = to;
        tree_.insert(std::move(moved));
        return entry_at(to);
    });
}

Result<void> MemoryNextcloud::remove(const std::string& path, const std::string& etag, std::stop_token) {
    return call("DELETE", path, [&]() -> Result<void> {
        const auto there = tree_.find(path);
        if (there == tree_.end()) return {};
        if (!etag.empty() && etag_of(there->second) != etag)
            return Error(ErrorKind::conflict, codes::target_changed, path);
        tree_.erase(there);
        return {};
    });
}

} // namespace passerelle::jobs
