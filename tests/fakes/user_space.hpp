// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/fakes/faults.hpp"
#include "tests/fakes/server_release.hpp"
#include "tests/fakes/tree.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace passerelle::fakes {

/// What belongs to one account. The trees lock themselves; the id never changes.
struct UserSpace {
    std::string id;
    Tree files;
    Tree uploads;                        ///< a folder an upload, a file a chunk
    std::atomic<std::int64_t> quota{-3}; ///< bytes; -3: unlimited, as the server writes it

    UserSpace(std::string user_id, std::unique_ptr<Store> file_store, std::unique_ptr<Store> upload_store)
        : id(std::move(user_id)), files(std::move(file_store)), uploads(std::move(upload_store)) {}

    [[nodiscard]] std::int64_t used_bytes() const { return static_cast<std::int64_t>(files.find("")->size); }
    /// -3 where there is no limit.
    [[nodiscard]] std::int64_t free_bytes() const {
        const std::int64_t limit = quota;
        return limit < 0 ? -3 : std::max<std::int64_t>(0, limit - used_bytes());
    }
    [[nodiscard]] bool has_room_for(std::uint64_t bytes) const {
        const std::int64_t limit = free_bytes();
        return limit < 0 || bytes <= static_cast<std::uint64_t>(limit);
    }
};

/// Somebody else's file or folder in the root of a user who may see it. A value; the owner outlives it.
struct Mount {
    std::string name; ///< in the visitor's root
    std::string visitor;
    UserSpace* owner = nullptr;
    std::string path;         ///< in the owner's files
    unsigned permissions = 0; ///< 1 read, 2 update, 4 create, 8 delete, 16 share
    std::vector<std::int64_t> share_ids;
    std::int64_t team_folder = 0; ///< its id; 0 for what somebody shared
    bool may_download = true;     ///< no share forbids it
    /// Of a team folder: what the visitor may at a path in the owner's files, by the groups and the rules.
    std::function<unsigned(const std::string&)> rights{};

    [[nodiscard]] unsigned permissions_at(const std::string& at) const { return rights ? rights(at) : permissions; }
};

/// What a DAV handler works on for the length of one request. A value of references.
struct DavContext {
    const ServerRelease& release;
    UserSpace& user;
    Faults& faults;
    const HttpRequest& request;
    std::string path;             ///< below the collection that the handler serves, NFC, without slashes at the ends
    std::optional<Fault> fault;   ///< the one that hit this request
    std::optional<Mount> mount{}; ///< the share through which the path was reached; `user` and `path` are its owner's
    std::vector<Mount> mounts{};  ///< what others share with the user; empty within a mount
    std::function<void(std::int64_t)> leave{}; ///< takes a share out of the visitor's files
    class TeamFolderRegister* teams = nullptr;
    bool administrator = false;                          ///< whoever asks
    std::function<bool(const std::string&)> is_member{}; ///< of a group, whoever asks

    /// "bob/Dossier/a.txt": the path as whoever asks sees it, with their id.
    [[nodiscard]] std::string shown(const std::string& file_path) const {
        if (!mount) return user.id + "/" + file_path;
        return mount->visitor + "/" + mount->name + file_path.substr(mount->path.size());
    }
};

} // namespace passerelle::fakes
