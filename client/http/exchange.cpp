// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/http/exchange.hpp"

#include "core/reason_codes.hpp"

#include <algorithm>
#include <stdexcept>

namespace passerelle::http {
namespace {

/// cpprestsdk writes header values as they are.
void add_headers(web::http::http_request& target, const Headers& headers) {
    const auto breaks_out = [](const std::string& text) {
        return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos;
    };
    for (const auto& [name, value] : headers.all()) {
        if (breaks_out(name) || breaks_out(value)) throw std::invalid_argument("a line break in the header " + name);
        target.headers().add(name, value);
    }
}

web::http::http_request new_request(const Request& request, const Headers& own_headers) {
    web::http::http_request result(request.method);
    result.set_request_uri(web::http::uri(request.target));
    add_headers(result, request.headers);
    add_headers(result, own_headers);
    return result;
}

bool is_timeout(const web::http::http_exception& exception) {
    return exception.error_code() == std::errc::timed_out;
}

Response to_response(const web::http::http_response& answer, std::string body) {
    Response response;
    response.status = answer.status_code();
    for (const auto& [name, value] : answer.headers())
        response.headers.set(name, value);
    response.body = std::move(body);
    return response;
}

} // namespace

std::shared_ptr<Exchange> Exchange::start(web::http::client::http_client& client, const Request& request,
                                          const Headers& own_headers, std::unique_ptr<ByteReader> reader) {
    const std::uint64_t length = request.body ? request.body->size() : 0;
    auto exchange = std::make_shared<Exchange>(std::make_shared<BodySource>(request.body, std::move(reader)),
                                               std::make_shared<AnswerSink>(request.max_response_bytes));
    auto message = new_request(request, own_headers);
    // Where a kept connection breaks before the answer, cpprestsdk sends a request again if it has no body or one that
    // can seek. Only a look-up may be repeated so; everything else gets a body, if need be an empty one, that cannot
    // seek.
    if (request.method != "GET" && request.method != "HEAD") {
        message.set_body(concurrency::streams::streambuf<std::uint8_t>(exchange->source_).create_istream(), length);
        if (!request.headers.find("Content-Type")) message.headers().remove("Content-Type");
    }
    message.set_response_stream(concurrency::streams::streambuf<std::uint8_t>(exchange->sink_).create_ostream());

    // cpprestsdk drops this handler when it lets go of the request, which is after the connection went back to its
    // pool: a request that followed earlier would find the pool empty and open one connection more.
    const std::shared_ptr<void> held(nullptr, [exchange](void*) { exchange->release(); });
    message.set_progress_handler(
        [exchange, held](web::http::message_direction::direction, utility::size64_t) { exchange->sent_ = true; });
    client.request(message, exchange->cancel_.get_token())
        .then([exchange](pplx::task<web::http::http_response> answered) {
            try {
                answered.get().content_ready().then(
                    [exchange](const pplx::task<web::http::http_response>& whole) { exchange->finish(whole); });
            } catch (...) {
                exchange->fail(std::current_exception());
            }
        });
    return exchange;
}

bool Exchange::wait(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    if (changed_.wait(lock, stop, [&] { return answer_.has_value(); })) {
        constexpr std::chrono::seconds kLongestRelease{1}; // a connection more would be the lesser evil
        changed_.wait_for(lock, stop, kLongestRelease, [&] { return released_; });
        return true;
    }
    lock.unlock();
    cancel_.cancel();
    return false;
}

Result<Response> Exchange::take_answer() {
    std::lock_guard lock(mutex_);
    return std::move(answer_).value();
}

void Exchange::finish(const pplx::task<web::http::http_response>& task) {
    try {
        auto response = to_response(task.get(), sink_->take());
        std::lock_guard lock(mutex_);
        answer_ = std::move(response);
        changed_.notify_all();
    } catch (...) {
        fail(std::current_exception());
    }
}

void Exchange::fail(const std::exception_ptr& exception) {
    std::optional<Error> error;
    try {
        std::rethrow_exception(exception);
    } catch (const StaleConnection& stale) {
        stale_ = true;
        error = failure_of(stale);
    } catch (const std::exception& other) {
        error = failure_of(other);
    }
    std::lock_guard lock(mutex_);
    answer_ = std::move(*error);
    changed_.notify_all();
}

Error Exchange::failure_of(const std::exception& exception) const {
    if (auto unreadable = source_->failure()) return std::move(*unreadable);
    if (sink_->overflowed()) return Error(ErrorKind::permanent, codes::server_response_too_large, exception.what());
    if (sent_nothing()) return Error(ErrorKind::retryable, codes::server_unreachable, exception.what());
    const auto* const network = dynamic_cast<const web::http::http_exception*>(&exception);
    if (network && is_timeout(*network)) return Error(ErrorKind::retryable, codes::server_timeout, exception.what());
    return Error(ErrorKind::retryable, codes::server_connection_lost, exception.what());
}

void Exchange::release() {
    std::lock_guard lock(mutex_);
    released_ = true;
    changed_.notify_all();
}

} // namespace passerelle::http
