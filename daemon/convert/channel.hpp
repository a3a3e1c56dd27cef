// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/unique_fd.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace passerelle::convert {

/// What the pool and a worker say to each other: a few short fields, the first of which names the message.
///
///   worker -> pool   ready <network>                 LibreOffice runs; <network>: see PoolStatistics
///                    failed <detail>                 this document, or LibreOffice itself at the start, does not work
///                    converted
///   pool -> worker   convert <input> <output> <format>
using Message = std::vector<std::string>;

namespace messages {
inline constexpr std::string_view kReady = "ready";
inline constexpr std::string_view kConvert = "convert";
inline constexpr std::string_view kConverted = "converted";
inline constexpr std::string_view kFailed = "failed";
} // namespace messages

inline constexpr std::size_t kMaxMessageBytes = 64 * 1024;

/// The bytes of a message on the wire: its length, then each field as length and bytes; lengths are 32 bits, little
/// endian.
[[nodiscard]] std::string encode(const Message& message);

/// The fields of a frame's body (what follows its length). Nothing when the lengths do not add up or no field is there.
[[nodiscard]] std::optional<Message> decode(std::string_view body);

/// One end of the socket between the pool and a worker. Trusts nothing that comes from the other end. Confined to a
/// thread.
class Channel {
  public:
    enum class Received {
        message,
        nothing_yet, ///< the time to wait is over, or a part of a message is here
        closed,      ///< the other end is gone
        rubbish,     ///< what came is no message, or longer than kMaxMessageBytes
    };

    explicit Channel(UniqueFd socket) : socket_(std::move(socket)) {}

    /// False when the other end is gone.
    [[nodiscard]] bool send(const Message& message);
    /// Waits at most `wait`; a negative one means for ever.
    [[nodiscard]] Received receive(Message& message, std::chrono::milliseconds wait);
    [[nodiscard]] int fd() const { return socket_.get(); }

  private:
    [[nodiscard]] Received take(Message& message);

    UniqueFd socket_;
    std::string buffer_;
};

} // namespace passerelle::convert
