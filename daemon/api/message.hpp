// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room: what travels, without any library's types.
#pragma once

#include "core/unique_fd.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace passerelle::api {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A request before its body. A value.
struct RequestHead {
    std::string method;
    std::string path;  ///< as sent, percent-encoded
    std::string query; ///< as sent, without the question mark
    Headers headers;
    std::uint16_t port = 0; ///< at which it came

    /// The first of that name, compared without case; empty: none.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// What goes back. Movable.
struct Answer {
    unsigned status = 200;
    std::string type; ///< of the body; empty: there is none
    std::string body;
    Headers headers;
    UniqueFd file; ///< travels instead of `body` where set, from its start
    bool close = false;
};

/// Called exactly once, from any thread; does not block, and does nothing once the connection or the listener is gone.
using Reply = std::function<void(Answer)>;

/// What is said of a request when its head has arrived.
struct Admission {
    std::optional<Answer> refusal; ///< the body is not read
    std::uint64_t largest_body = 0;
    std::function<void(std::string body, Reply reply)> take; ///< what is to be done; does not block
};

/// What stands behind the listener; it outlives it.
class Door {
  public:
    virtual ~Door() = default;
    /// Called by the listener's one thread; does not block.
    [[nodiscard]] virtual Admission admit(const RequestHead& head) = 0;
};

} // namespace passerelle::api
