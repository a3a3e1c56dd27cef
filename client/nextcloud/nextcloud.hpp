// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/server_profile.hpp"
#include "core/content.hpp"
#include "core/result.hpp"
#include "core/secret.hpp"
#include "core/units.hpp"

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
    std::filesystem::path ca_file;      ///< a private certification authority in PEM; empty: the system's alone
    bool insecure_http = false;         ///< plain http to another host than this one
    std::size_t connections = 4;        ///< kept alive, shared by all calls
    std::chrono::seconds timeout{300};  ///< without any progress
    int max_attempts = 6;               ///< tries of one request; maintenance does not count
    std::chrono::milliseconds first_delay{500}; ///< doubled at each try, with jitter
    std::function<void(const Waiting&)> on_wait; ///< called from any thread
};

/// A file or folder on the server. Paths everywhere in this header: relative to the user's files, UTF-8, no slash at either end.
struct RemoteEntry {
    std::string path;
    bool folder = false;
    std::uint64_t size = 0; ///< bytes; of a folder: of all it holds
    Timestamp modified{};
    std::string etag;
    std::string file_id;
};

/// One file to be written.
struct FileUpload {
    std::string path;
    std::shared_ptr<const Content> content; ///< shared: a retry reads it again
    std::string sha256;                     ///< of content, lower-case hexadecimal
    std::string md5;                        ///< needed for bulk where the profile says md5
    Timestamp modified{};
    std::optional<Timestamp> created; ///< bulk cannot carry it
};

/// Which digest of the stored bytes the server confirmed.
enum class VerifiedBy { sha256, md5 };

/// The server has the file, and its digest agreed.
struct Uploaded {
    std::string etag;
    std::string file_id;
    VerifiedBy verified_by = VerifiedBy::sha256;
};

struct Properties {
    std::optional<Timestamp> modified;
    std::optional<Timestamp> created;
    std::optional<bool> favorite;
};

struct Quota {
    std::optional<std::uint64_t> free_bytes; ///< nothing: unlimited or unknown
    std::uint64_t used_bytes = 0;
};

/// A Nextcloud account: every call is one act of the server's, retried by the rules of docs/architecture.md ("Retrying").
/// Errors: `server.unauthorized` and `server.quota_exceeded` (job), `server.locked`, `server.overloaded`, `server.unreachable`,
/// `server.connection_lost` (retryable, after the last try), `target.exists` and `target.changed` (conflict),
/// `target.name_refused` and `target.parent_missing` (item), `upload.hash_mismatch` (retryable), `job.stopped` (job).
/// Internally locked: any thread may call.
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

    /// Nothing when there is no such path.
    virtual Result<std::optional<RemoteEntry>> find(const std::string& path, std::stop_token stop) = 0;
    /// What lies directly in a folder; nothing when there is no such folder.
    virtual Result<std::optional<std::vector<RemoteEntry>>> list(const std::string& folder, std::stop_token stop) = 0;
    /// The SHA-256 of the bytes as the server has them stored now (it reads them again).
    virtual Result<std::string> stored_sha256(const std::string& path, std::stop_token stop) = 0;

    /// An existing folder is fine; an existing file is `target.exists`.
    virtual Result<void> make_folder(const std::string& path, std::stop_token stop) = 0;

    /// Writes a new file (If-None-Match: *) and compares the digest of what was stored. Never overwrites: `target.exists`.
    virtual Result<Uploaded> put(const FileUpload& file, std::stop_token stop) = 0;

    /// Writes several files in one request, one outcome a file in their order. Overwrites silently, so the caller makes sure
    /// that nothing stands there. Parents must exist. The request's own failure is the outer error.
    virtual Result<std::vector<Result<Uploaded>>> put_bulk(std::span<const FileUpload> files, std::stop_token stop) = 0;

    /// Writes a large file in chunks under `upload_id`, which the caller has made durable before: a call with the same id sends
    /// only the chunks that the server does not have. Never overwrites. `on_chunk` hears the bytes acknowledged so far.
    virtual Result<Uploaded> put_chunked(const FileUpload& file, const std::string& upload_id,
                                         const std::function<void(std::uint64_t)>& on_chunk, std::stop_token stop) = 0;

    virtual Result<void> set_properties(const std::string& path, const Properties& properties, std::stop_token stop) = 0;
    virtual Result<void> remove(const std::string& path, std::stop_token stop) = 0;
};

} // namespace passerelle::nextcloud
