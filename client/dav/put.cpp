// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/put.hpp"

#include "client/dav/answers.hpp"
#include "client/dav/errors.hpp"
#include "client/dav/files.hpp"
#include "client/dav/writing.hpp"
#include "client/http/status.hpp"
#include "core/reason_codes.hpp"

namespace passerelle::dav {
namespace {

/// `target.exists`, unless nothing is there: to If-None-Match a forbidden "x.part" seems to exist.
Error already_there(const Endpoint& endpoint, const http::Response& response, const FileUpload& file,
                    std::stop_token stop) {
    auto there = find(endpoint, file.path, std::move(stop));
    if (!there || *there) return refusal(response);
    return Error(ErrorKind::item, codes::target_name_refused, "HTTP 412, and nothing is there");
}

} // namespace

Result<Uploaded> put(const Endpoint& endpoint, const FileUpload& file, std::stop_token stop) {
    http::Request request;
    request.method = "PUT";
    request.target = endpoint.file(file.path);
    request.headers.set("Content-Type", "application/octet-stream");
    if (file.replaces.empty())
        request.headers.set("If-None-Match", "*");
    else
        request.headers.set("If-Match", quoted_etag(file.replaces));
    request.body = file.content;
    describe(request, endpoint, file);
    auto response = send_once(endpoint, std::move(request), file, stop);
    if (!response) return failure(response);
    if (response->status == 412 && !file.replaces.empty()) return changed(file.path);
    if (response->status == 412) return already_there(endpoint, *response, file, stop);
    if (!http::is_success(response->status)) return refusal(*response, file.content->size());
    return verified(endpoint, *response, file, stop);
}

} // namespace passerelle::dav
