// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/dav/endpoint.hpp"
#include "client/dav/types.hpp"
#include "client/http/transport.hpp"
#include "core/result.hpp"

#include <stop_token>

/// What PUT and the MOVE that ends a chunked upload have in common: their headers, what is done when the answer is
/// lost, and the comparison of digests.
namespace passerelle::dav {

/// Sets times, checksum (which the server stores without looking at it) and the wish for a digest of what it wrote.
void describe(http::Request& request, const Endpoint& endpoint, const FileUpload& file);

/// Sends `request`, which ends in `file` being on the server. Wherever a try may have been acted upon without our
/// hearing of it, the file is looked up before anything is sent again or a refusal is believed: 412 to a PUT, or 404 to
/// a MOVE, may well be our own earlier try's doing.
[[nodiscard]] Result<http::Response> send_once(const Endpoint& endpoint, http::Request request, const FileUpload& file,
                                               std::stop_token stop);

/// Takes an answer of success; asks for the digest where the answer has none. Error: `upload.hash_mismatch`, after a
/// new file has been removed, provided that nobody has touched it since.
[[nodiscard]] Result<Uploaded> verified(const Endpoint& endpoint, const http::Response& response,
                                        const FileUpload& file, std::stop_token stop);

} // namespace passerelle::dav
