// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/bulk.hpp"

#include "client/dav/bulk_answer.hpp"
#include "client/dav/bulk_body.hpp"
#include "client/dav/errors.hpp"
#include "client/dav/same_file.hpp"
#include "client/http/status.hpp"
#include "core/reason_codes.hpp"

#include <algorithm>
#include <optional>

namespace passerelle::dav {
namespace {

using Outcomes = std::vector<Result<Uploaded>>;

Error not_in_batch(std::string detail) {
    return Error(ErrorKind::retryable, codes::upload_not_in_batch, std::move(detail));
}

/// What of the batch stands on the server, in the words of the endpoint's answer.
Result<BulkAnswer> look_up(const Endpoint& endpoint, std::span<const FileUpload> files, std::stop_token stop) {
    auto found = find_same(endpoint, files, std::move(stop));
    if (!found) return failure(found);
    BulkAnswer answer;
    for (std::size_t i = 0; i < files.size(); ++i)
        if ((*found)[i]) answer[bulk_path(files[i])] = {false, {}, (*found)[i]->etag, (*found)[i]->file_id};
    return answer;
}

/// Reads the answer. 400 stops at the first file whose digest is wrong and still lists those before it. 500 says
/// nothing at all: up to 32 one forbidden name throws the answer away, with files already written.
Result<BulkAnswer> answer_of(const Endpoint& endpoint, const http::Response& response,
                             std::span<const FileUpload> files, std::uint64_t sent_bytes, std::stop_token stop) {
    if (response.status == 500) {
        auto found = look_up(endpoint, files, std::move(stop));
        if (found) return found;
        return http::error_of(response, sent_bytes);
    }
    if (!http::is_success(response.status) && response.status != 400) return http::error_of(response, sent_bytes);
    auto answer = parse_bulk_answer(response.body);
    if (!answer && response.status == 400) return http::error_of(response, sent_bytes);
    return answer;
}

Result<Uploaded> outcome_of(const BulkAnswer& answer, const FileUpload& file, VerifiedBy verified_by) {
    const auto entry = answer.find(bulk_path(file));
    if (entry == answer.end()) return not_in_batch("the server's answer does not name it");
    if (entry->second.error) return not_in_batch(entry->second.message);
    return Uploaded{entry->second.etag, entry->second.file_id, verified_by};
}

/// Sends what fits into a batch.
Result<BulkAnswer> send_batch(const Endpoint& endpoint, std::span<const FileUpload> files, bool& looked_up,
                              std::stop_token stop) {
    const auto body = std::make_shared<const BulkBody>(endpoint, files);
    http::Request request;
    request.method = "POST";
    request.target = endpoint.bulk();
    request.headers.set("Content-Type", body->content_type());
    request.body = body;
    request.arrived = [&](std::stop_token token) -> Result<std::optional<http::Response>> {
        auto found = look_up(endpoint, files, std::move(token));
        if (!found) return failure(found);
        if (found->empty()) return std::nullopt;
        looked_up = true;
        http::Response response;
        response.status = 200;
        response.body = to_json(*found);
        return response;
    };
    auto response = endpoint.send(request, stop);
    if (!response) return failure(response);
    looked_up = looked_up || response->status == 500;
    return answer_of(endpoint, *response, files, body->size(), std::move(stop));
}

} // namespace

Result<Outcomes> put_bulk(const Endpoint& endpoint, std::span<const FileUpload> files, std::stop_token stop) {
    std::vector<FileUpload> fitting;
    std::copy_if(files.begin(), files.end(), std::back_inserter(fitting), fits_bulk);
    BulkAnswer answer;
    bool looked_up = false;
    if (!fitting.empty()) {
        auto sent = send_batch(endpoint, fitting, looked_up, std::move(stop));
        if (!sent) return failure(sent);
        answer = std::move(*sent);
    }
    // A look-up compares SHA-256 whatever digest the endpoint takes.
    const bool by_md5 = endpoint.site().bulk_checksum == BulkChecksum::md5 && !looked_up;
    Outcomes outcomes;
    outcomes.reserve(files.size());
    for (const FileUpload& file : files)
        outcomes.push_back(outcome_of(answer, file, by_md5 ? VerifiedBy::md5 : VerifiedBy::sha256));
    return outcomes;
}

} // namespace passerelle::dav
