// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/cpprest_streams.hpp"
#include "client/http/transport.hpp"

#include <atomic>
#include <condition_variable>
#include <cpprest/http_client.h>
#include <exception>
#include <memory>
#include <mutex>
#include <stop_token>

/// One request on its way through cpprestsdk. Private to the room.
namespace passerelle::http {

/// The connection that cpprestsdk took from its pool was closed by the server; nothing was sent on it.
class StaleConnection : public std::exception {
  public:
    const char* what() const noexcept override { return "stale connection"; }
};

/// One request under way: shared between the caller, who may stop waiting, and cpprestsdk's threads, which then finish
/// without anybody listening. Internally locked.
class Exchange : public std::enable_shared_from_this<Exchange> {
  public:
    /// `reader` reads request.body. Throws std::invalid_argument for a header that would break out of its line.
    [[nodiscard]] static std::shared_ptr<Exchange> start(web::http::client::http_client& client, const Request& request,
                                                         const Headers& own_headers,
                                                         std::unique_ptr<ByteReader> reader);

    Exchange(std::shared_ptr<BodySource> source, std::shared_ptr<AnswerSink> sink)
        : source_(std::move(source)), sink_(std::move(sink)) {}

    /// Waits until the request has ended and its connection is back in the pool. On a stop the connection is closed and
    /// the answer is false.
    [[nodiscard]] bool wait(const std::stop_token& stop);

    [[nodiscard]] bool found_stale_connection() const { return stale_; }
    /// True while the request's head has not left whole: the server cannot have acted on it.
    [[nodiscard]] bool sent_nothing() const { return !sent_; }
    /// Once, after wait().
    [[nodiscard]] Result<Response> take_answer();

  private:
    void finish(const pplx::task<web::http::http_response>& task);
    void fail(const std::exception_ptr& exception);
    void release();
    [[nodiscard]] Error failure_of(const std::exception& exception) const;

    const std::shared_ptr<BodySource> source_; // shared with cpprestsdk, as the sink
    const std::shared_ptr<AnswerSink> sink_;
    pplx::cancellation_token_source cancel_;
    std::atomic<bool> sent_ = false;
    std::atomic<bool> stale_ = false;

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::optional<Result<Response>> answer_;
    bool released_ = false;
};

} // namespace passerelle::http
