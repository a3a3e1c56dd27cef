// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/nextcloud/server_profile.hpp"

#include "client/ocs/server_info.hpp"
#include "core/reason_codes.hpp"
#include "core/units.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::nextcloud {
namespace {

constexpr int kOldest = 28;

std::vector<std::string> lower_case(std::vector<std::string> texts) {
    for (auto& text : texts)
        for (char& c : text)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return texts;
}

NameRules name_rules(const ocs::Capabilities& told) {
    NameRules rules;
    // 28 and 29 name `blacklisted_files` alone; the rest they enforce without saying so.
    rules.forbidden_names = lower_case(
        told.forbidden_filenames.value_or(told.blacklisted_files.value_or(std::vector<std::string>{".htaccess"})));
    rules.forbidden_basenames = lower_case(told.forbidden_basenames.value_or(std::vector<std::string>{}));
    rules.forbidden_characters = told.forbidden_characters.value_or(std::vector<std::string>{"\\", "/"});
    rules.forbidden_extensions =
        lower_case(told.forbidden_extensions.value_or(std::vector<std::string>{".filepart", ".part"}));
    rules.windows_compatible = told.windows_compatible_filenames;
    rules.max_name_bytes = told.major < 32 ? 248 : 250; // 249 and 250 answer 500 on 28 and 29
    return rules;
}

/// A server without word on it, or with a word that makes no sense, takes chunks of the default size.
std::uint64_t chunk_bytes(const ocs::Capabilities& told, std::uint64_t usual) {
    if (!told.chunk_max_bytes || *told.chunk_max_bytes <= 0) return usual;
    return std::clamp<std::uint64_t>(static_cast<std::uint64_t>(*told.chunk_max_bytes), kMiB, kGiB);
}

/// Version 1 of the endpoint, whatever its minor version. Limits that make no sense are as good as no endpoint.
std::optional<Ingest> ingest_of(const ocs::Capabilities& told) {
    if (!told.ingest.starts_with("1.")) return std::nullopt;
    const std::int64_t bytes = told.ingest_max_bytes.value_or(0);
    const std::int64_t parts = told.ingest_max_parts.value_or(0);
    if (bytes < static_cast<std::int64_t>(kMiB) || parts < 1) return std::nullopt;
    return Ingest{static_cast<std::uint64_t>(bytes), static_cast<std::size_t>(parts)};
}

std::optional<SharingBatches> sharing_of(const ocs::Capabilities& told) {
    if (!told.sharing.starts_with("1.")) return std::nullopt;
    const std::int64_t shares = told.sharing_max_shares.value_or(0);
    const std::int64_t addresses = told.sharing_max_addresses.value_or(0);
    if (shares < 1 || addresses < 1) return std::nullopt;
    return SharingBatches{static_cast<std::size_t>(shares), static_cast<std::size_t>(addresses)};
}

} // namespace

Result<ServerProfile> profile_of(const ocs::Status& status, const ocs::Capabilities& told) {
    ServerProfile profile;
    profile.version = {told.major, told.minor, told.micro};
    if (told.major < kOldest) {
        const std::string version = fmt::format("{}.{}.{}", told.major, told.minor, told.micro);
        return Error(ErrorKind::job, codes::server_too_old, version, {{"version", version}});
    }
    profile.product_name = told.product_name.empty() ? status.product_name : told.product_name;
    profile.maintenance = status.maintenance;
    profile.names = name_rules(told);
    if (told.bulk_upload) profile.bulk = told.major < 32 ? BulkChecksum::md5 : BulkChecksum::sha256;
    profile.ingest = ingest_of(told);
    profile.sharing = sharing_of(told);
    profile.max_chunk_bytes = chunk_bytes(told, profile.max_chunk_bytes);
    profile.max_parallel_chunks = static_cast<int>(
        std::clamp<std::int64_t>(told.chunk_max_parallel.value_or(profile.max_parallel_chunks), 1, 20));
    profile.auto_mkcol = told.major >= 32;
    profile.views_without_download = told.major >= 32;
    if (told.major < 30) profile.share_attribute_key = "enabled";
    return profile;
}

} // namespace passerelle::nextcloud
