// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/inboxes.hpp"

#include "core/hash.hpp"
#include "core/reason_codes.hpp"
#include "daemon/sources/find_parts.hpp"
#include "daemon/sources/missing_parts.hpp"
#include "daemon/sources/part_name.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <sys/stat.h>

namespace passerelle::service {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostWatched = 2'000;
constexpr std::size_t kMostEntries = 10'000;               // of an inbox that are looked at
constexpr const char* kBareWorkspace = "Google Workspace"; // the name of one that has no folder of its own

/// A folder's name that is only a name.
bool is_plain_name(const std::string& name) {
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos &&
           name.find('\0') == std::string::npos;
}

bool is_archive(const std::string& name) {
    return name.ends_with(".zip") || name.ends_with(".tgz") || name.ends_with(".tar.gz");
}

bool lies_in(const fs::path& path, const fs::path& folder) {
    const auto [in_folder, in_path] = std::ranges::mismatch(folder, path);
    return in_folder == folder.end() && in_path != path.end();
}

/// The person's folder, with every link on the way to the inbox resolved; nothing where there is none, or where it is
/// itself a link.
std::optional<fs::path> folder_of(const fs::path& inbox, const std::string& user_id) {
    std::error_code failed;
    const auto root = fs::canonical(inbox, failed);
    if (failed || !is_plain_name(user_id)) return std::nullopt;
    const auto folder = root / user_id;
    if (!fs::is_directory(fs::symlink_status(folder, failed)) || failed) return std::nullopt;
    return folder;
}

struct Group {
    FoundExport found;
    std::vector<sources::FoundPart> parts;
};

std::uint64_t bytes_of(const fs::path& path) {
    std::error_code failed;
    if (fs::is_regular_file(path, failed)) return fs::file_size(path, failed);
    std::uint64_t sum = 0;
    for (fs::recursive_directory_iterator entry(path, failed), end; !failed && entry != end; entry.increment(failed))
        if (entry->is_regular_file(failed)) sum += entry->file_size(failed);
    return sum;
}

/// Where one download of numbered parts lies, the loose files beside it are its own; where several do, nobody can tell.
void add_loose(std::map<std::string, Group>& groups, const std::vector<fs::path>& loose) {
    const auto has_numbers = [](const auto& entry) {
        const auto& parts = entry.second.parts;
        return !parts.empty() && parts.front().name.has_value();
    };
    const auto at = std::ranges::find_if(groups, has_numbers);
    if (loose.empty() || at == groups.end()) return;
    if (std::ranges::count_if(groups, has_numbers) != 1) {
        for (auto& [key, group] : groups)
            group.found.loose_unclear = !group.parts.empty() && group.parts.front().name.has_value();
        return;
    }
    for (const auto& file : loose) {
        at->second.found.parts.push_back({ExportPart::Place::inbox, file.filename().string()});
        at->second.found.bytes += bytes_of(file);
    }
}

FoundAccount account_in(const fs::path& inbox, const fs::path& folder) {
    FoundAccount account;
    account.address = folder.filename().string();
    account.part = {ExportPart::Place::inbox, folder.lexically_relative(inbox).string()};
    account.bytes = bytes_of(folder);
    const std::vector<fs::path> paths{folder};
    if (auto found = sources::find_parts(paths)) {
        account.problems = std::move(found->problems);
        sources::report_missing_parts(found->parts, account.problems);
    } else {
        account.problems.push_back(reason_of(found.error()));
    }
    return account;
}

/// A Workspace export in this folder of the inbox; nothing where it is not one of several accounts.
std::optional<FoundExport> workspace_in(const fs::path& inbox, const fs::path& folder, std::string name) {
    const auto folders = sources::account_folders(folder);
    if (folders.size() < 2) return std::nullopt;
    FoundExport found;
    found.name = std::move(name);
    found.kind = ExportKind::takeout;
    for (const auto& one : folders) {
        found.accounts.push_back(account_in(inbox, one));
        found.bytes += found.accounts.back().bytes;
    }
    return found;
}

/// The inode's change: a copy that keeps the old modification time has one all the same.
void add_state(Hasher& hasher, const fs::path& path) {
    struct stat about {};
    if (::lstat(path.c_str(), &about) != 0) return;
    const auto text =
        fmt::format("{}\n{} {} {}\n", path.string(), about.st_size, about.st_ctim.tv_sec, about.st_ctim.tv_nsec);
    hasher.update(text);
}

} // namespace

std::vector<fs::path> Inboxes::folders_of(const std::string& user_id) const {
    std::vector<fs::path> folders;
    for (const auto& inbox : folders_)
        if (auto folder = folder_of(inbox, user_id)) folders.push_back(std::move(*folder));
    return folders;
}

std::set<fs::path> Inboxes::folders_to_watch(const std::string& user_id) const {
    std::set<fs::path> all;
    for (const auto& folder : folders_of(user_id)) {
        all.insert(folder);
        std::error_code failed;
        for (fs::recursive_directory_iterator entry(folder, failed), end;
             !failed && entry != end && all.size() < kMostWatched; entry.increment(failed))
            if (fs::is_directory(entry->symlink_status(failed))) all.insert(entry->path());
    }
    return all;
}

std::string Inboxes::state_of(const std::string& user_id, const FoundExport& found) const {
    Hasher hasher(HashAlgorithm::sha256);
    const auto is_numbered = [](const ExportPart& part) { return sources::parse_part_name(part.path).has_value(); };
    const bool numbered = std::ranges::any_of(found.parts, is_numbered);
    for (const auto& part : found.parts) {
        if (numbered && !is_numbered(part)) continue;
        const auto path = locate(user_id, part.path);
        if (!path) continue;
        add_state(hasher, *path);
        std::vector<fs::path> inside;
        std::error_code failed;
        if (fs::is_directory(*path, failed))
            for (fs::recursive_directory_iterator entry(*path, failed), end; !failed && entry != end;
                 entry.increment(failed))
                inside.push_back(entry->path());
        std::ranges::sort(inside);
        for (const auto& one : inside)
            add_state(hasher, one);
    }
    return hasher.finish();
}

std::vector<FoundExport> Inboxes::exports_of(const std::string& user_id) const {
    std::map<std::string, Group> groups;
    for (const auto& inbox : folders_) {
        const auto folder = folder_of(inbox, user_id);
        if (!folder) continue;
        // The accounts' folders as they come out of Google's storage, without a folder around them.
        auto bare = workspace_in(*folder, *folder, kBareWorkspace);
        if (bare) groups[folder->string() + '/'].found = *bare;
        std::error_code failed;
        std::size_t seen = 0;
        std::vector<fs::path> loose; // files too large for a part come beside the archives
        for (fs::directory_iterator entry(*folder, failed), end; !failed && entry != end && ++seen <= kMostEntries;
             entry.increment(failed)) {
            const auto name = entry->path().filename().string();
            const auto status = entry->symlink_status(failed);
            if (name.starts_with(".") || !(fs::is_regular_file(status) || fs::is_directory(status))) continue;
            if (fs::is_directory(status)) {
                if (bare && name.find('@') != std::string::npos) continue;
                if (auto workspace = workspace_in(*folder, entry->path(), name)) {
                    groups[folder->string() + '/' + name].found = std::move(*workspace);
                    continue;
                }
            }
            const auto part_name = sources::parse_part_name(name);
            if (!part_name && fs::is_regular_file(status) && !is_archive(name)) {
                if (sources::loose_file_name(name)) loose.push_back(entry->path());
                continue;
            }
            Group& group = groups[folder->string() + '/' + (part_name ? part_name->export_name : name)];
            group.found.name = part_name ? part_name->export_name : name;
            group.found.kind = part_name ? part_name->kind : ExportKind::folder;
            group.found.parts.push_back({ExportPart::Place::inbox, name});
            group.found.bytes += bytes_of(entry->path());
            group.parts.push_back({.path = entry->path(), .name = part_name});
        }
        add_loose(groups, loose);
    }
    std::vector<FoundExport> exports;
    for (auto& [key, group] : groups) {
        std::ranges::sort(group.found.parts, {}, &ExportPart::path);
        std::ranges::sort(group.parts, {}, &sources::FoundPart::path);
        sources::report_missing_parts(group.parts, group.found.problems);
        exports.push_back(std::move(group.found));
    }
    return exports;
}

Result<fs::path> Inboxes::locate(const std::string& user_id, const std::string& path) const {
    const Error unknown(ErrorKind::permanent, codes::service_part_unknown, "", {{"path", path}});
    if (path.empty() || path.find('\0') != std::string::npos) return unknown;
    for (const auto& inbox : folders_) {
        const auto folder = folder_of(inbox, user_id);
        if (!folder) continue;
        std::error_code failed;
        const auto real = fs::canonical(*folder / path, failed); // links resolved: only where they lead counts
        if (!failed && lies_in(real, *folder)) return real;
    }
    return unknown;
}

} // namespace passerelle::service
