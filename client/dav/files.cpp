// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/files.hpp"

#include "client/dav/answers.hpp"
#include "client/dav/errors.hpp"
#include "client/dav/propfind.hpp"
#include "client/http/status.hpp"
#include "client/xml/writer.hpp"
#include "core/reason_codes.hpp"

#include <fmt/format.h>

namespace passerelle::dav {
namespace {

RemoteEntry entry_of(const Resource& resource, std::string path) {
    RemoteEntry entry;
    entry.path = std::move(path);
    entry.folder = resource.collection;
    entry.size = resource.length.value_or(resource.size.value_or(0));
    entry.modified = resource.modified.value_or(Timestamp{});
    entry.etag = resource.etag;
    entry.file_id = resource.file_id;
    return entry;
}

/// Whatever ends in ".part" seems to exist: a file of 0 bytes without an id and with an empty etag (seen on 32 and 34).
bool is_ghost(const Resource& resource) {
    return resource.etag.empty() && resource.file_id.empty() && !resource.collection;
}

std::string join(const std::string& folder, const std::string& name) {
    return folder.empty() ? name : folder + "/" + name;
}

Error missing(const std::string& path) {
    return Error(ErrorKind::item, codes::target_missing, path);
}

std::string proppatch_body(const Endpoint& endpoint, const Properties& properties) {
    xml::Writer body;
    body.start("d:propertyupdate").attribute("xmlns:d", std::string(kDavNs));
    body.attribute("xmlns:oc", std::string(kOwncloudNs)).attribute("xmlns:nc", std::string(kNextcloudNs));
    body.start("d:set").start("d:prop");
    if (properties.modified) body.element("d:lastmodified", endpoint.mtime(*properties.modified));
    if (properties.created) body.element("nc:creation_time", endpoint.mtime(*properties.created));
    if (properties.favorite) body.element("oc:favorite", *properties.favorite ? "1" : "0");
    return body.finish();
}

} // namespace

Result<std::optional<RemoteEntry>> find(const Endpoint& endpoint, const std::string& path, std::stop_token stop) {
    auto resources = propfind(endpoint, endpoint.file(path), Depth::self, stop);
    if (!resources) return failure(resources);
    if (!*resources) return std::nullopt;
    if ((*resources)->empty()) return bad_answer("a multistatus without a response");
    const Resource& resource = (*resources)->front();
    if (is_ghost(resource)) return std::nullopt;
    return entry_of(resource, path);
}

Result<std::optional<std::vector<RemoteEntry>>> list(const Endpoint& endpoint, const std::string& folder,
                                                     std::stop_token stop) {
    auto resources = propfind(endpoint, endpoint.file(folder), Depth::children, stop);
    if (!resources) return failure(resources);
    if (!*resources) return std::nullopt;
    std::vector<RemoteEntry> entries;
    for (const Resource& resource : **resources) {
        if (resource.path.empty() && !resource.collection) return std::nullopt; // a file, not a folder
        if (!resource.path.empty()) entries.push_back(entry_of(resource, join(folder, resource.path)));
    }
    return entries;
}

Result<std::string> stored_sha256(const Endpoint& endpoint, const std::string& path, std::stop_token stop) {
    http::Request request;
    request.method = "PATCH";
    request.target = endpoint.file(path);
    request.headers.set("X-Recalculate-Hash", "sha256");
    auto response = endpoint.send(request, stop);
    if (!response) return failure(response);
    if (response->status == 404) return missing(path);
    if (!http::is_success(response->status)) return refusal(*response);
    // OC-Checksum: SHA256:9f86d0…
    const std::string_view checksum = response->headers.find("OC-Checksum").value_or("");
    constexpr std::string_view kPrefix = "SHA256:";
    if (!checksum.starts_with(kPrefix)) return bad_answer("no digest after X-Recalculate-Hash");
    return std::string(checksum.substr(kPrefix.size()));
}

Result<void> make_folder(const Endpoint& endpoint, const std::string& path, std::stop_token stop) {
    http::Request request;
    request.method = "MKCOL";
    request.target = endpoint.file(path);
    auto response = endpoint.send(request, stop);
    if (!response) return failure(response);
    if (http::is_success(response->status)) return {};
    if (response->status != 405) return refusal(*response);
    // 405: something of this name is there already.
    auto there = find(endpoint, path, stop);
    if (!there) return failure(there);
    if (*there && (*there)->folder) return {};
    return Error(ErrorKind::conflict, codes::target_exists, path);
}

Result<void> set_properties(const Endpoint& endpoint, const std::string& path, const Properties& properties,
                            std::stop_token stop) {
    if (!properties.modified && !properties.created && !properties.favorite) return {};
    http::Request request;
    request.method = "PROPPATCH";
    request.target = endpoint.file(path);
    request.headers.set("Content-Type", "application/xml; charset=utf-8");
    request.body = std::make_shared<MemoryContent>(proppatch_body(endpoint, properties));
    auto response = endpoint.send(request, stop);
    if (!response) return failure(response);
    if (response->status == 404) return missing(path);
    if (!http::is_success(response->status)) return refusal(*response);
    auto resources = parse_multistatus(response->body, request.target);
    if (!resources) return failure(resources);
    if (resources->empty()) return bad_answer("a multistatus without a response");
    const auto& refused = resources->front().refused;
    if (refused.empty()) return {};
    return Error(ErrorKind::item, codes::target_properties_refused, fmt::format("{}", fmt::join(refused, ", ")));
}

Result<RemoteEntry> move(const Endpoint& endpoint, const std::string& from, const std::string& to,
                         const std::string& etag, std::stop_token stop) {
    http::Request request;
    request.method = "MOVE";
    request.target = endpoint.file(from);
    request.headers.set("Destination", endpoint.file(to));
    request.headers.set("Overwrite", "F");
    request.headers.set("If-Match", quoted_etag(etag));
    request.arrived = [&](std::stop_token token) -> Result<std::optional<http::Response>> {
        auto there = find(endpoint, to, std::move(token));
        if (!there) return failure(there);
        if (!*there || (*there)->etag != etag) return std::nullopt; // a move keeps the etag
        http::Response response;
        response.status = 201;
        return response;
    };
    auto response = endpoint.send(request, stop);
    if (!response) return failure(response);
    if (response->status == 404) return missing(from);
    if (!http::is_success(response->status) && response->status != 412) return refusal(*response);
    auto there = find(endpoint, to, stop);
    if (!there) return failure(there);
    if (response->status != 412) {
        if (!*there) return bad_answer("moved, and not there");
        return std::move(**there);
    }
    if (*there) return Error(ErrorKind::conflict, codes::target_exists, to);
    auto source = find(endpoint, from, stop); // 412 is also the answer where there is nothing to be moved
    if (!source) return failure(source);
    return *source ? changed(from) : missing(from);
}

Result<void> remove(const Endpoint& endpoint, const std::string& path, std::stop_token stop, const std::string& etag) {
    http::Request request;
    request.method = "DELETE";
    request.target = endpoint.file(path);
    if (!etag.empty()) request.headers.set("If-Match", quoted_etag(etag));
    auto response = endpoint.send(request, stop);
    if (!response) return failure(response);
    if (http::is_success(response->status) || response->status == 404) return {};
    if (response->status != 412) return refusal(*response);
    auto there = find(endpoint, path, stop); // 412 is also the answer where there is nothing to be removed
    if (!there) return failure(there);
    if (!*there) return {};
    return changed(path);
}

} // namespace passerelle::dav
