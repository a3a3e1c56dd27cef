// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/fakes/http_message.hpp"
#include "tests/fakes/store.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace passerelle::fakes {

/// A certificate and its key, in PEM.
struct TlsIdentity {
    std::string certificate_pem;
    std::string key_pem;
};

/// How a request's body is taken in.
struct Reception {
    std::unique_ptr<BodySink> sink;
    std::shared_ptr<void> kept;             ///< handed to handle() with the request; ends with it
    std::optional<std::uint64_t> cut_after; ///< the connection is cut once so many bytes have come
};

/// An answer and what becomes of the connection.
struct Delivery {
    enum class Ending {
        keep_alive,
        drop_before_answer, ///< nothing of the answer is sent
        cut_in_answer,      ///< half of the answer is sent
        close_after_answer, ///< the answer promises keep-alive, the connection is closed all the same
    };
    HttpResponse response;
    Ending ending = Ending::keep_alive;
};

/// What stands behind the server. Called from one thread a connection, so it locks itself.
class HttpHandler {
  public:
    virtual ~HttpHandler() = default;
    /// The head has arrived; `head.body` is not there yet.
    [[nodiscard]] virtual Reception receive(const HttpRequest& head) = 0;
    /// The request has arrived whole: like the web server in front of Nextcloud, this one buffers bodies.
    [[nodiscard]] virtual Delivery handle(const HttpRequest& request) = 0;
    /// The connection ended, or was cut, before the body was complete.
    virtual void request_lost(const HttpRequest& head, std::uint64_t received_bytes) = 0;
};

/// HTTP/1.1 on 127.0.0.1, one thread a connection. Internally locked; ends every connection at destruction.
class HttpServer {
  public:
    /// Port 0: the kernel chooses. `handler` outlives the server. Throws std::system_error when the port is taken.
    HttpServer(HttpHandler& handler, std::uint16_t port, const std::optional<TlsIdentity>& tls);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// How many connections have been accepted so far.
    [[nodiscard]] std::uint64_t connections() const;
    /// How many of them have not ended.
    [[nodiscard]] std::size_t open_connections() const;
    void stop();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace passerelle::fakes
