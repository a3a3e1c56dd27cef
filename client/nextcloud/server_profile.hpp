// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace passerelle::ocs {
struct Capabilities;
struct Status;
} // namespace passerelle::ocs

namespace passerelle::nextcloud {

struct Version {
    int major = 0;
    int minor = 0;
    int patch = 0;
    friend auto operator<=>(const Version&, const Version&) = default;
};

/// What the server accepts as a name (capabilities, section `files`; docs/protocol-notes.md). Names, basenames and
/// extensions are compared without case. A value.
struct NameRules {
    std::vector<std::string> forbidden_names;      ///< whole names, lower case: ".htaccess"
    std::vector<std::string> forbidden_basenames;  ///< what stands before the first dot: "con", "prn"
    std::vector<std::string> forbidden_characters; ///< each one character, UTF-8
    std::vector<std::string> forbidden_extensions; ///< with the dot or a space: ".part", ".", " "
    bool windows_compatible = false;
    std::size_t max_name_bytes = 250; ///< in UTF-8 after NFC; 248 on 28 and 29
};

enum class BulkChecksum { md5, sha256 };

/// What one request to the companion app's batch endpoint may carry. A value.
struct Ingest {
    std::uint64_t max_batch_bytes = 0; ///< of all files together
    std::size_t max_batch_parts = 0;   ///< files and folders
};

/// How much one request to the companion app's endpoints for sharing may ask for. A value.
struct SharingBatches {
    std::size_t max_shares = 0;
    std::size_t max_addresses = 0;
};

/// Everything that differs from server to server, in one place; read once from status.php and the capabilities. A
/// value.
struct ServerProfile {
    Version version;
    std::string product_name;
    bool maintenance = false;
    NameRules names;
    std::optional<BulkChecksum> bulk;      ///< which checksum /dav/bulk verifies; nothing: no bulk endpoint
    std::optional<Ingest> ingest;          ///< nothing: the companion app is not there
    std::optional<SharingBatches> sharing; ///< nothing: shares are made one by one
    std::uint64_t max_chunk_bytes = 100 * 1024 * 1024;
    int max_parallel_chunks = 5;
    bool auto_mkcol = false; ///< PUT makes missing parents (32 and later)
    /// The member that holds the truth of a share's attribute; another one is silently stored as null.
    std::string share_attribute_key = "value";
    /// A share without download can still be read (32 and later). Before, 403: its receivers see names alone.
    bool views_without_download = false;
    std::int64_t min_mtime = 86'401; ///< smaller modification times are refused, after the file has been written
};

/// What follows from what a server tells, with the rules that its version keeps to itself (28 to 34).
/// Error: `server.too_old` (job) below 28.
[[nodiscard]] Result<ServerProfile> profile_of(const ocs::Status& status, const ocs::Capabilities& told);

} // namespace passerelle::nextcloud
