// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/unique_fd.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

struct ssl_st;
struct ssl_ctx_st;

namespace passerelle::http {

/// A request as a RawServer read it. A value.
struct Seen {
    std::string head;             ///< request line and header lines
    std::uint64_t body_bytes = 0; ///< as many as Content-Length announced, unless the client went away
    std::string body;             ///< its first 64 KiB

    [[nodiscard]] bool has(std::string_view line) const { return head.find(line) != std::string::npos; }
};

/// One accepted connection. Confined to its thread, but for shut_down().
class RawConnection {
  public:
    explicit RawConnection(UniqueFd socket) : socket_(std::move(socket)) {}
    ~RawConnection();
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;

    [[nodiscard]] bool start_tls(ssl_ctx_st* context);
    /// Nothing once the client has closed.
    std::optional<Seen> read_request();
    void write(std::string_view bytes);
    /// Says 200 and no body.
    void write_ok() { write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"); }
    void shut_down();

  private:
    bool fill();

    UniqueFd socket_;
    ssl_st* tls_ = nullptr;
    std::string buffer_;
};

/// A server that does on each connection exactly what its script says, good manners or bad. Listens on 127.0.0.1, a
/// thread a connection; ends with all its connections. Internally locked.
class RawServer {
  public:
    using Script = std::function<void(RawConnection&, int number)>; ///< connections count from 0; returning closes

    explicit RawServer(Script script);
    /// With TLS: certificate chain and key in PEM files.
    RawServer(Script script, const std::string& chain_file, const std::string& key_file);
    ~RawServer();
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] int connections() const;

  private:
    void listen();
    void accept_all();
    void serve(RawConnection& connection, int number);

    Script script_;
    std::unique_ptr<ssl_ctx_st, void (*)(ssl_ctx_st*)> tls_;
    UniqueFd socket_;
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::unique_ptr<RawConnection>> connections_;
    std::vector<std::jthread> threads_;
    std::jthread acceptor_;
};

} // namespace passerelle::http
