// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/content.hpp"
#include "core/result.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace passerelle::http {

/// Header fields in the order they were added; names compare without case. A value.
class Headers {
  public:
    void set(std::string name, std::string value);
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }

  private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

struct Response {
    int status = 0;
    Headers headers;
    std::string body; ///< bounded by Request::max_response_bytes
};

/// One request. `target` is the absolute path with the query, already percent-encoded. The body is opened anew for each
/// try.
struct Request {
    std::string method;
    std::string target;
    Headers headers;
    std::shared_ptr<const Content> body; ///< null: none; shared with the caller, who may send the same bytes again
    std::uint64_t max_response_bytes = 64 * 1024 * 1024;
    /// Where somebody above knows how long a limit lasts: 429 is handed on at once instead of being tried again.
    bool hand_back_rate_limit = false;

    /// Asked after an answer was lost (the connection broke after the request left): had the earlier try arrived? An
    /// answer is taken as the request's own; nothing means "it had not, send again". Requests without it are safe to
    /// repeat as they are (GET, PROPFIND, MKCOL, PROPPATCH).
    std::function<Result<std::optional<Response>>(std::stop_token)> arrived;
};

/// Sends requests to one server. Internally locked: any thread may call send().
class Transport {
  public:
    virtual ~Transport() = default;

    /// Sends once and waits for the whole answer, whatever its status. Errors are those of the connection alone:
    /// `server.unreachable` (retryable; nothing was sent), `server.connection_lost` (retryable; the request may have
    /// arrived), `server.timeout` (retryable; may have arrived), `server.certificate` (job), `job.stopped` (job).
    [[nodiscard]] virtual Result<Response> send(const Request& request, std::stop_token stop) = 0;
};

} // namespace passerelle::http
