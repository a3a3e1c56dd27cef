// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/listener.hpp"

#include "core/reason_codes.hpp"
#include "daemon/api/problem.hpp"
#include "daemon/api/session.hpp"
#include "daemon/log/log.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <fcntl.h>
#include <fmt/format.h>

namespace passerelle::api {
namespace asio = boost::asio;
namespace {

constexpr std::chrono::seconds kStopTime{2};
constexpr std::chrono::milliseconds kPause{100};
/// So many more are told that there are too many; who comes then waits before the door.
constexpr std::size_t kTurnedAwayAtOnce = 32;

/// A worker that is started meanwhile is not to hold the socket.
void keep_from_children(int socket) {
    ::fcntl(socket, F_SETFD, FD_CLOEXEC);
}

/// Until it is stopped. What is thrown, for want of memory say, costs one connection.
void run(asio::io_context& io) {
    const auto busy = asio::make_work_guard(io);
    while (!io.stopped()) {
        try {
            io.run();
        } catch (const std::exception& broken) {
            log::logger("api").error("a connection failed: {}", broken.what());
        }
    }
}

} // namespace

void Hall::accept() {
    if (closing || accepting_ || sessions_.size() >= bounds.connections + kTurnedAwayAtOnce) return;
    accepting_ = true;
    acceptor.async_accept(
        [this](boost::system::error_code error, asio::ip::tcp::socket socket) { accepted(error, std::move(socket)); });
}

void Hall::accepted(boost::system::error_code error, asio::ip::tcp::socket socket) {
    accepting_ = false;
    if (closing) return;
    if (error) { // no descriptors left, say: a moment later there may be some
        pause_.expires_after(kPause);
        return pause_.async_wait([this](boost::system::error_code stopped) {
            if (!stopped) accept();
        });
    }
    keep_from_children(socket.native_handle());
    boost::system::error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    const bool full = sessions_.size() >= bounds.connections;
    const auto session = std::make_shared<Session>(*this, std::move(socket));
    sessions_.insert(session);
    if (full)
        session->turn_away();
    else
        session->run();
    accept();
}

void Hall::close_door() {
    closing = true;
    boost::system::error_code ignored;
    acceptor.close(ignored);
    pause_.cancel();
    for (const auto& session : std::set(sessions_))
        session->close_if_idle();
}

void Hall::stop() {
    stopping_ = true;
    for (const auto& session : std::set(sessions_))
        session->stop();
    if (sessions_.empty()) return io.stop();
    pause_.expires_after(kStopTime);
    pause_.async_wait([this](boost::system::error_code) { io.stop(); });
}

void Hall::leave(const std::shared_ptr<Session>& session) {
    sessions_.erase(session);
    if (stopping_ && sessions_.empty()) return io.stop();
    accept();
}

Reply Hall::reply_to(const std::shared_ptr<Session>& session, std::uint64_t turn) {
    return [hall = shared_from_this(), weak = std::weak_ptr(session), turn](Answer answer) {
        asio::post(hall->io, [weak, turn, answer = std::move(answer)]() mutable {
            if (const auto waiting = weak.lock()) waiting->answer(turn, std::move(answer));
        });
    };
}

Listener::Listener(std::string address, std::uint16_t port, const Bounds& bounds, Door& door)
    : address_(std::move(address)), port_(port), hall_(std::make_shared<Hall>(bounds, door)) {}

Listener::~Listener() {
    stop();
}

Result<void> Listener::start() {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(address_, error);
    if (error || !address.is_loopback()) return refusal(codes::api_not_loopback, {{"address", address_}});
    auto& acceptor = hall_->acceptor;
    const asio::ip::tcp::endpoint endpoint(address, port_);
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return refusal(codes::api_address_taken,
                       {{"address", fmt::format("{}:{}", address_, port_)}, {"detail", error.message()}});
    keep_from_children(acceptor.native_handle());
    hall_->port = acceptor.local_endpoint().port();
    hall_->accept();
    thread_ = std::jthread([hall = hall_] { run(hall->io); });
    return {};
}

std::uint16_t Listener::port() const {
    return hall_->port;
}

void Listener::close_door() {
    asio::post(hall_->io, [hall = hall_.get()] { hall->close_door(); });
}

void Listener::stop() {
    if (!thread_.joinable()) return;
    close_door();
    asio::post(hall_->io, [hall = hall_.get()] { hall->stop(); });
    thread_.join();
}

} // namespace passerelle::api
