// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/writing.hpp"

#include "client/dav/answers.hpp"
#include "client/dav/files.hpp"
#include "client/dav/same_file.hpp"
#include "core/reason_codes.hpp"

#include <fmt/format.h>
#include <optional>

namespace passerelle::dav {

void describe(http::Request& request, const Endpoint& endpoint, const FileUpload& file) {
    request.headers.set("X-OC-MTime", endpoint.mtime(file.modified));
    if (file.created) request.headers.set("X-OC-CTime", endpoint.mtime(*file.created));
    request.headers.set("OC-Checksum", "SHA256:" + file.sha256);
    request.headers.set("X-Hash", "sha256");
}

Result<http::Response> send_once(const Endpoint& endpoint, http::Request request, const FileUpload& file,
                                 std::stop_token stop) {
    request.arrived = [&endpoint, &file](std::stop_token token) -> Result<std::optional<http::Response>> {
        auto same = find_same(endpoint, file, std::move(token));
        if (!same) return failure(same);
        if (!*same) return std::nullopt;
        return as_response(**same, file.sha256);
    };
    return endpoint.send(request, std::move(stop));
}

Result<Uploaded> verified(const Endpoint& endpoint, const http::Response& response, const FileUpload& file,
                          std::stop_token stop) {
    Uploaded uploaded = uploaded_from(response);
    std::optional<std::string> digest = confirmed_sha256(response);
    if (!digest) { // object storage assembles chunks by itself, and the answer has no digest
        auto stored = stored_sha256(endpoint, file.path, stop);
        if (!stored) return failure(stored);
        digest = std::move(*stored);
    }
    if (*digest == file.sha256) return uploaded;
    Error mismatch(ErrorKind::retryable, codes::upload_hash_mismatch,
                   fmt::format("sent {}, stored {}", file.sha256, *digest));
    // What a replaced file was before is among its versions: it stays a file that somebody can turn back.
    if (uploaded.etag.empty() || !file.replaces.empty()) return mismatch;
    auto removed = remove(endpoint, file.path, stop, uploaded.etag);
    if (!removed) mismatch.message += fmt::format("; not removed: {}", removed.error().message);
    return mismatch;
}

} // namespace passerelle::dav
