// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/dav/endpoint.hpp"
#include "client/dav/types.hpp"
#include "client/http/transport.hpp"
#include "core/hash.hpp"
#include "core/reason_codes.hpp"

#include <deque>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace passerelle::dav {

/// Answers requests from a list, in its order, and keeps what was sent. After a lost answer or a 500 it does as the
/// retry decorator: it asks whether the request arrived, sends it again if not, and believes no 404 or 412 before
/// asking.
class ScriptedTransport final : public http::Transport {
  public:
    struct Sent {
        std::string line; ///< "PUT /remote.php/dav/…"
        http::Headers headers;
        std::string body;
        std::string header(std::string_view name) const { return std::string(headers.find(name).value_or("(none)")); }
    };
    using HeaderList = std::vector<std::pair<std::string, std::string>>;

    ScriptedTransport& answer(int status, std::string body = {}, const HeaderList& headers = {}) {
        http::Response response;
        response.status = status;
        response.body = std::move(body);
        for (const auto& [name, value] : headers)
            response.headers.set(name, value);
        script_.emplace_back(std::move(response));
        return *this;
    }
    ScriptedTransport& lose_answer() {
        script_.emplace_back(Error(ErrorKind::retryable, codes::server_connection_lost, "cut"));
        return *this;
    }
    ScriptedTransport& give_up() {
        script_.emplace_back(Error(ErrorKind::retryable, codes::server_unreachable, "nobody there"));
        return *this;
    }

    Result<http::Response> send(const http::Request& request, std::stop_token stop) override {
        bool doubtful = false;
        while (true) {
            auto answer = next(request);
            const bool echo = answer && (answer->status == 404 || answer->status == 412);
            const bool lost = answer ? answer->status == 500 : answer.error().code == codes::server_connection_lost;
            doubtful = doubtful || lost;
            if (!request.arrived || !doubtful || !(lost || echo)) return answer;
            auto arrived = request.arrived(stop);
            if (!arrived) return failure(arrived);
            if (*arrived) return std::move(**arrived);
            if (echo) return answer;
        }
    }

    std::vector<std::string> lines() const {
        std::vector<std::string> all;
        for (const Sent& one : sent)
            all.push_back(one.line);
        return all;
    }
    bool finished() const { return script_.empty(); }

    std::vector<Sent> sent;

  private:
    Result<http::Response> next(const http::Request& request) {
        sent.push_back({request.method + " " + request.target, request.headers, body_of(request)});
        if (script_.empty()) {
            ADD_FAILURE() << "not in the script: " << sent.back().line;
            return Error(ErrorKind::job, codes::job_stopped, "end of the script");
        }
        Result<http::Response> answer = std::move(script_.front());
        script_.pop_front();
        return answer;
    }

    static std::string body_of(const http::Request& request) {
        if (!request.body) return {};
        auto bytes = read_all(*request.body, request.body->size());
        return bytes ? *bytes : "unreadable: " + bytes.error().code;
    }

    std::deque<Result<http::Response>> script_;
};

inline FileUpload upload_of(std::string path, std::string bytes) {
    FileUpload file;
    file.path = std::move(path);
    file.sha256 = sha256_hex(bytes);
    Hasher md5(HashAlgorithm::md5);
    md5.update(bytes);
    file.md5 = md5.finish();
    file.content = std::make_shared<MemoryContent>(std::move(bytes));
    file.modified = from_epoch(1'400'000'000);
    return file;
}

/// One <d:response> of a file.
inline std::string file_response(const std::string& href, std::uint64_t bytes, const std::string& id = "7") {
    return fmt::format(
        "<d:response><d:href>{}</d:href><d:propstat><d:prop><d:resourcetype/>"
        "<d:getcontentlength>{}</d:getcontentlength><d:getetag>&quot;e{}&quot;</d:getetag>"
        "<oc:fileid>{}</oc:fileid></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>",
        href, bytes, id, id);
}

inline std::string folder_response(const std::string& href) {
    return fmt::format(
        "<d:response><d:href>{}</d:href><d:propstat><d:prop><d:resourcetype><d:collection/></d:resourcetype>"
        "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>",
        href);
}

inline std::string multistatus(const std::string& responses) {
    return "<?xml version=\"1.0\"?><d:multistatus xmlns:d=\"DAV:\" xmlns:oc=\"http://owncloud.org/ns\" "
           "xmlns:nc=\"http://nextcloud.org/ns\">" +
           responses + "</d:multistatus>";
}

inline std::string error_body(const std::string& exception, const std::string& message) {
    return fmt::format("<?xml version=\"1.0\"?><d:error xmlns:d=\"DAV:\" xmlns:s=\"http://sabredav.org/ns\">"
                       "<s:exception>{}</s:exception><s:message>{}</s:message></d:error>",
                       exception, message);
}

inline constexpr const char* kFiles = "/remote.php/dav/files/alice";

} // namespace passerelle::dav
