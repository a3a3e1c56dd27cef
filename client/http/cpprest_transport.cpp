// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/http/cpprest_transport.hpp"

#include "client/http/certificate_check.hpp"
#include "client/http/exchange.hpp"
#include "core/reason_codes.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <condition_variable>
#include <cpprest/http_client.h>
#include <fmt/format.h>
#include <mutex>
#include <pplx/threadpool.h>
#include <stdexcept>
#include <sys/socket.h>

namespace passerelle::http {
namespace {

/// One piece of a body on its way to the socket, and thus what a connection holds of it in memory.
constexpr std::size_t kPieceBytes = 256 * 1024;

/// cpprestsdk starts 40 threads unless told otherwise. They read bodies and serve sockets, and never wait for each
/// other.
constexpr std::size_t kThreads = 8;

void start_few_threads() {
    static const bool started = [] {
        try {
            crossplat::threadpool::initialize_with_threads(kThreads);
        } catch (const std::runtime_error&) {
            return false; // somebody else in this process has chosen a number
        }
        return true;
    }();
    static_cast<void>(started);
}

/// A kept connection has nothing to say between two requests: an end, an error or bytes (TLS's close_notify, a proxy's
/// 408) mean that the server is done with it.
bool closed_by_server(int socket) {
    char byte = 0;
    const auto count = ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}

/// Bounds the requests under way; whoever comes later waits. Internally locked.
class Slots {
  public:
    explicit Slots(std::size_t count) : free_(count) {}

    struct GiveBack {
        void operator()(Slots* slots) const { slots->give_back(); }
    };
    /// Gives itself back when it is destroyed.
    using Slot = std::unique_ptr<Slots, GiveBack>;

    /// Null once a stop is asked for.
    Slot take(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        if (!freed_.wait(lock, stop, [&] { return free_ > 0; })) return nullptr;
        --free_;
        return Slot(this);
    }

  private:
    void give_back() {
        std::lock_guard lock(mutex_);
        ++free_;
        freed_.notify_one();
    }

    std::mutex mutex_;
    std::condition_variable_any freed_;
    std::size_t free_;
};

std::string basic_authorization(const std::string& user, const Secret& password) {
    const std::string pair = user + ":" + password.reveal();
    return "Basic " + utility::conversions::to_base64(std::vector<unsigned char>(pair.begin(), pair.end()));
}

web::http::client::http_client_config configuration(const TransportOptions& options,
                                                    const std::shared_ptr<CertificateCheck>& certificates) {
    web::http::client::http_client_config config;
    config.set_timeout(options.timeout);
    config.set_chunksize(kPieceBytes);
    config.set_max_redirects(0); // a redirection followed would carry the password to wherever it points
    config.set_ssl_context_callback([certificates](boost::asio::ssl::context& context) {
        certificates->install(
            context.native_handle()); // the client, which outlives its handshakes, keeps this callback
    });
    config.set_nativehandle_options([https = options.server.https](web::http::client::native_handle handle) {
        using boost::asio::ip::tcp;
        tcp::socket& socket = https ? static_cast<boost::asio::ssl::stream<tcp::socket&>*>(handle)->next_layer()
                                    : *static_cast<tcp::socket*>(handle);
        if (socket.is_open() && closed_by_server(socket.native_handle())) throw StaleConnection();
    });
    return config;
}

class CpprestTransport final : public Transport {
  public:
    CpprestTransport(const TransportOptions& options, std::shared_ptr<CertificateCheck> certificates)
        : server_(options.server), certificates_(std::move(certificates)),
          config_(configuration(options, certificates_)), slots_(std::max<std::size_t>(1, options.connections)),
          client_(new_client()) {
        if (!options.user.empty())
            own_headers_.set("Authorization", basic_authorization(options.user, options.password));
        own_headers_.set("User-Agent",
                         options.user_agent.empty() ? "Passerelle/" PASSERELLE_VERSION : options.user_agent);
    }

    Result<Response> send(const Request& request, std::stop_token stop) override {
        const auto slot = slots_.take(stop);
        if (!slot) return stopped();
        return send_on_live_connection(request, stop);
    }

  private:
    std::shared_ptr<web::http::client::http_client> new_client() const {
        return std::make_shared<web::http::client::http_client>(server_.origin(), config_);
    }

    static Error stopped() { return Error(ErrorKind::job, codes::job_stopped, ""); }

    /// Each stale connection leaves the pool as it is found, so the turns are no more than the connections kept.
    Result<Response> send_on_live_connection(const Request& request, const std::stop_token& stop) {
        for (;;) {
            auto exchange = start(request);
            if (!exchange) return failure(exchange);
            if (!(*exchange)->wait(stop)) return stopped();
            if ((*exchange)->found_stale_connection()) continue;
            return answer_of(**exchange);
        }
    }

    Result<std::shared_ptr<Exchange>> start(const Request& request) {
        std::unique_ptr<ByteReader> reader;
        if (request.body) {
            auto opened = request.body->open();
            if (!opened) return failure(opened);
            reader = std::move(*opened);
        }
        return Exchange::start(*client(), request, own_headers_, std::move(reader));
    }

    Result<Response> answer_of(Exchange& exchange) {
        auto answer = exchange.take_answer();
        if (!answer) {
            if (exchange.sent_nothing())
                if (auto problem = certificates_->take_problem()) return std::move(*problem);
            if (answer.error().code == codes::server_unreachable)
                answer.error().parameters.emplace_back("host", server_.host);
            return answer;
        }
        if (answer->status < 200) {
            // cpprestsdk takes an interim answer for the whole one; the real one would be taken for the next request's.
            std::lock_guard lock(mutex_);
            client_ = new_client();
            return Error(ErrorKind::retryable, codes::server_connection_lost,
                         fmt::format("interim answer {}", answer->status));
        }
        return answer;
    }

    std::shared_ptr<web::http::client::http_client> client() {
        std::lock_guard lock(mutex_);
        return client_;
    }

    const Url server_;
    const std::shared_ptr<CertificateCheck>
        certificates_; // shared with the handshakes, which may outlive a stopped request
    const web::http::client::http_client_config config_;
    Headers own_headers_;
    Slots slots_;
    std::mutex mutex_;                                       // guards client_
    std::shared_ptr<web::http::client::http_client> client_; // shared with the requests under way when it is replaced
};

} // namespace

Result<std::unique_ptr<Transport>> make_transport(const TransportOptions& options) {
    if (options.server.host.find(':') != std::string::npos) // cpprestsdk looks "[::1]" up as a name
        return Error(ErrorKind::job, codes::usage_bad_url, "an IPv6 address; give the server's name",
                     {{"url", options.server.text()}});
    auto allowed = require_protected(options.server, options.insecure_http);
    if (!allowed) return failure(allowed);
    auto certificates = std::make_shared<CertificateCheck>(options.server.host, options.ca_file);
    auto readable = certificates->check_ca_file();
    if (!readable) return failure(readable);
    start_few_threads();
    return std::make_unique<CpprestTransport>(options, std::move(certificates));
}

} // namespace passerelle::http
