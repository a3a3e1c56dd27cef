// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/packing.hpp"

#include "core/hash.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <random>

namespace passerelle::jobs {
namespace {

std::string new_upload_id() {
    std::random_device device;
    const auto word = [&] { return (std::uint64_t{device()} << 32) | device(); };
    return fmt::format("passerelle-{:016x}{:016x}", word(), word());
}

std::string md5_of(const std::string& bytes) {
    Hasher hasher(HashAlgorithm::md5);
    hasher.update(bytes);
    return hasher.finish();
}

} // namespace

Outgoing Packing::pack(std::shared_ptr<ItemInWork> work, journal::Role role, std::string target,
                       std::shared_ptr<const Content> content, std::string sha256) const {
    Outgoing outgoing;
    outgoing.role = role;
    outgoing.file.path = std::move(target);
    outgoing.file.modified = work->item.modified.value_or(undated_);
    outgoing.file.created = work->item.created;
    const auto& replaces = work->item.replaces;
    if (const auto standing = replaces.find(outgoing.file.path); standing != replaces.end())
        outgoing.file.replaces = standing->second;
    outgoing.method = method_for(*content, outgoing.file);
    if (const auto* memory = dynamic_cast<const MemoryContent*>(content.get());
        memory != nullptr && outgoing.method == journal::Method::bulk && wants_md5())
        outgoing.file.md5 = md5_of(memory->bytes());
    if (outgoing.method == journal::Method::chunked) {
        for (const auto& earlier : work->item.uploads)
            if (earlier.role == role) outgoing.upload_id = earlier.upload_id;
        if (outgoing.upload_id.empty()) outgoing.upload_id = new_upload_id();
    }
    outgoing.file.content = std::move(content);
    outgoing.file.sha256 = std::move(sha256);
    outgoing.work = std::move(work);
    return outgoing;
}

Outgoing Packing::pack_folder(std::shared_ptr<ItemInWork> work) const {
    Outgoing outgoing;
    outgoing.file.path = work->item.target;
    outgoing.work = std::move(work);
    return outgoing;
}

journal::Method Packing::method_for(const Content& content, const nextcloud::FileUpload& file) const {
    if (content.size() > profile_->max_chunk_bytes) return journal::Method::chunked;
    if (!file.replaces.empty()) return journal::Method::put; // batches know no conditions
    if (profile_->ingest && content.size() <= std::min(kIngestFileBytes, profile_->ingest->max_batch_bytes))
        return journal::Method::ingest;
    // A bulk request carries no creation time, and what it carries is held in memory here and on the server.
    const bool in_memory = dynamic_cast<const MemoryContent*>(&content) != nullptr;
    if (profile_->bulk && in_memory && !file.created) return journal::Method::bulk;
    return journal::Method::put;
}

} // namespace passerelle::jobs
