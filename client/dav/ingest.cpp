// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/ingest.hpp"

#include "client/dav/bulk_body.hpp"
#include "client/dav/errors.hpp"
#include "client/http/pairing.hpp"
#include "client/http/status.hpp"
#include "core/reason_codes.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace passerelle::dav {
namespace {

using Json = nlohmann::json;
using Outcomes = std::vector<Result<Uploaded>>;

Error not_in_batch(std::string detail) {
    return Error(ErrorKind::retryable, codes::upload_not_in_batch, std::move(detail));
}

std::string text_of(const Json& entry, const char* name) {
    const auto found = entry.find(name);
    return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string number_of(const Json& entry, const char* name) {
    const auto found = entry.find(name);
    return found != entry.end() && found->is_number_unsigned() ? std::to_string(found->get<std::uint64_t>())
                                                               : std::string();
}

/// {"ocs":{"meta":{…},"data":{"files":[{"path":"a/b.txt","status":"stored","fileid":7,"etag":"…","sha256":"…"},
///  {"path":"c","status":"refused","error":"exists","message":""}]}}}
Result<std::vector<Json>> parse_answer(std::string_view body) {
    const Json json = Json::parse(body, nullptr, false);
    static const Json::json_pointer kFiles("/ocs/data/files");
    if (json.is_discarded() || !json.contains(kFiles) || !json.at(kFiles).is_array())
        return bad_answer("the ingest endpoint's answer lists no files");
    return json.at(kFiles).get<std::vector<Json>>();
}

Result<Uploaded> outcome_of(const Json& entry, const FileUpload& file) {
    if (!entry.is_object()) return not_in_batch("the server's answer is no object");
    const std::string status = text_of(entry, "status");
    if (status == "refused") return not_in_batch(text_of(entry, "error") + ": " + text_of(entry, "message"));
    const Uploaded uploaded{text_of(entry, "etag"), number_of(entry, "fileid"), VerifiedBy::sha256};
    if (!file.content && status == "folder") return uploaded;
    const bool there = status == "stored" || status == "present";
    // The server hashed what it wrote; its word counts only for the bytes that were meant.
    if (!file.content || !there || text_of(entry, "sha256") != file.sha256) return not_in_batch("status " + status);
    return uploaded;
}

/// 400 ends at the place where the server could not go on, and lists what came before. 403 refuses the app password, or
/// the secret of a service that was paired anew since: all the same by WebDAV the files may come.
Result<std::vector<Json>> send_batch(const Endpoint& endpoint, std::span<const FileUpload> files,
                                     std::stop_token stop) {
    const auto body = std::make_shared<const BulkBody>(endpoint, files, BatchReader::ingest);
    http::Request request;
    request.method = "POST";
    request.target = endpoint.ingest();
    request.headers.set("OCS-APIRequest", "true");
    request.headers.set("Content-Type", body->content_type());
    request.body = body;
    http::show_pairing(endpoint.site().pairing_secret, request);
    auto response = endpoint.send(request, std::move(stop));
    if (!response) return failure(response);
    if (response->status == 403) {
        const Json refused = {{"status", "refused"}, {"error", "not_allowed"}};
        return std::vector<Json>(files.size(), refused);
    }
    if (!http::is_success(response->status) && response->status != 400) return http::error_of(*response, body->size());
    auto answer = parse_answer(response->body);
    if (!answer && response->status == 400) return http::error_of(*response, body->size());
    return answer;
}

} // namespace

Result<Outcomes> put_ingest(const Endpoint& endpoint, std::span<const FileUpload> files, std::stop_token stop) {
    std::vector<FileUpload> fitting;
    std::copy_if(files.begin(), files.end(), std::back_inserter(fitting), fits_bulk);
    std::vector<Json> answer;
    if (!fitting.empty()) {
        auto sent = send_batch(endpoint, fitting, std::move(stop));
        if (!sent) return failure(sent);
        answer = std::move(*sent);
    }
    Outcomes outcomes;
    outcomes.reserve(files.size());
    std::size_t at = 0; // the answer keeps the parts' order
    for (const FileUpload& file : files) {
        if (!fits_bulk(file))
            outcomes.emplace_back(not_in_batch("the path cannot stand in a header"));
        else if (at == answer.size())
            outcomes.emplace_back(not_in_batch("the server's answer ends before it"));
        else
            outcomes.push_back(outcome_of(answer[at++], file));
    }
    return outcomes;
}

} // namespace passerelle::dav
