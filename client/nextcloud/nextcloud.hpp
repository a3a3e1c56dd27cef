// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/dav/types.hpp"
#include "client/nextcloud/server_profile.hpp"
#include "core/result.hpp"
#include "core/secret.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace passerelle::nextcloud {

class Sharing;
class TeamFolders;

/// Who speaks to which server. `url` is the server's root, with its path where it lives in a folder. A value.
struct Account {
    std::string url;
    std::string user; ///< login name; the id used in paths is asked from the server
    Secret app_password;
};

/// What the client is waiting for, told to whoever shows progress.
struct Waiting {
    enum class For { maintenance, locked, overloaded, connection } reason;
    std::chrono::milliseconds delay;
};

struct Options {
    std::filesystem::path ca_file;              ///< a private certification authority in PEM; empty: the system's alone
    bool insecure_http = false;                 ///< plain http to another host than this one
    std::size_t connections = 4;                ///< kept alive, shared by all calls
    std::chrono::seconds timeout{300};          ///< without any progress
    int max_attempts = 6;                       ///< tries of one request; maintenance does not count
    std::chrono::milliseconds first_delay{500}; ///< doubled at each try, with jitter
    Secret pairing_secret; ///< of the service with the companion app of this very server; empty: not paired
    std::function<void(const Waiting&)> on_wait;  ///< called from any thread
    std::optional<std::uint64_t> max_chunk_bytes; ///< where something before the server takes less than it does
};

// What calls take and give. Paths everywhere: relative to the user's files, UTF-8, no slash at either end.
using dav::FileUpload;  ///< one file to be written: path, content, its digests, its times
using dav::Properties;  ///< times and star, each only where given
using dav::RemoteEntry; ///< a file or folder on the server
using dav::Uploaded;    ///< the server has the file, and its digest agreed
using dav::VerifiedBy;  ///< which digest of the stored bytes the server confirmed

struct Quota {
    std::optional<std::uint64_t> free_bytes; ///< nothing: unlimited or unknown
    std::uint64_t used_bytes = 0;
};

/// A Nextcloud account: every call is one act of the server's, retried by the rules of docs/architecture.md
/// ("Retrying"). Errors of any call: `server.unauthorized`, `server.quota_exceeded` and `job.stopped` (job),
/// `server.locked`, `server.overloaded`, `server.internal_error`, `server.unreachable`, `server.connection_lost` and
/// `server.bad_answer` (retryable, after the last try), `target.forbidden` and `server.refused` (item). Of those that
/// write also: `target.exists` and `target.changed` (conflict), `target.name_refused` and `target.parent_missing`
/// (item). Internally locked: any thread may call.
class Nextcloud {
  public:
    virtual ~Nextcloud() = default;

    /// Asks status.php, the capabilities and who the user is. Also: `server.not_nextcloud`, `server.insecure_http`,
    /// `server.certificate`, `server.too_old`, `usage.bad_url` (all of kind job).
    [[nodiscard]] static Result<std::unique_ptr<Nextcloud>> connect(const Account& account, const Options& options,
                                                                    std::stop_token stop);

    [[nodiscard]] virtual const ServerProfile& profile() const = 0;
    [[nodiscard]] virtual const std::string& user_id() const = 0;
    virtual Result<Quota> quota(std::stop_token stop) = 0;
    /// People, groups and shares (client/nextcloud/sharing.hpp), over the same connections. Lives as long as this.
    [[nodiscard]] virtual Sharing& sharing() = 0;
    /// Folders that belong to groups (client/nextcloud/team_folders.hpp), likewise.
    [[nodiscard]] virtual TeamFolders& team_folders() = 0;

    /// Nothing when there is no such path.
    virtual Result<std::optional<RemoteEntry>> find(const std::string& path, std::stop_token stop) = 0;
    /// What lies directly in a folder; nothing when there is no such folder.
    virtual Result<std::optional<std::vector<RemoteEntry>>> list(const std::string& folder, std::stop_token stop) = 0;
    /// The SHA-256 of the bytes as the server has them stored now (it reads them again).
    virtual Result<std::string> stored_sha256(const std::string& path, std::stop_token stop) = 0;

    /// A piece of a file's bytes, of the very state that has this etag; fewer than `length` at its end. Held in memory
    /// whole. Also `target.changed` (conflict) and `target.missing` (item).
    virtual Result<std::string> read_range(const std::string& path, const std::string& etag, std::uint64_t offset,
                                           std::uint64_t length, std::stop_token stop) = 0;

    /// An existing folder is fine; an existing file is `target.exists`.
    virtual Result<void> make_folder(const std::string& path, std::stop_token stop) = 0;

    /// Writes a file and compares the digest of what was stored. Never overwrites (`target.exists`) but the very state
    /// that the file says it replaces (otherwise `target.changed`). A file whose digest differs is
    /// `upload.hash_mismatch` (retryable), and taken away again where it is new. After a call that failed as retryable
    /// the file may stand there, as may one of an earlier run: find() and stored_sha256() tell.
    virtual Result<Uploaded> put(const FileUpload& file, std::stop_token stop) = 0;

    /// Writes several files in one request, one outcome a file in their order. Only where the profile has `ingest` or
    /// `bulk`. A file that the batch could not bring has `upload.not_in_batch` (retryable): put() brings it, or tells
    /// why it cannot. The request's own failure is the outer error; where it is retryable, files of the batch may stand
    /// there.
    /// With `ingest`: never overwrites (such a file is not in the batch, unless it holds the same bytes: then it counts
    /// as brought), makes parents, sets creation times, and makes the folders among the entries (those without content,
    /// whose outcome has no etag) and dates those that have a time, after all files of the batch. With `bulk` alone:
    /// overwrites silently, so the caller makes sure that nothing stands there; parents must exist.
    virtual Result<std::vector<Result<Uploaded>>> put_bulk(std::span<const FileUpload> files, std::stop_token stop) = 0;

    /// Writes a large file in chunks under `upload_id`, which the caller has made durable before: a call with the same
    /// id sends only the chunks that the server does not have. Overwrites no more than put(), but the same bytes at the
    /// target are what an earlier call wrote. `on_chunk` hears the bytes acknowledged so far. Also
    /// `upload.hash_mismatch`, and `upload.interrupted` when the server has forgotten chunks, as it does after a day
    /// (both retryable).
    virtual Result<Uploaded> put_chunked(const FileUpload& file, const std::string& upload_id,
                                         const std::function<void(std::uint64_t)>& on_chunk, std::stop_token stop) = 0;

    /// Also `target.missing`, and `target.properties_refused` when the server kept one of them as it was (item).
    virtual Result<void> set_properties(const std::string& path, const Properties& properties,
                                        std::stop_token stop) = 0;
    /// Gives a file another path, whose folder must exist. Only the very state that has this etag is moved
    /// (`target.changed`), and nothing is overwritten (`target.exists`). Also `target.missing` (item).
    virtual Result<RemoteEntry> move(const std::string& from, const std::string& to, const std::string& etag,
                                     std::stop_token stop) = 0;
    /// Into the server's trash. What is not there is fine. With an etag only that very state: `target.changed`.
    virtual Result<void> remove(const std::string& path, const std::string& etag, std::stop_token stop) = 0;
};

} // namespace passerelle::nextcloud
