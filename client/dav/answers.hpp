// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/dav/types.hpp"
#include "client/http/transport.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace passerelle::dav {

/// `"5f2b…"` and `W/"5f2b…"` without their quotes; the bulk endpoint sends none.
[[nodiscard]] std::string without_quotes(std::string_view etag);

/// As If-Match wants it.
[[nodiscard]] std::string quoted_etag(std::string_view etag);

/// OC-FileId and bulk's `fileid` are the number, padded to eight digits, and the instance's id ("00000123ocabc…");
/// oc:fileid is the number alone. Answers the number in decimal.
[[nodiscard]] std::string numeric_file_id(std::string_view file_id);

/// What the server says of the bytes that it has just written (X-Hash-SHA256); lower case, nothing where it says
/// nothing.
[[nodiscard]] std::optional<std::string> confirmed_sha256(const http::Response& response);

/// Etag and file id of a PUT or MOVE.
[[nodiscard]] Uploaded uploaded_from(const http::Response& response);
/// The same the other way round: what a PUT or MOVE would have answered, had the answer not been lost.
[[nodiscard]] http::Response as_response(const Uploaded& uploaded, const std::string& sha256);

} // namespace passerelle::dav
