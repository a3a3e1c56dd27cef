// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/same_file.hpp"

#include "client/dav/files.hpp"
#include "core/reason_codes.hpp"

#include <map>
#include <string>
#include <utility>

namespace passerelle::dav {
namespace {

Result<std::optional<Uploaded>> compare(const Endpoint& endpoint, const FileUpload& file, const RemoteEntry& there,
                                        std::stop_token stop) {
    if (there.folder || there.size != file.content->size()) return std::nullopt;
    auto digest = stored_sha256(endpoint, file.path, std::move(stop));
    if (!digest && digest.error().code == codes::target_missing) return std::nullopt;
    if (!digest) return failure(digest);
    if (*digest != file.sha256) return std::nullopt;
    return Uploaded{there.etag, there.file_id, VerifiedBy::sha256};
}

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

} // namespace

Result<std::optional<Uploaded>> find_same(const Endpoint& endpoint, const FileUpload& file, std::stop_token stop) {
    auto there = find(endpoint, file.path, stop);
    if (!there) return failure(there);
    if (!*there) return std::nullopt;
    return compare(endpoint, file, **there, std::move(stop));
}

Result<std::vector<std::optional<Uploaded>>> find_same(const Endpoint& endpoint, std::span<const FileUpload> files,
                                                       std::stop_token stop) {
    std::map<std::string, std::map<std::string, RemoteEntry>> folders;
    std::vector<std::optional<Uploaded>> found;
    for (const FileUpload& file : files) {
        const auto [folder, unknown] = folders.try_emplace(folder_of(file.path));
        if (unknown) {
            auto entries = list(endpoint, folder->first, stop);
            if (!entries) return failure(entries);
            if (*entries)
                for (RemoteEntry& entry : **entries)
                    folder->second.emplace(entry.path, entry);
        }
        const auto there = folder->second.find(file.path);
        if (there == folder->second.end()) {
            found.emplace_back();
            continue;
        }
        auto same = compare(endpoint, file, there->second, stop);
        if (!same) return failure(same);
        found.push_back(std::move(*same));
    }
    return found;
}

} // namespace passerelle::dav
