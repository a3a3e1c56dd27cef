// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/transport.hpp"
#include "core/secret.hpp"
#include "core/units.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace passerelle::dav {

enum class BulkChecksum { md5, sha256 };

/// Whose files, and what this server minds. A value.
struct Site {
    std::string
        root; ///< the path of the server's root, percent-encoded, without a slash at its end: "" or "/nextcloud"
    std::string user_id;
    std::int64_t min_mtime = 1;                        ///< earlier times are refused, so they are sent as this one
    std::uint64_t max_chunk_bytes = 100 * kMiB;        ///< of a chunked upload
    BulkChecksum bulk_checksum = BulkChecksum::sha256; ///< which one /dav/bulk verifies
    Secret pairing_secret{};                           ///< for the companion app; empty: not paired
};

/// Where one user's files live and how to reach them. A value; the transport must outlive it.
class Endpoint {
  public:
    Endpoint(http::Transport& transport, Site site) : transport_(&transport), site_(std::move(site)) {}

    [[nodiscard]] const Site& site() const { return site_; }
    /// Request targets, percent-encoded.
    [[nodiscard]] std::string file(std::string_view path) const;
    [[nodiscard]] std::string upload(std::string_view id, std::string_view chunk = {}) const;
    [[nodiscard]] std::string bulk() const;
    /// The companion app's batch endpoint.
    [[nodiscard]] std::string ingest() const;
    /// A moment as X-OC-MTime wants it. A server that dislikes it answers 500 after it has written the file.
    [[nodiscard]] std::string mtime(Timestamp moment) const;

    [[nodiscard]] Result<http::Response> send(const http::Request& request, std::stop_token stop) const {
        return transport_->send(request, std::move(stop));
    }

  private:
    http::Transport* transport_;
    Site site_;
};

} // namespace passerelle::dav
