// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/login_flow.hpp"

#include "core/reason_codes.hpp"
#include "tests/unit/client/scripted_transport.hpp"

#include <gmock/gmock.h>

namespace passerelle::ocs {
namespace {

using testing::ElementsAre;

constexpr auto kStarted = R"({"poll":{"token":"TO+KEN","endpoint":"http:\/\/inside:8080\/nc\/login\/v2\/poll"},
                             "login":"https:\/\/example.org\/nc\/login\/v2\/flow\/abc"})";
constexpr auto kGranted = R"({"server":"https:\/\/example.org\/nc","loginName":"alice","appPassword":"secret"})";

class LoginFlowTest : public testing::Test {
  protected:
    Result<LoginFlow> start() {
        return LoginFlow::start(transport_, http::parse_url("https://example.org/nc").value(), {});
    }

    http::Pause counting_pause() {
        return [this](std::chrono::milliseconds duration, const std::stop_token& stop) {
            paused_ += duration;
            return !stop.stop_requested();
        };
    }

    fakes::ScriptedTransport transport_;
    std::chrono::milliseconds paused_{0};
};

TEST_F(LoginFlowTest, PollsUntilThePersonHasGrantedAccess) {
    transport_.answer(200, kStarted)
        .answer(404, "[]")
        .answer(502)
        .fail(ErrorKind::retryable, codes::server_connection_lost);
    transport_.answer(200, kGranted);
    auto flow = start();
    ASSERT_TRUE(flow);
    EXPECT_EQ(flow->page(), "https://example.org/nc/login/v2/flow/abc");
    const auto grant = flow->wait({}, counting_pause());
    ASSERT_TRUE(grant);
    EXPECT_EQ(grant->server.text(), "https://example.org/nc");
    EXPECT_EQ(grant->login_name, "alice");
    EXPECT_EQ(grant->app_password.reveal(), "secret");
    // The poll goes to the server that was asked, whatever host it names.
    EXPECT_EQ(transport_.sent().at(0), "POST /nc/index.php/login/v2");
    EXPECT_EQ(transport_.sent().at(4), "POST /nc/login/v2/poll");
    EXPECT_EQ(read_all(*transport_.requests().at(4).body, 100).value(), "token=TO%2BKEN");
    EXPECT_EQ(paused_, std::chrono::seconds(6));
}

TEST_F(LoginFlowTest, EndsAfterTwentyMinutes) {
    transport_.answer(200, kStarted);
    for (int i = 0; i < 600; ++i)
        transport_.answer(404, "[]");
    EXPECT_EQ(start().value().wait({}, counting_pause()).error().code, codes::login_expired);
    EXPECT_EQ(paused_, std::chrono::minutes(20));
    EXPECT_TRUE(transport_.played_to_the_end());
}

TEST_F(LoginFlowTest, StopsWhenAsked) {
    transport_.answer(200, kStarted).answer(404, "[]");
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(start().value().wait(stop.get_token(), counting_pause()).error().code, codes::job_stopped);
}

TEST_F(LoginFlowTest, GivesUpWhereNothingCanComeOfIt) {
    transport_.answer(200, kStarted).answer(403);
    EXPECT_EQ(start().value().wait({}, counting_pause()).error().code, codes::server_refused);
    transport_.answer(200, kStarted).answer(200, R"({"server":"x y","loginName":"alice","appPassword":""})");
    EXPECT_EQ(start().value().wait({}, counting_pause()).error().code, codes::server_bad_answer);
}

TEST_F(LoginFlowTest, StartsOnlyOnANextcloud) {
    transport_.answer(404, "<html>")
        .answer(200, "{}")
        .answer(200, R"({"poll":{"token":"T","endpoint":"https://e/p"},"login":"javascript:x"})");
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(start().error().code, codes::server_not_nextcloud) << i;
    transport_.answer(503);
    EXPECT_EQ(start().error().code, codes::server_overloaded);
}

} // namespace
} // namespace passerelle::ocs
