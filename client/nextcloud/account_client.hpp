// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/dav/endpoint.hpp"
#include "client/http/transport.hpp"
#include "client/http/url.hpp"
#include "client/nextcloud/nextcloud.hpp"
#include "client/nextcloud/sharing_client.hpp"
#include "client/nextcloud/team_folders_client.hpp"
#include "client/ocs/api.hpp"

#include <memory>
#include <string>

namespace passerelle::nextcloud {

/// Nextcloud over a transport that retries by itself: every call is one of the dav or ocs room's.
class AccountClient final : public Nextcloud {
  public:
    /// `server` is what the transport speaks to.
    AccountClient(std::unique_ptr<http::Transport> transport, http::Url server, ServerProfile profile,
                  const ocs::User& user, const Secret& pairing_secret = {});

    [[nodiscard]] const ServerProfile& profile() const override { return profile_; }
    [[nodiscard]] const std::string& user_id() const override { return endpoint_.site().user_id; }
    Result<Quota> quota(std::stop_token stop) override;
    [[nodiscard]] Sharing& sharing() override { return sharing_; }
    [[nodiscard]] TeamFolders& team_folders() override { return team_folders_; }
    Result<std::optional<RemoteEntry>> find(const std::string& path, std::stop_token stop) override;
    Result<std::optional<std::vector<RemoteEntry>>> list(const std::string& folder, std::stop_token stop) override;
    Result<std::string> stored_sha256(const std::string& path, std::stop_token stop) override;
    Result<std::string> read_range(const std::string& path, const std::string& etag, std::uint64_t offset,
                                   std::uint64_t length, std::stop_token stop) override;
    Result<void> make_folder(const std::string& path, std::stop_token stop) override;
    Result<Uploaded> put(const FileUpload& file, std::stop_token stop) override;
    Result<std::vector<Result<Uploaded>>> put_bulk(std::span<const FileUpload> files, std::stop_token stop) override;
    Result<Uploaded> put_chunked(const FileUpload& file, const std::string& upload_id,
                                 const std::function<void(std::uint64_t)>& on_chunk, std::stop_token stop) override;
    Result<void> set_properties(const std::string& path, const Properties& properties, std::stop_token stop) override;
    Result<RemoteEntry> move(const std::string& from, const std::string& to, const std::string& etag,
                             std::stop_token stop) override;
    Result<void> remove(const std::string& path, const std::string& etag, std::stop_token stop) override;

  private:
    std::unique_ptr<http::Transport> transport_;
    ServerProfile profile_;
    dav::Endpoint endpoint_;
    ocs::Api api_;
    SharingClient sharing_;
    TeamFoldersClient team_folders_;
};

} // namespace passerelle::nextcloud
