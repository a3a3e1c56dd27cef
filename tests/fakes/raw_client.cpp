// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/raw_client.hpp"

#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>
#include <vector>

namespace passerelle::fakes {

RawClient::RawClient(const std::string& url) {
    constexpr std::string_view kScheme = "http://";
    if (!url.starts_with(kScheme)) throw std::invalid_argument("plain http only: " + url);
    const std::string rest = url.substr(kScheme.size());
    const std::string authority = rest.substr(0, rest.find('/'));
    const auto colon = authority.find(':');
    host_ = authority.substr(0, colon);
    if (colon != authority.npos) port_ = static_cast<std::uint16_t>(std::stoi(authority.substr(colon + 1)));
}

std::optional<RawAnswer> RawClient::send(const std::string& method, const std::string& target, const Fields& headers,
                                         std::string_view body) {
    if (!socket_) connect();
    std::string head = method + " " + target + " HTTP/1.1\r\nHost: " + host_ + ":" + std::to_string(port_) + "\r\n";
    for (const auto& [name, value] : headers)
        head += name + ": " + value + "\r\n";
    head += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    auto answer = write(head + std::string(body)) ? read_answer(method) : std::nullopt;
    if (!answer) close();
    return answer;
}

void RawClient::connect() {
    unread_.clear();
    socket_.reset(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    if (::inet_pton(AF_INET, host_ == "localhost" ? "127.0.0.1" : host_.c_str(), &address.sin_addr) != 1 ||
        ::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot connect to " + host_);
    }
}

bool RawClient::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool RawClient::fill() {
    std::array<char, 16 * 1024> block{};
    const ssize_t count = ::recv(socket_.get(), block.data(), block.size(), 0);
    if (count <= 0) return false;
    unread_.append(block.data(), static_cast<std::size_t>(count));
    return true;
}

std::optional<std::string> RawClient::read_line() {
    std::size_t end = 0;
    while ((end = unread_.find("\r\n")) == unread_.npos) {
        if (!fill()) return std::nullopt;
    }
    std::string line = unread_.substr(0, end);
    unread_.erase(0, end + 2);
    return line;
}

std::optional<std::string> RawClient::read_exactly(std::size_t length) {
    while (unread_.size() < length) {
        if (!fill()) return std::nullopt;
    }
    std::string bytes = unread_.substr(0, length);
    unread_.erase(0, length);
    return bytes;
}

std::optional<std::string> RawClient::read_body(const std::string& method, const RawAnswer& answer) {
    if (method == "HEAD" || answer.status == 204) return "";
    if (answer.header("Transfer-Encoding") != "chunked")
        return read_exactly(std::stoul("0" + answer.header("Content-Length")));
    std::string body;
    for (;;) {
        const auto size = read_line();
        if (!size) return std::nullopt;
        const auto piece = read_exactly(std::stoul(*size, nullptr, 16));
        if (!piece || !read_line()) return std::nullopt;
        if (piece->empty()) return body;
        body += *piece;
    }
}

std::optional<RawAnswer> RawClient::read_answer(const std::string& method) {
    const auto status_line = read_line();
    if (!status_line || status_line->size() < 12) return std::nullopt;
    RawAnswer answer;
    answer.status = std::stoi(status_line->substr(9, 3));
    for (;;) {
        const auto line = read_line();
        if (!line) return std::nullopt;
        if (line->empty()) break;
        const auto colon = line->find(": ");
        answer.headers.emplace_back(line->substr(0, colon), colon == line->npos ? "" : line->substr(colon + 2));
    }
    auto body = read_body(method, answer);
    if (!body) return std::nullopt;
    answer.body = std::move(*body);
    if (answer.header("Connection") == "close") close();
    return answer;
}

std::string basic_authorization(const std::string& user, const std::string& password) {
    const std::string plain = user + ":" + password;
    std::vector<unsigned char> encoded(4 * (plain.size() / 3 + 1) + 1);
    const int length = EVP_EncodeBlock(encoded.data(), reinterpret_cast<const unsigned char*>(plain.data()),
                                       static_cast<int>(plain.size()));
    return "Basic " + std::string(encoded.begin(), encoded.begin() + length);
}

} // namespace passerelle::fakes
