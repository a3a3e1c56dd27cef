// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/units.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The spelling of the protocol: namespaces, and what an answer's elements carry. No behaviour.
namespace passerelle::dav {

inline constexpr std::string_view kDavNs = "DAV:";
inline constexpr std::string_view kOwncloudNs = "http://owncloud.org/ns";
inline constexpr std::string_view kNextcloudNs = "http://nextcloud.org/ns";
inline constexpr std::string_view kSabreNs = "http://sabredav.org/ns";
/// InvalidPath's <o:reason> stands in this literal namespace.
inline constexpr std::string_view kReasonNs = "o:";

/// One <d:response> of a multistatus. Properties that the server does not know of are empty.
struct Resource {
    std::string path;                    ///< decoded, relative to the collection asked for
    bool collection = false;             ///< d:resourcetype holds d:collection
    std::optional<Timestamp> modified;   ///< d:getlastmodified
    std::optional<std::uint64_t> length; ///< d:getcontentlength, files only
    std::optional<std::uint64_t> size;   ///< oc:size, folders too
    std::string etag;                    ///< d:getetag, without quotes
    std::string file_id;                 ///< oc:fileid
    std::vector<std::string> checksums;  ///< oc:checksums, "SHA256:…"; as the uploader claimed them
    std::optional<std::int64_t> quota_used;
    std::optional<std::int64_t> quota_available; ///< negative: unlimited or unknown
    std::vector<std::string> refused;            ///< names of the properties whose propstat is no success
};

/// The body of a refused request.
struct ErrorBody {
    std::string exception; ///< s:exception, a PHP class
    std::string message;   ///< s:message, in the server's language
    std::string reason;    ///< o:reason, what the name rules say
};

} // namespace passerelle::dav
