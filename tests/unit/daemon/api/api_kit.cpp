// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/daemon/api/api_kit.hpp"

#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>

namespace passerelle::api {
namespace {

constexpr int kPatienceMilliseconds = 10'000;

ServerOptions options_with(const Bounds& bounds) {
    ServerOptions options;
    options.pairing_secret = Secret(std::string(kSecret));
    options.bounds = bounds;
    return options;
}

} // namespace

Fields as(const std::string& user, bool administrator) {
    Fields fields{{"Authorization", "Bearer " + std::string(kSecret)}, {"X-Passerelle-User", user}};
    if (administrator) fields.emplace_back("X-Passerelle-Admin", "1");
    return fields;
}

Fields operator+(Fields fields, const Fields& more) {
    fields.insert(fields.end(), more.begin(), more.end());
    return fields;
}

Wire::Wire(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("no connection");
}

bool Wire::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Wire::fill() {
    pollfd ready{socket_.get(), POLLIN, 0};
    if (::poll(&ready, 1, kPatienceMilliseconds) != 1) return false;
    std::array<char, 16 * 1024> block{};
    const auto count = ::recv(socket_.get(), block.data(), block.size(), 0);
    closed_ = count <= 0;
    if (count > 0) unread_.append(block.data(), static_cast<std::size_t>(count));
    return count > 0;
}

std::optional<std::string> Wire::read_to_end() {
    while (fill()) {
    }
    if (!closed_) return std::nullopt;
    return std::exchange(unread_, {});
}

std::optional<std::string> Wire::read_until(std::string_view mark) {
    for (;;) {
        const auto at = unread_.find(mark);
        if (at != std::string::npos) {
            auto text = unread_.substr(0, at + mark.size());
            unread_.erase(0, at + mark.size());
            return text;
        }
        if (!fill()) return std::nullopt;
    }
}

bool Wire::answered_within(std::chrono::milliseconds time) {
    pollfd ready{socket_.get(), POLLIN, 0};
    return ::poll(&ready, 1, static_cast<int>(time.count())) == 1;
}

void Wire::shut() {
    ::shutdown(socket_.get(), SHUT_RDWR);
}

ApiTest::ApiTest(const Bounds& bounds)
    : server_(options_with(bounds), {service_, service_, service_, service_}), job_(service_.add_job("camille")),
      client_([this] {
          if (!server_.start()) throw std::runtime_error("the server does not start");
          return "http://127.0.0.1:" + std::to_string(server_.port());
      }()) {}

RawAnswer ApiTest::ask(const std::string& method, const std::string& path, const Fields& fields,
                       const std::string& body) {
    Fields all = fields;
    if (!body.empty() && !fakes::find_field(fields, "Content-Type"))
        all.emplace_back("Content-Type", "application/json");
    auto answer = client_.send(method, "/api/v1" + path, all, body);
    if (!answer) { // the server closes after what it refuses
        client_.close();
        answer = client_.send(method, "/api/v1" + path, all, body);
    }
    EXPECT_TRUE(answer) << method << ' ' << path;
    return answer.value_or(RawAnswer());
}

std::string ApiTest::of_job(const std::string& rest) const {
    return "/jobs/" + std::to_string(job_.value) + rest;
}

std::string ApiTest::head(const std::string& method, const std::string& path, const std::string& more) const {
    return method + " /api/v1" + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server_.port()) +
           "\r\nAuthorization: Bearer " + std::string(kSecret) + "\r\nX-Passerelle-User: camille\r\n" + more + "\r\n";
}

nlohmann::json json(const RawAnswer& answer) {
    auto parsed = nlohmann::json::parse(answer.body, nullptr, false);
    EXPECT_FALSE(parsed.is_discarded()) << answer.body;
    return parsed;
}

} // namespace passerelle::api
