// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/channel.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <poll.h>
#include <sys/socket.h>

namespace passerelle::convert {
namespace {

constexpr std::size_t kLengthBytes = 4;

void append_length(std::string& bytes, std::size_t length) {
    for (std::size_t shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<char>((length >> shift) & 0xff));
}

std::size_t length_at(std::string_view bytes) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < kLengthBytes; ++i) {
        length |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    return length;
}

} // namespace

std::string encode(const Message& message) {
    std::string body;
    for (const std::string& field : message) {
        append_length(body, field.size());
        body += field;
    }
    std::string frame;
    append_length(frame, body.size());
    return frame + body;
}

std::optional<Message> decode(std::string_view body) {
    Message message;
    while (!body.empty()) {
        if (body.size() < kLengthBytes) return std::nullopt;
        const std::size_t length = length_at(body);
        body.remove_prefix(kLengthBytes);
        if (length > body.size()) return std::nullopt;
        message.emplace_back(body.substr(0, length));
        body.remove_prefix(length);
    }
    if (message.empty()) return std::nullopt;
    return message;
}

bool Channel::send(const Message& message) {
    const std::string frame = encode(message);
    std::string_view left = frame;
    while (!left.empty()) {
        const ssize_t sent = ::send(socket_.get(), left.data(), left.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        left.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

Channel::Received Channel::receive(Message& message, std::chrono::milliseconds wait) {
    if (const Received already = take(message); already != Received::nothing_yet) return already;
    pollfd readable{socket_.get(), POLLIN, 0};
    if (::poll(&readable, 1, wait.count() < 0 ? -1 : static_cast<int>(wait.count())) <= 0) return Received::nothing_yet;

    std::array<char, 4096> bytes{};
    const ssize_t count = ::recv(socket_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return Received::nothing_yet;
    if (count <= 0) return Received::closed;
    buffer_.append(bytes.data(), static_cast<std::size_t>(count));
    return take(message);
}

Channel::Received Channel::take(Message& message) {
    if (buffer_.size() < kLengthBytes) return Received::nothing_yet;
    const std::size_t length = length_at(buffer_);
    if (length > kMaxMessageBytes) return Received::rubbish;
    if (buffer_.size() < kLengthBytes + length) return Received::nothing_yet;
    auto decoded = decode(std::string_view(buffer_).substr(kLengthBytes, length));
    buffer_.erase(0, kLengthBytes + length);
    if (!decoded) return Received::rubbish;
    message = std::move(*decoded);
    return Received::message;
}

} // namespace passerelle::convert
