// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/daemon/api/api_kit.hpp"

#include <ctime>
#include <fstream>
#include <future>

namespace passerelle::api {
namespace {

std::size_t threads() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("Threads:")) return std::stoul(line.substr(8));
    return 0;
}

std::chrono::nanoseconds processor_time() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

class Events : public ApiTest {
  protected:
    Events() = default;
    explicit Events(const Bounds& bounds) : ApiTest(bounds) {}

    std::uint64_t newest() { return json(get("/events"))["newest"].get<std::uint64_t>(); }
    std::string poll(std::uint64_t after, int seconds) const {
        return head("GET", "/events?after=" + std::to_string(after) + "&wait=" + std::to_string(seconds));
    }
    /// The fake knows of so many polls; each is awaited, for ten seconds together.
    void await_polls(std::size_t count) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (service_.polls() != count && std::chrono::steady_clock::now() < end)
            std::this_thread::yield();
        ASSERT_EQ(service_.polls(), count);
    }
};

TEST_F(Events, TheFirstQuestionIsAnsweredAtOnceWithTheNewest) {
    const auto answer = json(get("/events?wait=60"));
    EXPECT_EQ(answer["newest"], 1);
    EXPECT_TRUE(answer["events"].empty());
}

TEST_F(Events, WhatHappenedSinceIsAnsweredAtOnce) {
    const auto before = newest();
    service_.happened(job_, "changed");
    service_.happened(job_, "progress");
    const auto answer = json(get("/events?wait=60&after=" + std::to_string(before)));
    ASSERT_EQ(answer["events"].size(), 2u);
    EXPECT_EQ(answer["events"][0]["what"], "changed");
    EXPECT_EQ(answer["events"][1]["sequence"], answer["newest"]);
}

TEST_F(Events, APollWakesWhenSomethingHappens) {
    Wire wire(server_.port());
    wire.send(poll(newest(), 60));
    await_polls(1);
    const auto begun = std::chrono::steady_clock::now();
    service_.happened(job_, "progress");
    EXPECT_TRUE(wire.read_until("\"what\":\"progress\"}]}"));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20));
    wire.send(head("GET", "/version")); // the connection is kept
    EXPECT_TRUE(wire.read_until("HTTP/1.1 200"));
}

TEST_F(Events, APollSleepsOnWhenSomethingHappensToSomebodyElse) {
    const auto other = service_.add_job("jeanne");
    Wire wire(server_.port());
    Wire administrator(server_.port());
    const auto after = std::to_string(newest());
    wire.send(head("GET", "/events?wait=60&after=" + after));
    administrator.send(head("GET", "/events?wait=60&everybody=1&after=" + after, "X-Passerelle-Admin: 1\r\n"));
    await_polls(2);
    service_.happened(other, "progress");
    EXPECT_TRUE(administrator.read_until("\"user\":\"jeanne\""));
    EXPECT_EQ(service_.polls(), 1u);
    service_.happened(job_, "changed");
    const auto answer = wire.read_until("}]}").value_or("");
    EXPECT_EQ(answer.find("jeanne"), std::string::npos);
    EXPECT_NE(answer.find("camille"), std::string::npos);
}

TEST_F(Events, APollEndsWithItsTime) {
    const auto begun = std::chrono::steady_clock::now();
    const auto answer = json(get("/events?wait=1&after=" + std::to_string(newest())));
    const auto took = std::chrono::steady_clock::now() - begun;
    EXPECT_TRUE(answer["events"].empty());
    EXPECT_GE(took, std::chrono::milliseconds(900));
    EXPECT_LT(took, std::chrono::seconds(5));
}

TEST_F(Events, TwoHundredIdlePollsCostNothing) {
    const auto after = newest();
    const auto threads_before = threads();
    std::vector<Wire> wires;
    for (int count = 0; count < 200; ++count) {
        wires.emplace_back(server_.port());
        wires.back().send(poll(after, 60));
    }
    await_polls(200);
    EXPECT_EQ(threads(), threads_before);
    const auto before = processor_time();
    Wire second(server_.port()); // a second passes
    second.send(poll(after, 1));
    EXPECT_TRUE(second.read_until("\"events\":[]"));
    const auto cost = processor_time() - before;
    RecordProperty("microseconds_a_second", std::to_string(cost.count() / 1000));
    std::printf("200 idle polls: %.2f ms of processor time a second\n", static_cast<double>(cost.count()) / 1e6);
    EXPECT_LT(cost, std::chrono::milliseconds(20));
    service_.happened(job_, "changed");
    for (auto& wire : wires)
        EXPECT_TRUE(wire.read_until("\"what\":\"changed\""));
}

TEST_F(Events, WhoHangsUpMidwayHarmsNobody) {
    for (int count = 0; count < 20; ++count) {
        Wire wire(server_.port());
        wire.send(poll(newest(), 60));
        wire.shut();
    }
    service_.happened(job_, "changed");
    EXPECT_EQ(get("/version").status, 200);
}

TEST_F(Events, StoppingAnswersThoseWhoWait) {
    Wire wire(server_.port());
    wire.send(poll(newest(), 60));
    await_polls(1);
    const auto begun = std::chrono::steady_clock::now();
    server_.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(3));
    const auto answer = wire.read_to_end().value_or("");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 503")) << answer;
    EXPECT_NE(answer.find("api.stopping"), std::string::npos);
    service_.happened(job_, "changed"); // whoever answers the poll now answers nobody
    await_polls(0);
}

TEST_F(Events, AServiceThatBreaksCostsOneAnswer) {
    service_.fail_next("events", std::nullopt);
    const auto broken = get("/events");
    EXPECT_EQ(broken.status, 500);
    EXPECT_EQ(json(broken)["code"], "api.internal");
    EXPECT_EQ(get("/events").status, 200);
}

class FewPolls : public Events {
  protected:
    static Bounds bounds() {
        Bounds bounds;
        bounds.polls = 3;
        return bounds;
    }
    FewPolls() : Events(bounds()) {}
};

TEST_F(FewPolls, ThereIsABoundOfPolls) {
    const auto after = newest();
    std::vector<Wire> wires;
    for (int count = 0; count < 3; ++count) {
        wires.emplace_back(server_.port());
        wires.back().send(poll(after, 60));
    }
    await_polls(3);
    const auto answer = get("/events?wait=60&after=" + std::to_string(after));
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(json(answer)["code"], "api.busy");
    EXPECT_FALSE(answer.header("Retry-After").empty());
    service_.happened(job_, "changed");
    for (auto& wire : wires)
        EXPECT_TRUE(wire.read_until("changed"));
    EXPECT_EQ(get("/events?wait=1&after=" + std::to_string(after)).status, 200); // there is room again
}

} // namespace
} // namespace passerelle::api
