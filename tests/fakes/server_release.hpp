// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace passerelle::fakes {

/// What differs between the Nextcloud releases that the double can be (docs/protocol-notes.md). A value.
struct ServerRelease {
    int major = 34;
    std::string version = "34.0.1";        ///< as in the capabilities
    std::string full_version = "34.0.1.2"; ///< as in status.php

    std::size_t max_name_bytes = 250;      ///< a longer name is an invalid path (400)
    std::size_t storable_name_bytes = 250; ///< between this and max_name_bytes the storage fails (500)
    int forbidden_name_status = 500;       ///< the answer to ".htaccess"
    int forbidden_folder_status = 400;     ///< the answer to a folder ".htaccess"
    std::string mail_domain;
    bool windows_compatible = false;   ///< the administrator asked for names that Windows can store
    int partial_name_status = 400;     ///< the answer to "x.part"
    bool advertises_name_rules = true; ///< `forbidden_filenames` and its siblings; earlier only `blacklisted_files`
    bool advertises_chunk_limits = true;
    bool auto_mkcol = true;                   ///< PUT with X-NC-WebDAV-Auto-Mkcol makes the parents
    bool bulk_takes_checksum = true;          ///< OC-Checksum in a bulk part; earlier only X-File-MD5
    bool lists_upload_home = false;           ///< PROPFIND Depth 1 on uploads/<user>
    bool user_id_header = true;               ///< X-User-Id on authenticated DAV answers
    bool owner_headers = true;                ///< X-NC-OwnerId and X-NC-Permissions after a PUT
    bool gives_no_file_an_id = true;          ///< a partial name that is not there has the file id -1; earlier none
    bool mkcol_locks = true;                  ///< the loser of two MKCOLs may hear 423; earlier 405
    bool checks_quota_of_chunks = true;       ///< 507 to a chunk; earlier only to the MOVE
    bool says_missing_bytes = false;          ///< the 507 counts them
    bool doubles_root_slash = false;          ///< "File with name //a.txt could not be located"
    bool bulk_explains_forbidden = false;     ///< the message of ".htaccess" in a batch is not empty
    bool anonymous_ocs_xml = false;           ///< the 401 of OCS is XML whatever was asked for
    bool limits_shares = true;                ///< twenty new shares in ten minutes
    bool takes_address_for_account = true;    ///< a share with an e-mail address is made, and nobody gets it
    bool confirms_passwords = true;           ///< no app password may manage groups
    bool date_ends_the_day = true;            ///< an expiry at 23:59:59; earlier at 00:00:00
    bool views_without_download = true;       ///< a share without download can be read; earlier 403
    const char* attribute_key = "value";      ///< of a share's attributes; earlier "enabled"
    std::string word_for_account = "account"; ///< in "Please specify a valid … to share with"
    std::int64_t min_mtime = 86401;           ///< a smaller X-OC-MTime is refused after the file was written
    bool companion = false;                   ///< the companion app is installed: capability and endpoints
    std::string pairing_secret;               ///< of the companion app with its service; empty: not paired
    enum class BulkName { file_fails, batch_fails };
    BulkName bulk_partial_name = BulkName::file_fails; ///< what "x.part" does to a batch
};

/// The release of a major version: 28, 29, 32, 33 or 34. Throws std::invalid_argument for any other.
[[nodiscard]] ServerRelease server_release(int major);

} // namespace passerelle::fakes
