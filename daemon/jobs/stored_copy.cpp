// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/stored_copy.hpp"

namespace passerelle::jobs {

Result<std::optional<nextcloud::Uploaded>> find_stored_copy(nextcloud::Nextcloud& server, const std::string& path,
                                                            std::uint64_t size, const std::string& sha256,
                                                            const std::stop_token& stop) {
    using Copy = std::optional<nextcloud::Uploaded>;
    auto entry = server.find(path, stop);
    if (!entry) return failure(entry);
    if (!*entry || (*entry)->folder || (*entry)->size != size) return Copy{};
    auto stored = server.stored_sha256(path, stop);
    if (!stored) return failure(stored);
    if (*stored != sha256) return Copy{};
    return Copy{nextcloud::Uploaded{(*entry)->etag, (*entry)->file_id, nextcloud::VerifiedBy::sha256}};
}

} // namespace passerelle::jobs
