// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/propfind.hpp"

#include "client/dav/errors.hpp"
#include "client/http/status.hpp"
#include "client/xml/writer.hpp"

namespace passerelle::dav {
namespace {

std::string propfind_body() {
    xml::Writer body;
    body.start("d:propfind").attribute("xmlns:d", std::string(kDavNs)).attribute("xmlns:oc", std::string(kOwncloudNs));
    body.start("d:prop");
    for (const char* name : {"d:resourcetype", "d:getlastmodified", "d:getcontentlength", "d:getetag",
                             "d:quota-used-bytes", "d:quota-available-bytes", "oc:fileid", "oc:size", "oc:checksums"})
        body.element(name);
    return body.finish();
}

} // namespace

Result<std::optional<std::vector<Resource>>> propfind(const Endpoint& endpoint, const std::string& target, Depth depth,
                                                      std::stop_token stop) {
    http::Request request;
    request.method = "PROPFIND";
    request.target = target;
    request.headers.set("Depth", depth == Depth::self ? "0" : "1");
    request.headers.set("Content-Type", "application/xml; charset=utf-8");
    request.body = std::make_shared<MemoryContent>(propfind_body());
    auto response = endpoint.send(request, stop);
    if (!response) return failure(response);
    if (response->status == 404) return std::nullopt;
    if (response->status != 207)
        return http::is_success(response->status) ? bad_answer("no multistatus") : refusal(*response);
    auto resources = parse_multistatus(response->body, target);
    if (!resources) return failure(resources);
    return std::move(*resources);
}

} // namespace passerelle::dav
