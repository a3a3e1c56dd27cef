// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/http_server.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <limits>
#include <list>
#include <mutex>
#include <sys/socket.h>
#include <thread>

namespace passerelle::fakes {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Tcp = asio::ip::tcp;
using boost::system::error_code;

namespace {

using Parser = http::request_parser<http::buffer_body>;
constexpr std::size_t kBlockBytes = 64 * 1024;

HttpRequest head_of(const Parser& parser) {
    HttpRequest head;
    head.method = std::string(parser.get().method_string());
    const std::string target(parser.get().target());
    const auto question = target.find('?');
    head.path = percent_decode(std::string_view(target).substr(0, question));
    if (question != target.npos) head.query = target.substr(question + 1);
    for (const auto& field : parser.get()) {
        head.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    }
    return head;
}

std::string head_text(const HttpResponse& response, bool head_request) {
    const auto usual = http::obsolete_reason(static_cast<http::status>(response.status));
    std::string text = "HTTP/1.1 " + std::to_string(response.status) + " " +
                       (response.reason.empty() ? std::string(usual) : response.reason) + "\r\n";
    for (const auto& [name, value] : response.headers)
        text += name + ": " + value + "\r\n";
    text += "Date: " + http_date(std::time(nullptr)) + "\r\nConnection: keep-alive\r\n";
    if (response.chunked && !head_request) return text + "Transfer-Encoding: chunked\r\n\r\n";
    const std::uint64_t length = response.content ? response.content->size() : response.body.size();
    return text + "Content-Length: " + std::to_string(length) + "\r\n\r\n";
}

/// In two chunks, so that nobody gets used to one.
std::string chunked_text(std::string_view body) {
    std::string text;
    const std::size_t half = body.size() / 2;
    for (const auto piece : {body.substr(0, half), body.substr(half)}) {
        if (piece.empty()) continue;
        std::array<char, 24> size{};
        std::snprintf(size.data(), size.size(), "%zx\r\n", piece.size());
        text.append(size.data()).append(piece).append("\r\n");
    }
    return text + "0\r\n\r\n";
}

/// Serves one connection until it ends. Confined to a thread.
template <class Stream> class Conversation {
  public:
    Conversation(Stream& stream, HttpHandler& handler) : stream_(stream), handler_(handler) {}

    void run() {
        while (one_exchange()) {
        }
    }

  private:
    /// Answers whether the connection goes on.
    bool one_exchange() {
        error_code error;
        Parser parser;
        parser.body_limit(std::numeric_limits<std::uint64_t>::max());
        parser.header_limit(64 * 1024);
        http::read_header(stream_, buffer_, parser, error);
        if (error) return false;
        HttpRequest request = head_of(parser);
        if (find_field(request.headers, "Expect") && !write("HTTP/1.1 100 Continue\r\n\r\n")) return false;

        Reception reception = handler_.receive(request);
        if (!read_body(parser, reception)) {
            handler_.request_lost(request, reception.sink->size());
            return false;
        }
        request.body = reception.sink->finish();
        request.kept = std::move(reception.kept);
        const Delivery delivery = handler_.handle(request);
        request.kept.reset(); // a lock ends with the work: whoever has the answer may send the next request
        return deliver(request, delivery) && parser.get().keep_alive();
    }

    bool read_body(Parser& parser, Reception& reception) {
        std::vector<std::byte> block(kBlockBytes);
        while (!parser.is_done()) {
            std::size_t wanted = block.size();
            if (reception.cut_after)
                wanted = std::min(wanted, static_cast<std::size_t>(*reception.cut_after - reception.sink->size()));
            if (wanted == 0) return false;
            parser.get().body().data = block.data();
            parser.get().body().size = wanted;
            error_code error;
            http::read(stream_, buffer_, parser, error);
            if (error == http::error::need_buffer) error = {};
            reception.sink->write(std::span(block).first(wanted - parser.get().body().size));
            if (error) return false;
        }
        return !reception.cut_after;
    }

    bool deliver(const HttpRequest& request, const Delivery& delivery) {
        if (delivery.ending == Delivery::Ending::drop_before_answer) return false;
        const HttpResponse& response = delivery.response;
        const bool head_request = request.method == "HEAD";
        std::string text = head_text(response, head_request);
        if (!head_request && !response.content) text += response.chunked ? chunked_text(response.body) : response.body;
        if (delivery.ending == Delivery::Ending::cut_in_answer) {
            write(std::string_view(text).substr(0, text.size() / 2));
            return false;
        }
        if (!write(text)) return false;
        if (!head_request && response.content && !write_content(*response.content)) return false;
        return delivery.ending == Delivery::Ending::keep_alive;
    }

    bool write_content(const Content& content) {
        auto reader = content.open();
        std::vector<std::byte> block(kBlockBytes);
        while (reader) {
            const auto count = (*reader)->read(block);
            if (!count) return false;
            if (*count == 0) return true;
            if (!write(std::string_view(reinterpret_cast<const char*>(block.data()), *count))) return false;
        }
        return false;
    }

    bool write(std::string_view bytes) {
        error_code error;
        asio::write(stream_, asio::buffer(bytes.data(), bytes.size()), error);
        return !error;
    }

    Stream& stream_;
    HttpHandler& handler_;
    beast::flat_buffer buffer_;
};

} // namespace

class HttpServer::Impl {
  public:
    Impl(HttpHandler& handler, std::uint16_t port, const std::optional<TlsIdentity>& tls)
        : handler_(handler), acceptor_(io_, Tcp::endpoint(asio::ip::address_v4::loopback(), port)),
          port_(acceptor_.local_endpoint().port()) {
        if (tls) {
            tls_.emplace(asio::ssl::context::tls_server);
            tls_->use_certificate_chain(asio::buffer(tls->certificate_pem));
            tls_->use_private_key(asio::buffer(tls->key_pem), asio::ssl::context::pem);
        }
        accepting_ = std::jthread([this] { accept_all(); });
    }

    void stop() {
        if (stopping_.exchange(true)) return;
        ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
        accepting_.join();
        {
            std::lock_guard lock(mutex_);
            for (auto& client : clients_) {
                if (!client.done) ::shutdown(client.socket.native_handle(), SHUT_RDWR);
            }
        }
        clients_.clear(); // joins; nothing is added any more
    }

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::uint64_t connections() const { return accepted_; }
    [[nodiscard]] std::size_t open_connections() const {
        std::lock_guard lock(mutex_);
        return static_cast<std::size_t>(std::ranges::count(clients_, false, &Client::done));
    }

  private:
    struct Client {
        explicit Client(Tcp::socket accepted) : socket(std::move(accepted)) {}
        Tcp::socket socket;
        bool done = false; ///< guarded by mutex_; the socket is closed
        std::jthread thread;
    };

    void accept_all() {
        for (;;) {
            error_code error;
            Tcp::socket socket = acceptor_.accept(error);
            if (stopping_) return;
            if (error) continue;
            error_code ignored; // without it answers are only slower
            socket.set_option(Tcp::no_delay(true), ignored);
            ++accepted_;
            std::lock_guard lock(mutex_);
            clients_.remove_if([](const Client& client) { return client.done; });
            Client& client = clients_.emplace_back(std::move(socket));
            client.thread = std::jthread([this, &client] { serve(client); });
        }
    }

    void serve(Client& client) {
        error_code error;
        if (tls_) {
            asio::ssl::stream<Tcp::socket&> stream(client.socket, *tls_);
            stream.handshake(asio::ssl::stream_base::server, error);
            if (!error) Conversation(stream, handler_).run();
        } else {
            Conversation(client.socket, handler_).run();
        }
        std::lock_guard lock(mutex_);
        client.socket.close(error);
        client.done = true;
    }

    HttpHandler& handler_;
    asio::io_context io_;
    Tcp::acceptor acceptor_;
    std::uint16_t port_;
    std::optional<asio::ssl::context> tls_;
    std::atomic<bool> stopping_ = false;
    std::atomic<std::uint64_t> accepted_ = 0;
    mutable std::mutex mutex_;
    std::list<Client> clients_;
    std::jthread accepting_;
};

HttpServer::HttpServer(HttpHandler& handler, std::uint16_t port, const std::optional<TlsIdentity>& tls)
    : impl_(std::make_unique<Impl>(handler, port, tls)) {}
HttpServer::~HttpServer() {
    stop();
}
std::uint16_t HttpServer::port() const {
    return impl_->port();
}
std::uint64_t HttpServer::connections() const {
    return impl_->connections();
}
std::size_t HttpServer::open_connections() const {
    return impl_->open_connections();
}
void HttpServer::stop() {
    impl_->stop();
}

} // namespace passerelle::fakes
