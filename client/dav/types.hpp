// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/content.hpp"
#include "core/units.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

/// What callers of WebDAV hand in and get back. Paths: relative to the user's files, UTF-8, no slash at either end.
namespace passerelle::dav {

/// A file or folder on the server. A value.
struct RemoteEntry {
    std::string path;
    bool folder = false;
    std::uint64_t size = 0; ///< bytes; of a folder: of all it holds
    Timestamp modified{};
    std::string etag;    ///< without quotes
    std::string file_id; ///< the number, in decimal
};

/// One file to be written. A value.
struct FileUpload {
    std::string path;
    std::shared_ptr<const Content> content; ///< shared: a retry reads it again. Null: a folder, for ingest alone
    std::string sha256;                     ///< of content, lower-case hexadecimal
    std::string md5;                        ///< needed for bulk where the profile says md5
    Timestamp modified{};                   ///< of a folder: the epoch leaves its time as it is
    std::optional<Timestamp> created;       ///< Nextcloud's own bulk cannot carry it
    std::string replaces; ///< the etag of the state that the file takes the place of; empty: nothing stands there
};

/// Which digest of the stored bytes the server confirmed.
enum class VerifiedBy { sha256, md5 };

/// The server has the file, and its digest agreed. A value.
struct Uploaded {
    std::string etag;    ///< without quotes
    std::string file_id; ///< the number, in decimal
    VerifiedBy verified_by = VerifiedBy::sha256;
};

/// What can be said of a file or folder without writing it. Nothing: leave it as it is. A value.
struct Properties {
    std::optional<Timestamp> modified;
    std::optional<Timestamp> created;
    std::optional<bool> favorite;
};

} // namespace passerelle::dav
