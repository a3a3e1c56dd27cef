// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/unique_fd.hpp"
#include "tests/fakes/http_message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace passerelle::fakes {

/// What came back over a plain socket. A value.
struct RawAnswer {
    int status = 0;
    Fields headers;
    std::string body; ///< without chunk framing

    [[nodiscard]] std::string header(std::string_view name) const { return find_field(headers, name).value_or(""); }
};

/// The smallest HTTP/1.1 client that shows what is on the wire: no retries, no redirects, one connection that is kept.
/// Confined to a thread.
class RawClient {
  public:
    /// `url` is "http://127.0.0.1:43211", with or without a path; requests go to that host only.
    explicit RawClient(const std::string& url);

    /// Sends and reads the whole answer; nothing when the connection ended before it was complete. Opens a connection
    /// where there is none, never a second one for the same request.
    [[nodiscard]] std::optional<RawAnswer> send(const std::string& method, const std::string& target,
                                                const Fields& headers = {}, std::string_view body = "");
    void close() { socket_.reset(); }
    [[nodiscard]] bool connected() const { return static_cast<bool>(socket_); }

  private:
    void connect();
    [[nodiscard]] bool write(std::string_view bytes);
    [[nodiscard]] bool fill();
    [[nodiscard]] std::optional<std::string> read_line();
    [[nodiscard]] std::optional<std::string> read_exactly(std::size_t length);
    [[nodiscard]] std::optional<std::string> read_body(const std::string& method, const RawAnswer& answer);
    [[nodiscard]] std::optional<RawAnswer> read_answer(const std::string& method);

    std::string host_;
    std::uint16_t port_ = 80;
    UniqueFd socket_;
    std::string unread_;
};

/// "Basic YWxpY2U6cHc=" for an Authorization header.
[[nodiscard]] std::string basic_authorization(const std::string& user, const std::string& password);

} // namespace passerelle::fakes
