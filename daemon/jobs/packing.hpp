// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/server_profile.hpp"
#include "core/result.hpp"
#include "core/units.hpp"
#include "daemon/jobs/outgoing.hpp"

#include <memory>
#include <string>

namespace passerelle::jobs {

// What a bulk request may hold in one part, and so what is read into memory: the server holds each part in memory too.
inline constexpr std::uint64_t kBulkFileBytes = 1 * kMiB;

// What the companion app's batches take. A larger file gains nothing there: its bytes cost more than its request.
inline constexpr std::uint64_t kIngestFileBytes = 8 * kMiB;

/// Makes a file ready to leave: chooses how it travels and dates it. A value.
class Packing {
  public:
    /// `undated`: the time of items of which the export does not tell one.
    Packing(const nextcloud::ServerProfile& profile, Timestamp undated) : profile_(&profile), undated_(undated) {}

    [[nodiscard]] Outgoing pack(std::shared_ptr<ItemInWork> work, journal::Role role, std::string target,
                                std::shared_ptr<const Content> content, std::string sha256) const;
    [[nodiscard]] Outgoing pack_folder(std::shared_ptr<ItemInWork> work) const;

    /// The digest beside SHA-256 that the server wants to see in a bulk request.
    [[nodiscard]] bool wants_md5() const { return !profile_->ingest && profile_->bulk == nextcloud::BulkChecksum::md5; }

  private:
    [[nodiscard]] journal::Method method_for(const Content& content, const nextcloud::FileUpload& file) const;

    const nextcloud::ServerProfile* profile_;
    Timestamp undated_;
};

} // namespace passerelle::jobs
