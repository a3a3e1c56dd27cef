// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/http/cpprest_transport.hpp"
#include "client/nextcloud/retrying_transport.hpp"
#include "tests/unit/client/http/raw_server.hpp"

#include <atomic>
#include <gtest/gtest.h>

namespace passerelle::nextcloud {
namespace {

/// Reads the second request of its first connection and closes without a word, as a server does whose worker dies.
class DyingServer : public testing::Test {
  protected:
    DyingServer() {
        http::TransportOptions options;
        options.server = http::Url{false, "127.0.0.1", server_.port(), ""};
        RetryRules rules;
        rules.pause = [](std::chrono::milliseconds, const std::stop_token&) { return true; };
        transport_ = std::make_unique<RetryingTransport>(std::move(http::make_transport(options).value()),
                                                         options.server, rules);
        EXPECT_EQ(send("GET"), 200);
    }

    int send(const char* method, bool with_look_up = false) {
        http::Request request;
        request.method = method;
        request.target = "/";
        if (with_look_up)
            request.arrived = [this](const std::stop_token&) -> Result<std::optional<http::Response>> {
                ++look_ups_;
                http::Response found;
                found.status = 201;
                return found;
            };
        const auto answer = transport_->send(request, {});
        return answer ? answer->status : 0;
    }

    std::atomic<int> requests_ = 0;
    int look_ups_ = 0;
    http::RawServer server_{[this](http::RawConnection& connection, int number) {
        for (int i = 0; connection.read_request(); ++i) {
            ++requests_;
            if (number == 0 && i == 1) return;
            connection.write_ok();
        }
    }};
    std::unique_ptr<RetryingTransport> transport_;
};

TEST_F(DyingServer, IsAskedAgainWhereThatIsSafe) {
    EXPECT_EQ(send("PROPFIND"), 200);
    EXPECT_EQ(requests_, 3);
}

TEST_F(DyingServer, IsNotToldTwiceToMove) {
    EXPECT_EQ(send("MOVE", true), 201);
    EXPECT_EQ(look_ups_, 1);
    EXPECT_EQ(requests_, 2);
}

} // namespace
} // namespace passerelle::nextcloud
