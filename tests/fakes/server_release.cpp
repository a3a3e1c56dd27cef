// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/server_release.hpp"

#include <stdexcept>

namespace passerelle::fakes {
namespace {

ServerRelease release_33() {
    ServerRelease release;
    release.major = 33;
    release.version = "33.0.2";
    release.full_version = "33.0.2.1";
    release.lists_upload_home = true;
    release.user_id_header = false;
    release.owner_headers = false;
    release.mkcol_locks = false;
    release.gives_no_file_an_id = false;
    release.says_missing_bytes = true;
    release.doubles_root_slash = true;
    release.bulk_explains_forbidden = true;
    release.confirms_passwords = false;
    return release;
}

ServerRelease release_32() {
    ServerRelease release = release_33();
    release.major = 32;
    release.version = "32.0.2";
    release.full_version = "32.0.2.2";
    release.forbidden_name_status = 400;
    release.bulk_partial_name = ServerRelease::BulkName::batch_fails;
    return release;
}

ServerRelease release_29() {
    ServerRelease release = release_32();
    release.major = 29;
    release.version = "29.0.0";
    release.full_version = "29.0.0.19";
    release.storable_name_bytes = 248;
    release.forbidden_name_status = 403;
    release.forbidden_folder_status = 403;
    release.partial_name_status = 423;
    release.advertises_name_rules = false;
    release.advertises_chunk_limits = false;
    release.auto_mkcol = false;
    release.bulk_takes_checksum = false;
    release.checks_quota_of_chunks = false;
    release.anonymous_ocs_xml = true;
    release.limits_shares = false;
    release.takes_address_for_account = false;
    release.date_ends_the_day = false;
    release.views_without_download = false;
    release.attribute_key = "enabled";
    return release;
}

ServerRelease release_28() {
    ServerRelease release = release_29();
    release.major = 28;
    release.version = "28.0.2";
    release.full_version = "28.0.2.5";
    release.word_for_account = "user";
    return release;
}

} // namespace

ServerRelease server_release(int major) {
    switch (major) {
    case 28:
        return release_28();
    case 29:
        return release_29();
    case 32:
        return release_32();
    case 33:
        return release_33();
    case 34:
        return ServerRelease{};
    default:
        throw std::invalid_argument("no such release: " + std::to_string(major));
    }
}

} // namespace passerelle::fakes
