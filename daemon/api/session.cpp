// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/session.hpp"

#include "core/reason_codes.hpp"
#include "daemon/api/language.hpp"
#include "daemon/api/problem.hpp"
#include "daemon/api/text.hpp"

#include <boost/asio/write.hpp>
#include <limits>
#include <unistd.h>

namespace passerelle::api {
namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace {

constexpr std::uint32_t kHeadBytes = 16 * 1024;
constexpr std::size_t kBufferBytes = 96 * 1024; ///< what is read ahead of a connection
constexpr std::chrono::seconds kWriteTime{30};  ///< for each piece of an answer
constexpr std::chrono::seconds kLingerTime{2};

RequestHead head_of(const http::request<http::string_body>& message, std::uint16_t port) {
    RequestHead head;
    head.port = port;
    head.method = std::string(message.method_string());
    const std::string target(message.target());
    std::string_view rest = target;
    head.path = take_until(rest, '?');
    head.query = rest;
    for (const auto& field : message)
        head.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    return head;
}

bool is_http_error(const boost::system::error_code& error) {
    return error.category() == http::make_error_code(http::error::bad_method).category();
}

Error not_http(const boost::system::error_code& error) {
    return refusal(codes::api_bad_body, {{"detail", error.message()}});
}

} // namespace

template <class Body> struct Session::Outgoing {
    http::response<Body> message;
    std::optional<http::response_serializer<Body>> serializer; ///< once the message is complete
};

Session::Session(Hall& hall, asio::ip::tcp::socket socket)
    : hall_(hall), socket_(std::move(socket)), deadline_(socket_.get_executor()), buffer_(kBufferBytes) {}

void Session::turn_away() {
    keep_ = false;
    refuse(refusal(codes::api_busy));
}

void Session::read_head() {
    state_ = State::head;
    ++turn_;
    head_ = {};
    parser_.emplace();
    parser_->header_limit(kHeadBytes);
    parser_->body_limit(std::numeric_limits<std::uint64_t>::max()); // until admit(); "none" is compared as a number
    arm(hall_.bounds.head_time);
    http::async_read_header(socket_, buffer_, *parser_,
                            [self = shared_from_this()](ErrorCode error, std::size_t) { self->head_read(error); });
}

void Session::head_read(ErrorCode error) {
    if (state_ == State::ended) return;
    disarm();
    keep_ = false;
    if (timed_out_) return refuse(refusal(codes::api_too_slow));
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
        return refuse(refusal(codes::api_headers_too_large));
    if (error == http::error::end_of_stream || error == http::error::partial_message) return end();
    if (error) return is_http_error(error) ? refuse(not_http(error)) : end();
    head_ = head_of(parser_->get(), hall_.port);
    admit();
}

void Session::admit() {
    if (hall_.closing) return refuse(refusal(codes::api_stopping));
    admission_ = hall_.door.admit(head_);
    const auto announced = parser_->content_length().value_or(0);
    const bool has_body = parser_->chunked() || announced > 0;
    keep_ = parser_->get().keep_alive() && !has_body; // what is refused is not read
    if (admission_.refusal) return write(std::move(*admission_.refusal));
    if (announced > admission_.largest_body)
        return refuse(refusal(codes::api_too_large, {{"limit", std::to_string(admission_.largest_body)}}));
    parser_->body_limit(admission_.largest_body);
    state_ = State::body;
    if (has_body && same_without_case(head_.header("Expect"), "100-continue")) return invite_body();
    read_body();
}

void Session::invite_body() {
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    arm(hall_.bounds.body_time);
    asio::async_write(socket_, asio::buffer(kContinue), [self = shared_from_this()](ErrorCode error, std::size_t) {
        if (self->state_ == State::ended) return;
        if (error) return self->end();
        self->read_body();
    });
}

void Session::read_body() {
    arm(hall_.bounds.body_time);
    http::async_read(socket_, buffer_, *parser_,
                     [self = shared_from_this()](ErrorCode error, std::size_t) { self->body_read(error); });
}

void Session::body_read(ErrorCode error) {
    if (state_ == State::ended) return;
    disarm();
    if (timed_out_) return refuse(refusal(codes::api_too_slow));
    if (error == http::error::body_limit)
        return refuse(refusal(codes::api_too_large, {{"limit", std::to_string(admission_.largest_body)}}));
    if (error == http::error::end_of_stream || error == http::error::partial_message) return end();
    if (error) return is_http_error(error) ? refuse(not_http(error)) : end();
    keep_ = parser_->get().keep_alive();
    state_ = State::waiting;
    watch_for_hang_up();
    const auto take = std::move(admission_.take);
    take(std::move(parser_->get().body()), hall_.reply_to(shared_from_this(), turn_));
}

/// A caller that is gone needs no answer. What comes early of a next request ends the watch alone.
void Session::watch_for_hang_up() {
    socket_.async_wait(asio::socket_base::wait_read, [self = shared_from_this(), turn = turn_](ErrorCode error) {
        if (error || self->state_ != State::waiting || self->turn_ != turn) return;
        char byte = 0;
        const auto count = ::recv(self->socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        if (count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK)) self->end();
    });
}

void Session::answer(std::uint64_t turn, Answer answer) {
    if (state_ == State::waiting && turn == turn_) write(std::move(answer));
}

void Session::refuse(const Error& error) {
    keep_ = false;
    write(problem(error, language_of(head_.header("Accept-Language"))));
}

void Session::write(Answer answer) {
    state_ = State::writing;
    const auto fill = [&](auto& message) {
        message.version(11);
        message.result(answer.status);
        message.keep_alive(keep_ && !answer.close && !hall_.closing);
        if (!answer.type.empty()) message.set(http::field::content_type, answer.type);
        for (const auto& [name, value] : answer.headers)
            message.set(name, value);
        message.prepare_payload();
    };
    if (!answer.file) {
        auto outgoing = std::make_shared<Outgoing<http::string_body>>();
        outgoing->message.body() = std::move(answer.body);
        fill(outgoing->message);
        return send(std::move(outgoing));
    }
    auto outgoing = std::make_shared<Outgoing<http::file_body>>();
    boost::beast::file_posix file;
    ::lseek(answer.file.get(), 0, SEEK_SET);
    file.native_handle(answer.file.release()); // which closes it from here on
    ErrorCode error;
    outgoing->message.body().reset(std::move(file), error);
    if (error) return end();
    fill(outgoing->message);
    send(std::move(outgoing));
}

template <class Body> void Session::send(std::shared_ptr<Outgoing<Body>> outgoing) {
    arm(kWriteTime);
    if (!outgoing->serializer) outgoing->serializer.emplace(outgoing->message);
    auto& serializer = *outgoing->serializer;
    http::async_write_some(
        socket_, serializer,
        [self = shared_from_this(), outgoing = std::move(outgoing)](ErrorCode error, std::size_t) mutable {
            if (self->state_ == State::ended) return;
            if (error) return self->end();
            if (!outgoing->serializer->is_done()) return self->send(std::move(outgoing));
            self->sent(outgoing->message.keep_alive());
        });
}

void Session::sent(bool keep) {
    disarm();
    if (keep && !hall_.closing) return read_head();
    ErrorCode ignored;
    socket_.shutdown(asio::socket_base::shutdown_send, ignored);
    state_ = State::lingering;
    arm(kLingerTime);
    linger();
}

/// Closing with bytes unread would take the answer away from whoever is still sending (RFC 9112, 9.6).
void Session::linger() {
    buffer_.clear();
    socket_.async_read_some(buffer_.prepare(kBufferBytes), [self = shared_from_this()](ErrorCode error, std::size_t) {
        if (error || self->state_ != State::lingering) return self->end();
        self->linger();
    });
}

void Session::end() {
    if (state_ == State::ended) return;
    state_ = State::ended;
    disarm();
    ErrorCode ignored;
    socket_.close(ignored);
    hall_.leave(shared_from_this());
}

void Session::close_if_idle() {
    if (state_ == State::head && buffer_.size() == 0) end();
}

void Session::stop() {
    if (state_ == State::head || state_ == State::body) return end();
    if (state_ == State::waiting) refuse(refusal(codes::api_stopping));
}

void Session::arm(std::chrono::milliseconds time) {
    timed_out_ = false;
    deadline_.expires_after(time);
    deadline_.async_wait([weak = weak_from_this()](ErrorCode error) {
        const auto self = weak.lock();
        // An expiry that was under way when the deadline moved is none.
        if (!error && self && self->deadline_.expiry() <= std::chrono::steady_clock::now()) self->expired();
    });
}

void Session::disarm() {
    deadline_.expires_at(std::chrono::steady_clock::time_point::max());
}

void Session::expired() {
    const bool has_begun = state_ == State::body || buffer_.size() > 0;
    if ((state_ != State::head && state_ != State::body) || !has_begun) return end();
    timed_out_ = true; // the read ends with an error, and 408 is answered
    ErrorCode ignored;
    socket_.cancel(ignored);
}

} // namespace passerelle::api
