// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/channel.hpp"

#include <array>
#include <gtest/gtest.h>
#include <sys/socket.h>

namespace passerelle::convert {
namespace {

using std::chrono::milliseconds;

struct Ends {
    Ends() {
        std::array<int, 2> fds{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.data()) != 0)
            throw std::runtime_error("socketpair");
        left.emplace(UniqueFd(fds[0]));
        right.emplace(UniqueFd(fds[1]));
    }
    std::optional<Channel> left;
    std::optional<Channel> right;

    void send_bytes(const std::string& bytes) const {
        ASSERT_EQ(::send(left->fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
    }
};

TEST(Channel, CarriesFieldsOfAnyBytes) {
    const Message message{"convert", "", std::string("a\0b\xff", 4), std::string(20'000, 'x')};
    Ends ends;
    ASSERT_TRUE(ends.left->send(message));
    Message received;
    Channel::Received result = Channel::Received::nothing_yet;
    while (result == Channel::Received::nothing_yet)
        result = ends.right->receive(received, milliseconds(1000));
    EXPECT_EQ(result, Channel::Received::message);
    EXPECT_EQ(received, message);
}

TEST(Channel, TwoMessagesInOnePieceAreTwo) {
    Ends ends;
    ends.send_bytes(encode({"one"}) + encode({"two"}));
    Message received;
    EXPECT_EQ(ends.right->receive(received, milliseconds(1000)), Channel::Received::message);
    EXPECT_EQ(received, Message{"one"});
    EXPECT_EQ(ends.right->receive(received, milliseconds(0)), Channel::Received::message);
    EXPECT_EQ(received, Message{"two"});
}

TEST(Channel, HalfAMessageIsNoneYet) {
    Ends ends;
    const std::string frame = encode({"converted"});
    ends.send_bytes(frame.substr(0, 7));
    Message received;
    EXPECT_EQ(ends.right->receive(received, milliseconds(0)), Channel::Received::nothing_yet);
    ends.send_bytes(frame.substr(7));
    EXPECT_EQ(ends.right->receive(received, milliseconds(1000)), Channel::Received::message);
}

TEST(Channel, NoticesThatTheOtherEndIsGone) {
    Ends ends;
    ends.left.reset();
    Message received;
    EXPECT_EQ(ends.right->receive(received, milliseconds(-1)), Channel::Received::closed);
    EXPECT_FALSE(ends.right->send({"ready"}));
}

TEST(Channel, AHugeLengthIsRubbishAndCostsNoMemory) {
    Ends ends;
    ends.send_bytes("\xff\xff\xff\x7f");
    Message received;
    EXPECT_EQ(ends.right->receive(received, milliseconds(1000)), Channel::Received::rubbish);
}

TEST(Channel, FieldsThatDoNotAddUpAreRubbish) {
    EXPECT_FALSE(decode(""));
    EXPECT_FALSE(decode(std::string("\x05\0\0\0abc", 7)));
    EXPECT_FALSE(decode(std::string("\x01\0\0\0a\x01", 6)));
    EXPECT_EQ(decode(std::string("\x01\0\0\0a", 5)), Message{"a"});
}

} // namespace
} // namespace passerelle::convert
