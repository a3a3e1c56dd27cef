// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/nextcloud/retrying_transport.hpp"

#include "core/reason_codes.hpp"
#include "tests/unit/client/scripted_transport.hpp"

#include <gmock/gmock.h>

namespace passerelle::nextcloud {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::ElementsAreArray;

using Answer = std::optional<http::Response>;

http::Response response(int status) {
    http::Response result;
    result.status = status;
    return result;
}

constexpr auto kOpen = R"({"installed":true,"maintenance":false})";
constexpr auto kMaintenance = R"({"installed":true,"maintenance":true})";
constexpr auto kUpgrade = R"({"installed":true,"maintenance":false,"needsDbUpgrade":true})";

class Retrying : public testing::Test {
  protected:
    Retrying() {
        auto inner = std::make_unique<fakes::ScriptedTransport>();
        script_ = inner.get();
        RetryRules rules;
        rules.chance = [] { return 0.0; };
        rules.on_wait = [this](const Waiting& waiting) { waits_.push_back(waiting.reason); };
        rules.pause = [this](milliseconds duration, const std::stop_token& stop) {
            pauses_.push_back(duration);
            if (pauses_.size() == stop_at_pause_) stop_.request_stop();
            return !stop.stop_requested();
        };
        transport_ = std::make_unique<RetryingTransport>(std::move(inner),
                                                         http::parse_url("https://example.org/nc").value(), rules);
    }

    http::Request put() {
        http::Request request;
        request.method = "PUT";
        request.target = "/file";
        request.body = std::make_shared<MemoryContent>(std::string(3'000'000, 'x'));
        return request;
    }

    /// A PUT whose earlier try is looked up; each look-up takes the next of these answers.
    http::Request put_with_look_ups(std::vector<Result<Answer>> answers) {
        auto request = put();
        look_ups_ = std::move(answers);
        request.arrived = [this](const std::stop_token&) { return look_ups_.at(asked_++); };
        return request;
    }

    std::string outcome(const http::Request& request) {
        const auto answer = transport_->send(request, stop_.get_token());
        return answer ? std::to_string(answer->status) : answer.error().code;
    }

    fakes::ScriptedTransport* script_ = nullptr;
    std::unique_ptr<RetryingTransport> transport_;
    std::vector<Waiting::For> waits_;
    std::vector<milliseconds> pauses_;
    std::size_t stop_at_pause_ = 0;
    std::stop_source stop_;
    std::vector<Result<Answer>> look_ups_;
    std::size_t asked_ = 0;
};

TEST_F(Retrying, HandsOnWhatNeedsNoRetry) {
    for (const int status : {200, 201, 204, 301, 400, 403, 404, 409, 412, 413, 501}) {
        script_->answer(status);
        EXPECT_EQ(outcome(put()), std::to_string(status));
    }
    EXPECT_TRUE(pauses_.empty());
}

TEST_F(Retrying, BacksOffFromALockAndAnOverload) {
    script_->answer(423)
        .answer(429)
        .answer(502)
        .answer(504)
        .fail(ErrorKind::retryable, codes::server_unreachable)
        .answer(201);
    EXPECT_EQ(outcome(put()), "201");
    EXPECT_THAT(pauses_, ElementsAre(milliseconds(500), seconds(1), seconds(2), seconds(4), seconds(8)));
    EXPECT_THAT(waits_, ElementsAre(Waiting::For::locked, Waiting::For::overloaded, Waiting::For::overloaded,
                                    Waiting::For::overloaded, Waiting::For::connection));
}

TEST_F(Retrying, HandsOnTheLastAnswerAfterTheLastTry) {
    for (int i = 0; i < 6; ++i)
        script_->answer(423);
    EXPECT_EQ(outcome(put()), "423");
    EXPECT_TRUE(script_->played_to_the_end());
    for (int i = 0; i < 6; ++i)
        script_->fail(ErrorKind::retryable, codes::server_connection_lost);
    EXPECT_EQ(outcome(put()), codes::server_connection_lost);
    EXPECT_TRUE(script_->played_to_the_end());
}

TEST_F(Retrying, TriesAnInternalErrorThreeTimesOnly) {
    script_->answer(500).answer(500).answer(500);
    EXPECT_EQ(outcome(put()), "500");
    EXPECT_TRUE(script_->played_to_the_end());
}

TEST_F(Retrying, HonoursRetryAfterWithinReason) {
    script_->answer(429, "", {{"Retry-After", "120"}});
    script_->answer(429, "",
                    {{"Date", "Sun, 06 Nov 1994 08:49:37 GMT"}, {"Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT"}});
    script_->answer(429, "", {{"Retry-After", "0"}}).answer(429, "", {{"Retry-After", "4000000000"}}).answer(201);
    EXPECT_EQ(outcome(put()), "201");
    EXPECT_THAT(pauses_, ElementsAre(seconds(120), seconds(30), seconds(2), minutes(30)));
}

TEST_F(Retrying, TakesUpToHalfOfADelayByChance) {
    RetryRules rules;
    rules.chance = [] { return 1.0; };
    rules.pause = [this](milliseconds duration, const std::stop_token&) {
        pauses_.push_back(duration);
        return true;
    };
    auto inner = std::make_unique<fakes::ScriptedTransport>();
    inner->answer(423).answer(423).answer(201);
    RetryingTransport transport(std::move(inner), http::Url(), rules);
    EXPECT_TRUE(transport.send(put(), {}));
    EXPECT_THAT(pauses_, ElementsAre(milliseconds(250), milliseconds(500)));
}

TEST_F(Retrying, SendsNothingMoreAfterAWrongPassword) {
    script_->answer(401);
    EXPECT_EQ(outcome(put()), codes::server_unauthorized);
    EXPECT_EQ(outcome(put()), codes::server_unauthorized);
    EXPECT_EQ(transport_->send(put(), {}).error().kind, ErrorKind::job);
    EXPECT_EQ(script_->sent().size(), 1u);
}

TEST_F(Retrying, SaysHowMuchSpaceIsMissing) {
    script_->answer(507).answer(200, R"({"ocs":{"data":{"id":"alice","quota":{"free":1000000}}}})");
    const auto full = transport_->send(put(), {});
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().code, codes::server_quota_exceeded);
    EXPECT_EQ(full.error().kind, ErrorKind::job);
    EXPECT_EQ(full.error().parameters.at(0), (Reason::Parameter{"missing", "2"}));
    EXPECT_THAT(script_->sent(), ElementsAre("PUT /file", "GET /nc/ocs/v2.php/cloud/user?format=json"));
}

TEST_F(Retrying, WaitsForTheEndOfAMaintenanceHoweverLong) {
    for (int round = 0; round < 10; ++round) {
        script_->answer(503).answer(200, kMaintenance);
        for (int i = 0; i < 20; ++i)
            script_->answer(200, i % 2 ? kMaintenance : kUpgrade);
        script_->answer(200, kOpen);
    }
    script_->answer(201);
    EXPECT_EQ(outcome(put()), "201");
    EXPECT_EQ(pauses_.size(), 210u);
    EXPECT_THAT(waits_, testing::Each(Waiting::For::maintenance));
    EXPECT_EQ(script_->sent().at(1), "GET /nc/status.php");
}

TEST_F(Retrying, GivesUpAMaintenanceThatTheServerDoesNotComeBackFrom) {
    script_->answer(503).answer(200, kMaintenance);
    for (int i = 0; i < 30; ++i)
        script_->fail(ErrorKind::retryable, codes::server_unreachable);
    EXPECT_EQ(outcome(put()), codes::server_overloaded);
}

TEST_F(Retrying, CountsA503WithoutMaintenanceAsATry) {
    for (int i = 0; i < 6; ++i)
        script_->answer(503).answer(200, kOpen);
    EXPECT_EQ(outcome(put()), "503");
    EXPECT_TRUE(script_->played_to_the_end());
}

TEST_F(Retrying, LooksUpALostAnswerBeforeItSendsAgain) {
    for (const auto* lost : {"cut", "timeout", "500", "502", "504"}) {
        const std::string_view what = lost;
        if (what == "cut")
            script_->fail(ErrorKind::retryable, codes::server_connection_lost);
        else if (what == "timeout")
            script_->fail(ErrorKind::retryable, codes::server_timeout);
        else
            script_->answer(std::stoi(lost));
        asked_ = 0;
        EXPECT_EQ(outcome(put_with_look_ups({Answer(response(204))})), "204") << lost;
        EXPECT_EQ(asked_, 1u) << lost;
        EXPECT_TRUE(script_->played_to_the_end()) << lost;
    }
    EXPECT_EQ(script_->sent().size(), 5u);
}

TEST_F(Retrying, SendsAgainWhatHadNotArrived) {
    script_->fail(ErrorKind::retryable, codes::server_connection_lost).answer(201);
    EXPECT_EQ(outcome(put_with_look_ups({Answer()})), "201");
    EXPECT_EQ(asked_, 1u);
}

TEST_F(Retrying, AsksNothingWhereTheRequestCannotHaveArrived) {
    script_->answer(423).answer(429).fail(ErrorKind::retryable, codes::server_unreachable).answer(201);
    EXPECT_EQ(outcome(put_with_look_ups({})), "201");
}

TEST_F(Retrying, SendsNothingWhileTheLookUpFails) {
    script_->fail(ErrorKind::retryable, codes::server_connection_lost).answer(201);
    const Error gone(ErrorKind::retryable, codes::server_unreachable, "");
    EXPECT_EQ(outcome(put_with_look_ups({gone, gone, Answer()})), "201");
    EXPECT_EQ(pauses_.size(), 3u);

    script_->fail(ErrorKind::retryable, codes::server_connection_lost);
    asked_ = 0;
    EXPECT_EQ(outcome(put_with_look_ups({Error(ErrorKind::job, codes::server_certificate, "")})),
              codes::server_certificate);

    script_->fail(ErrorKind::retryable, codes::server_connection_lost);
    asked_ = 0;
    EXPECT_EQ(outcome(put_with_look_ups({gone, gone, gone, gone, gone, gone})), codes::server_unreachable);
    EXPECT_TRUE(script_->played_to_the_end());
}

TEST_F(Retrying, DoesNotBelieveARefusalThatAnEarlierTryExplains) {
    for (const int echo : {404, 405, 409, 412}) {
        script_->answer(504).answer(423).answer(echo);
        asked_ = 0;
        EXPECT_EQ(outcome(put_with_look_ups({Answer(), Answer(), Answer(response(201))})), "201") << echo;
        EXPECT_EQ(asked_, 3u) << echo;
    }
    script_->answer(504).answer(412);
    asked_ = 0;
    EXPECT_EQ(outcome(put_with_look_ups({Answer(), Answer()})), "412");
}

TEST_F(Retrying, LooksOnceMoreAfterTheLastTry) {
    for (int i = 0; i < 6; ++i)
        script_->answer(504);
    EXPECT_EQ(outcome(put_with_look_ups({Answer(), Answer(), Answer(), Answer(), Answer(), Answer(response(201))})),
              "201");
}

TEST_F(Retrying, PassesWhatIsNoTroubleOfTheConnectionAtOnce) {
    for (const auto& [kind, what] :
         {std::pair(ErrorKind::job, codes::server_certificate), std::pair(ErrorKind::item, codes::file_changed),
          std::pair(ErrorKind::job, codes::job_stopped)}) {
        script_->fail(kind, what);
        EXPECT_EQ(outcome(put()), what);
    }
    EXPECT_TRUE(pauses_.empty());
}

TEST_F(Retrying, HandsARateLimitBackToWhoAsksForIt) {
    http::Request request = put();
    request.hand_back_rate_limit = true;
    script_->answer(429).answer(503).answer(200, kOpen).answer(429);
    EXPECT_EQ(outcome(request), "429");
    EXPECT_TRUE(pauses_.empty());
    EXPECT_EQ(outcome(request), "429") << "other trouble is waited out as ever";
    EXPECT_EQ(pauses_.size(), 1u);
}

TEST_F(Retrying, StopsInTheMiddleOfAWait) {
    stop_at_pause_ = 2;
    script_->answer(423).answer(423);
    EXPECT_EQ(outcome(put()), codes::job_stopped);
}

TEST_F(Retrying, StopsInTheMiddleOfAMaintenance) {
    stop_at_pause_ = 1;
    script_->answer(503).answer(200, kMaintenance);
    EXPECT_EQ(outcome(put()), codes::job_stopped);
}

} // namespace
} // namespace passerelle::nextcloud
