// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/endpoint.hpp"

#include "client/http/url.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::dav {

std::string Endpoint::file(std::string_view path) const {
    std::string target = fmt::format("{}/remote.php/dav/files/{}", site_.root, http::percent_encode(site_.user_id));
    if (!path.empty()) target += "/" + http::percent_encode_path(path);
    return target;
}

std::string Endpoint::upload(std::string_view id, std::string_view chunk) const {
    std::string target = fmt::format("{}/remote.php/dav/uploads/{}/{}", site_.root, http::percent_encode(site_.user_id),
                                     http::percent_encode(id));
    if (!chunk.empty()) target += "/" + http::percent_encode(chunk);
    return target;
}

std::string Endpoint::bulk() const {
    return site_.root + "/remote.php/dav/bulk";
}

std::string Endpoint::ingest() const {
    return site_.root + "/ocs/v2.php/apps/passerelle/api/v1/ingest?format=json";
}

std::string Endpoint::mtime(Timestamp moment) const {
    return std::to_string(std::max(to_epoch(moment), site_.min_mtime));
}

} // namespace passerelle::dav
