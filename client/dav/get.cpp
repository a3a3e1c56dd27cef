// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/get.hpp"

#include "client/dav/answers.hpp"
#include "client/dav/errors.hpp"
#include "core/reason_codes.hpp"

#include <fmt/format.h>

namespace passerelle::dav {

Result<std::string> read_range(const Endpoint& endpoint, const std::string& path, const std::string& etag,
                               std::uint64_t offset, std::uint64_t length, std::stop_token stop) {
    http::Request request;
    request.method = "GET";
    request.target = endpoint.file(path);
    request.headers.set("Range", fmt::format("bytes={}-{}", offset, offset + length - 1));
    request.headers.set("If-Match", quoted_etag(etag));
    request.max_response_bytes = length;
    auto response = endpoint.send(request, std::move(stop));
    if (!response) return failure(response);
    switch (response->status) {
    case 206:
        if (const auto range = response->headers.find("Content-Range");
            !range || !range->starts_with(fmt::format("bytes {}-", offset)))
            return bad_answer("a range that was not asked for");
        return std::move(response->body);
    case 200: // a proxy that knows no ranges sends the whole file
        if (offset == 0) return std::move(response->body);
        return bad_answer("the whole file instead of a range");
    case 404:
        return Error(ErrorKind::item, codes::target_missing, path);
    case 412:
    case 416:
        return changed(path);
    default:
        return refusal(*response);
    }
}

} // namespace passerelle::dav
