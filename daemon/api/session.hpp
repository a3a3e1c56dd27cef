// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room: what the listener is made of.
#pragma once

#include "daemon/api/message.hpp"
#include "daemon/api/server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>

namespace passerelle::api {

class Session;

/// Where the connections of a listener are. All but reply_to() belongs to the thread that runs `io`.
class Hall : public std::enable_shared_from_this<Hall> {
  public:
    Hall(const Bounds& its_bounds, Door& its_door) : bounds(its_bounds), door(its_door) {}

    void accept();
    /// No more connections; those end that ask for nothing.
    void close_door();
    /// Answers those that wait, and runs dry within two seconds.
    void stop();
    void leave(const std::shared_ptr<Session>& session);
    /// Answers the turn of a session from any thread, at any time.
    [[nodiscard]] Reply reply_to(const std::shared_ptr<Session>& session, std::uint64_t turn);

    boost::asio::io_context io{1};
    boost::asio::ip::tcp::acceptor acceptor{io};
    const Bounds bounds;
    Door& door;
    std::uint16_t port = 0;
    bool closing = false;

  private:
    void accepted(boost::system::error_code error, boost::asio::ip::tcp::socket socket);

    boost::asio::steady_timer pause_{io};
    std::set<std::shared_ptr<Session>> sessions_;
    bool accepting_ = false;
    bool stopping_ = false;
};

/// One connection:
///
///     head ──► body ──► waiting ──► writing ──► head, where it is kept
///       └───────┴─ refused ──────────┘  └─────► lingering ──► ended
///
/// Confined to the hall's thread.
class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(Hall& hall, boost::asio::ip::tcp::socket socket);

    void run() { read_head(); }
    /// Answers that there are too many, without reading.
    void turn_away();
    void answer(std::uint64_t turn, Answer answer);
    /// Ends where nothing is asked.
    void close_if_idle();
    /// Answers what waits, ends what is not read yet.
    void stop();

  private:
    enum class State { head, body, waiting, writing, lingering, ended };
    using ErrorCode = boost::system::error_code;
    template <class Body> struct Outgoing;

    void read_head();
    void head_read(ErrorCode error);
    void admit();
    void invite_body();
    void read_body();
    void body_read(ErrorCode error);
    void watch_for_hang_up();
    void refuse(const Error& error);
    void write(Answer answer);
    template <class Body> void send(std::shared_ptr<Outgoing<Body>> outgoing);
    void sent(bool keep);
    void linger();
    void end();
    void arm(std::chrono::milliseconds time);
    void disarm();
    void expired();

    Hall& hall_;
    boost::asio::ip::tcp::socket socket_;
    boost::asio::steady_timer deadline_;
    boost::beast::flat_buffer buffer_;
    std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
    RequestHead head_;
    Admission admission_;
    State state_ = State::head;
    std::uint64_t turn_ = 0; ///< counts requests, so that a late answer cannot reach the next one
    bool keep_ = false;      ///< the connection, after the answer
    bool timed_out_ = false;
};

} // namespace passerelle::api
