// SPDX-License-Identifier: AGPL-3.0-or-later
// libFuzzer's target for what a worker that was taken over may send: the pool's end of the channel must end with a
// message, with rubbish or with the end of the stream, and hold no more memory than a message may have.
#include "daemon/convert/channel.hpp"

#include <array>
#include <cstdlib>
#include <sys/socket.h>

using passerelle::UniqueFd;
using passerelle::convert::Channel;
using passerelle::convert::Message;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) std::abort();
    Channel channel{UniqueFd(ends[0])};
    {
        const UniqueFd other(ends[1]);
        if (::send(other.get(), data, size, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 && size > 0) return 0;
    }
    Message message;
    for (std::size_t messages = 0; messages <= size; ++messages)
        if (channel.receive(message, std::chrono::milliseconds(1000)) != Channel::Received::message) return 0;
    std::abort(); // more messages than bytes
}
