// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/folder_archive.hpp"

#include "core/hash.hpp"
#include "core/reason_codes.hpp"
#include "core/unique_fd.hpp"
#include "daemon/sources/names.hpp"
#include "daemon/sources/part_file.hpp"
#include "daemon/sources/verifying_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace passerelle::sources {
namespace {

namespace fs = std::filesystem;

/// Raw names, which need not be UTF-8, and what was there when they were listed.
struct Found {
    std::string path;
    FileIdentity identity;
};

Reason unreadable(int error) {
    return Reason(codes::source_unreadable, {{"detail", std::strerror(error)}});
}

EntryType type_of(const struct stat& status) {
    switch (status.st_mode & S_IFMT) {
    case S_IFREG:
        return EntryType::file;
    case S_IFDIR:
        return EntryType::folder;
    case S_IFLNK:
        return EntryType::link;
    default:
        return EntryType::special;
    }
}

/// The names in a folder, sorted, so that an unchanged folder is listed the same way again.
std::vector<std::string> names_in(const fs::path& folder, std::error_code& error) {
    std::vector<std::string> names;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        names.push_back(at->path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

class FolderArchive final : public Archive {
  public:
    FolderArchive(fs::path part_path, fs::path root, std::vector<std::string> only)
        : part_{std::move(part_path), 0, {}, {}}, root_(std::move(root)), only_(std::move(only)) {}

    const Part& part() const override { return part_; }
    Result<void> list(EntryVisitor& visitor, const std::stop_token& stop) override;
    Result<std::unique_ptr<ByteReader>> open(std::int64_t entry, std::uint64_t size,
                                             std::optional<std::uint32_t> crc32) const override;

  private:
    struct Walk {
        EntryVisitor& visitor;
        const std::stop_token& stop;
        Hasher hasher{HashAlgorithm::sha256};
    };
    [[nodiscard]] Result<void> walk_folder(Walk& walk, const std::string& folder, std::vector<std::string> names);
    [[nodiscard]] Result<void> take(Walk& walk, std::string path);
    [[nodiscard]] std::string content_of(const Entry& entry, std::uint64_t limit) const;

    Part part_;
    fs::path root_;
    std::vector<std::string> only_;
    std::vector<Found> found_;
};

Result<void> FolderArchive::list(EntryVisitor& visitor, const std::stop_token& stop) {
    Walk walk{visitor, stop};
    std::error_code error;
    auto names = only_.empty() ? names_in(root_, error) : only_;
    if (error)
        return Error(ErrorKind::item, codes::export_part_damaged, error.message(), {{"detail", error.message()}});
    auto result = walk_folder(walk, "", std::move(names));
    part_.fingerprint = walk.hasher.finish();
    return result;
}

Result<void> FolderArchive::walk_folder(Walk& walk, const std::string& folder, std::vector<std::string> names) {
    for (auto& name : names) {
        if (walk.stop.stop_requested()) return Error(ErrorKind::job, codes::job_stopped, "stopped");
        if (auto taken = take(walk, folder.empty() ? std::move(name) : folder + '/' + name); !taken) return taken;
    }
    return {};
}

/// Hands over one entry and, for a folder, what lies in it. The depth is bounded by place_entry().
Result<void> FolderArchive::take(Walk& walk, std::string path) {
    struct stat status {};
    const bool there = ::lstat((root_ / path).c_str(), &status) == 0;
    const int stat_error = errno;
    Entry entry;
    entry.index = static_cast<std::int64_t>(found_.size());
    entry.type = there ? type_of(status) : EntryType::special;
    entry.path = readable_name(path, from_windows_1252, entry.reasons);
    if (entry.path.size() > kMaxPathBytes || std::count(path.begin(), path.end(), '/') > kMaxDepth)
        entry.reject(Reason(codes::source_path_too_long, {{"bytes", fmt::to_string(entry.path.size())}}));
    else if (!there)
        entry.reject(unreadable(stat_error));
    else if (entry.type == EntryType::special)
        entry.reject(Reason(codes::source_special_file));
    const auto identity = FileIdentity::of(status);
    if (entry.type == EntryType::file) {
        entry.size = identity.size;
        part_.size += identity.size;
    }
    if (there) entry.modified = identity.modified();
    std::vector<std::string> names;
    if (entry.type == EntryType::folder && entry.usable) {
        std::error_code error;
        names = names_in(root_ / path, error);
        if (error) entry.reject(unreadable(error.value()));
    }
    if (entry.type == EntryType::link) {
        std::error_code error;
        entry.reject(
            Reason(codes::source_link, {{"target", printable(fs::read_symlink(root_ / path, error).string())}}));
    }
    walk.hasher.update(fmt::format("{}\n{} {}.{}\n", path, identity.size,
                                   entry.type == EntryType::file ? identity.modified_seconds : 0,
                                   entry.type == EntryType::file ? identity.modified_nanoseconds : 0));
    part_.modified = std::max(part_.modified, identity.modified());
    found_.push_back({path, identity});
    const auto limit = entry.usable && entry.type == EntryType::file ? walk.visitor.wants(entry) : 0;
    auto content = limit > 0 ? content_of(entry, limit) : std::string();
    walk.visitor.visit(std::move(entry), std::move(content));
    return walk_folder(walk, path, std::move(names));
}

std::string FolderArchive::content_of(const Entry& entry, std::uint64_t limit) const {
    if (entry.size == 0 || entry.size > limit) return {};
    auto content =
        read_all(FileContent(root_ / found_.at(static_cast<std::size_t>(entry.index)).path, entry.size), limit);
    return content ? std::move(*content) : std::string();
}

Result<std::unique_ptr<ByteReader>> FolderArchive::open(std::int64_t entry, std::uint64_t size,
                                                        std::optional<std::uint32_t> crc32) const {
    const auto& found = found_.at(static_cast<std::size_t>(entry));
    const auto file = root_ / found.path;
    // The same inode, size and time as when it was listed: a link that took the file's place is noticed too.
    struct stat status {};
    if (::lstat(file.c_str(), &status) != 0)
        return Error(ErrorKind::item, codes::file_unreadable, std::strerror(errno), {{"detail", std::strerror(errno)}});
    if (FileIdentity::of(status) != found.identity)
        return Error(ErrorKind::item, codes::file_changed, "not the file that was listed");
    auto bytes = FileContent(file, size).open();
    if (!bytes) return failure(bytes);
    return std::make_unique<VerifyingReader>(std::move(*bytes), size, crc32);
}

} // namespace

std::unique_ptr<Archive> open_folder(const fs::path& folder, std::vector<std::string> only) {
    return std::make_unique<FolderArchive>(folder, folder, std::move(only));
}

std::unique_ptr<Archive> open_single_file(const fs::path& file) {
    return std::make_unique<FolderArchive>(file, file.parent_path(), std::vector{file.filename().string()});
}

} // namespace passerelle::sources
