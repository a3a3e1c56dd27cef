// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a server tells about itself and about its user, as it stands on the wire; what follows from it for a migration
/// is nextcloud::ServerProfile's. Every parse_*() bounds what it reads (4 MiB, 64 levels) and answers
/// `server.bad_answer` (permanent) for anything that is not the document it expects. Values.
namespace passerelle::ocs {

/// GET /status.php
struct Status {
    bool installed = false;
    bool maintenance = false;
    bool needs_upgrade = false; ///< refuses requests as in maintenance until its administrator has acted
    std::string version;        ///< "34.0.1"; empty where the administrator hides it
    std::string product_name;

    /// True while the server answers every request but this with 503.
    [[nodiscard]] bool closed() const { return maintenance || needs_upgrade; }
};

/// GET /ocs/v2.php/cloud/capabilities. What a server does not mention is empty.
struct Capabilities {
    int major = 0;
    int minor = 0;
    int micro = 0;
    std::string product_name;
    std::optional<std::vector<std::string>> blacklisted_files; ///< the one rule of 28 and 29
    std::optional<std::vector<std::string>> forbidden_filenames;
    std::optional<std::vector<std::string>> forbidden_basenames;
    std::optional<std::vector<std::string>> forbidden_characters;
    std::optional<std::vector<std::string>> forbidden_extensions;
    bool windows_compatible_filenames = false;
    bool bulk_upload = false;
    std::optional<std::int64_t> chunk_max_bytes;
    std::optional<std::int64_t> chunk_max_parallel;
    std::string ingest; ///< version of the companion app's batch endpoint; empty: no such app
    std::optional<std::int64_t> ingest_max_bytes;
    std::optional<std::int64_t> ingest_max_parts;
    std::string sharing; ///< version of its endpoints for sharing, likewise
    std::optional<std::int64_t> sharing_max_shares;
    std::optional<std::int64_t> sharing_max_addresses;
};

/// GET /ocs/v2.php/cloud/user
struct User {
    std::string id; ///< what paths are made of; differs from the login name where people log in by e-mail
    std::string display_name;
    std::string email;                       ///< empty where the account has none
    std::optional<std::uint64_t> free_bytes; ///< nothing: unlimited (-3) or unknown (-2, and before the first login)
    std::uint64_t used_bytes = 0;
    std::vector<std::string> groups; ///< the ids of those that the account is in
};

[[nodiscard]] Result<Status> parse_status(std::string_view text);
[[nodiscard]] Result<Capabilities> parse_capabilities(std::string_view text);
[[nodiscard]] Result<User> parse_user(std::string_view text);

} // namespace passerelle::ocs
