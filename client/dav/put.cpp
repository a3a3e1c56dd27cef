// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/put.hpp"

#include "client/dav/errors.hpp"
#include "client/dav/writing.hpp"
#include "client/http/status.hpp"

namespace passerelle::dav {

Result<Uploaded> put(const Endpoint& endpoint, const FileUpload& file, std::stop_token stop) {
    http::Request request;
    request.method = "PUT";
    request.target = endpoint.file(file.path);
    request.headers.set("Content-Type", "application/octet-stream");
    request.headers.set("If-None-Match", "*");
    request.body = file.content;
    describe(request, endpoint, file);
    auto response = send_once(endpoint, std::move(request), file, stop);
    if (!response) return failure(response);
    if (!http::is_success(response->status)) return refusal(*response, file.content->size());
    return verified(endpoint, *response, file, stop);
}

} // namespace passerelle::dav
