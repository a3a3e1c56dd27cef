// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/content.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace passerelle::fakes {

/// Header fields in their order; names compare without case. A value.
using Fields = std::vector<std::pair<std::string, std::string>>;

[[nodiscard]] std::optional<std::string> find_field(const Fields& fields, std::string_view name);

/// A body that has been received whole. A value.
struct ReceivedBody {
    std::shared_ptr<const Content> content; ///< never null
    std::string sha256;
    std::string md5;
};

/// A request after its body has arrived, as the web server in front of Nextcloud hands it on. A value.
struct HttpRequest {
    std::string method;
    std::string path;  ///< percent-decoded, without the query
    std::string query; ///< as sent, without the question mark
    Fields headers;
    ReceivedBody body;
    std::shared_ptr<void> kept; ///< what Reception::kept was: the handler's own, alive as long as the request

    [[nodiscard]] std::optional<std::string> header(std::string_view name) const { return find_field(headers, name); }
    /// The whole body; only for bodies that fit in memory.
    [[nodiscard]] std::string text() const;
};

/// An answer. A value.
struct HttpResponse {
    int status = 200;
    std::string reason; ///< empty: the usual phrase of the status
    Fields headers;
    std::string body;
    std::shared_ptr<const Content> content; ///< sent instead of `body` where set
    bool chunked = false;                   ///< `body` goes without a length, as PHP's output does

    /// Adds a field, replacing one of the same name.
    HttpResponse& set(std::string name, std::string value);
};

/// Percent-decodes a path or a form value ('+' stays a plus).
[[nodiscard]] std::string percent_decode(std::string_view text);

/// Percent-encodes a path as Nextcloud writes it into <d:href>: lower-case digits, slashes kept.
[[nodiscard]] std::string href_encode(std::string_view path);

/// "Tue, 13 May 2014 16:53:20 GMT" from seconds since 1970.
[[nodiscard]] std::string http_date(std::int64_t epoch_seconds);

} // namespace passerelle::fakes
