// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/client/http/raw_server.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <stdexcept>
#include <sys/socket.h>

namespace passerelle::http {
namespace {

std::uint64_t content_length(std::string_view head) {
    constexpr std::string_view kName = "\r\nContent-Length:";
    const auto at = head.find(kName);
    return at == std::string_view::npos ? 0 : std::stoull(std::string(head.substr(at + kName.size(), 20)));
}

void require(bool done, const char* what) {
    if (!done) throw std::runtime_error(what);
}

} // namespace

RawConnection::~RawConnection() {
    SSL_free(tls_);
}

bool RawConnection::start_tls(ssl_ctx_st* context) {
    tls_ = SSL_new(context);
    SSL_set_fd(tls_, socket_.get());
    return SSL_accept(tls_) == 1;
}

bool RawConnection::fill() {
    std::array<char, 256 * 1024> bytes;
    const auto count = tls_ ? SSL_read(tls_, bytes.data(), static_cast<int>(bytes.size()))
                            : ::recv(socket_.get(), bytes.data(), bytes.size(), 0);
    if (count <= 0) return false;
    buffer_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
}

std::optional<Seen> RawConnection::read_request() {
    std::size_t end = std::string::npos;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
        if (!fill()) return std::nullopt;
    Seen seen{buffer_.substr(0, end + 2)};
    buffer_.erase(0, end + 4);
    for (std::uint64_t rest = content_length(seen.head); rest > 0;) {
        if (buffer_.empty() && !fill()) break;
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(rest, buffer_.size()));
        if (seen.body.size() < 65536)
            seen.body += buffer_.substr(0, std::min<std::size_t>(count, 65536 - seen.body.size()));
        buffer_.erase(0, count);
        seen.body_bytes += count;
        rest -= count;
    }
    return seen;
}

void RawConnection::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = tls_ ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
                                : ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

void RawConnection::shut_down() {
    ::shutdown(socket_.get(), SHUT_RDWR);
}

RawServer::RawServer(Script script) : script_(std::move(script)), tls_(nullptr, &SSL_CTX_free) {
    listen();
}

RawServer::RawServer(Script script, const std::string& chain_file, const std::string& key_file)
    : script_(std::move(script)), tls_(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free) {
    std::signal(SIGPIPE, SIG_IGN); // OpenSSL writes without MSG_NOSIGNAL
    require(SSL_CTX_use_certificate_chain_file(tls_.get(), chain_file.c_str()) == 1, "certificate");
    require(SSL_CTX_use_PrivateKey_file(tls_.get(), key_file.c_str(), SSL_FILETYPE_PEM) == 1, "key");
    listen();
}

RawServer::~RawServer() {
    ::shutdown(socket_.get(), SHUT_RDWR);
    acceptor_.join();
    {
        std::lock_guard lock(mutex_);
        for (auto& connection : connections_)
            if (connection) connection->shut_down();
    }
    threads_.clear(); // joins
}

int RawServer::connections() const {
    std::lock_guard lock(mutex_);
    return static_cast<int>(connections_.size());
}

void RawServer::listen() {
    socket_.reset(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    require(::bind(socket_.get(), plain, size) == 0 && ::listen(socket_.get(), 64) == 0, "listen");
    require(::getsockname(socket_.get(), plain, &size) == 0, "getsockname");
    port_ = ntohs(address.sin_port);
    acceptor_ = std::jthread([this] { accept_all(); });
}

void RawServer::accept_all() {
    for (;;) {
        UniqueFd socket(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!socket) return;
        const int on = 1;
        ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        std::lock_guard lock(mutex_);
        const int number = static_cast<int>(connections_.size());
        auto& connection = *connections_.emplace_back(std::make_unique<RawConnection>(std::move(socket)));
        threads_.emplace_back([this, &connection, number] { serve(connection, number); });
    }
}

void RawServer::serve(RawConnection& connection, int number) {
    if (!tls_ || connection.start_tls(tls_.get())) script_(connection, number);
    std::lock_guard lock(mutex_);
    connections_[static_cast<std::size_t>(number)].reset();
}

} // namespace passerelle::http
