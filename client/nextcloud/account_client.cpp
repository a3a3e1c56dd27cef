// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/nextcloud/account_client.hpp"

#include "client/dav/bulk.hpp"
#include "client/dav/chunked.hpp"
#include "client/dav/files.hpp"
#include "client/dav/get.hpp"
#include "client/dav/ingest.hpp"
#include "client/dav/put.hpp"
#include "core/reason_codes.hpp"

namespace passerelle::nextcloud {
namespace {

dav::Site site_of(std::string root, const ServerProfile& profile, std::string user_id, const Secret& pairing_secret) {
    dav::Site site;
    site.root = std::move(root);
    site.user_id = std::move(user_id);
    site.min_mtime = profile.min_mtime;
    site.max_chunk_bytes = profile.max_chunk_bytes;
    site.pairing_secret = pairing_secret;
    if (profile.bulk == BulkChecksum::md5) site.bulk_checksum = dav::BulkChecksum::md5;
    return site;
}

} // namespace

AccountClient::AccountClient(std::unique_ptr<http::Transport> transport, http::Url server, ServerProfile profile,
                             const ocs::User& user, const Secret& pairing_secret)
    : transport_(std::move(transport)), profile_(std::move(profile)),
      endpoint_(*transport_, site_of(server.path, profile_, user.id, pairing_secret)), api_(*transport_, server),
      sharing_(*transport_, server, {user.id, user.display_name, user.email}, profile_, pairing_secret),
      team_folders_(*transport_, server, endpoint_) {}

Result<Quota> AccountClient::quota(std::stop_token stop) {
    auto user = api_.user(std::move(stop));
    if (!user) return failure(user);
    return Quota{user->free_bytes, user->used_bytes};
}

Result<std::optional<RemoteEntry>> AccountClient::find(const std::string& path, std::stop_token stop) {
    return dav::find(endpoint_, path, std::move(stop));
}

Result<std::optional<std::vector<RemoteEntry>>> AccountClient::list(const std::string& folder, std::stop_token stop) {
    return dav::list(endpoint_, folder, std::move(stop));
}

Result<std::string> AccountClient::stored_sha256(const std::string& path, std::stop_token stop) {
    return dav::stored_sha256(endpoint_, path, std::move(stop));
}

Result<std::string> AccountClient::read_range(const std::string& path, const std::string& etag, std::uint64_t offset,
                                              std::uint64_t length, std::stop_token stop) {
    return dav::read_range(endpoint_, path, etag, offset, length, std::move(stop));
}

Result<void> AccountClient::make_folder(const std::string& path, std::stop_token stop) {
    return dav::make_folder(endpoint_, path, std::move(stop));
}

Result<Uploaded> AccountClient::put(const FileUpload& file, std::stop_token stop) {
    return dav::put(endpoint_, file, std::move(stop));
}

Result<std::vector<Result<Uploaded>>> AccountClient::put_bulk(std::span<const FileUpload> files, std::stop_token stop) {
    if (profile_.ingest) return dav::put_ingest(endpoint_, files, std::move(stop));
    if (!profile_.bulk) return Error(ErrorKind::permanent, codes::upload_not_in_batch, "this server takes no batches");
    return dav::put_bulk(endpoint_, files, std::move(stop));
}

Result<Uploaded> AccountClient::put_chunked(const FileUpload& file, const std::string& upload_id,
                                            const std::function<void(std::uint64_t)>& on_chunk, std::stop_token stop) {
    return dav::put_chunked(endpoint_, file, upload_id, on_chunk, std::move(stop));
}

Result<void> AccountClient::set_properties(const std::string& path, const Properties& properties,
                                           std::stop_token stop) {
    return dav::set_properties(endpoint_, path, properties, std::move(stop));
}

Result<RemoteEntry> AccountClient::move(const std::string& from, const std::string& to, const std::string& etag,
                                        std::stop_token stop) {
    return dav::move(endpoint_, from, to, etag, std::move(stop));
}

Result<void> AccountClient::remove(const std::string& path, const std::string& etag, std::stop_token stop) {
    return dav::remove(endpoint_, path, std::move(stop), etag);
}

} // namespace passerelle::nextcloud
