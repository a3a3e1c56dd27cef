// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/daemon/api/api_kit.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <thread>

namespace passerelle::api {
namespace {

ServerOptions usual() {
    ServerOptions options;
    options.pairing_secret = Secret(std::string(kSecret));
    return options;
}

std::string code_of_start(ServerOptions options) {
    fakes::FakeService service;
    Server server(std::move(options), {service, service, service, service});
    const auto started = server.start();
    return started ? "" : started.error().code;
}

TEST(ServerStart, ListensOnThisMachineAlone) {
    for (const auto& address :
         {"0.0.0.0", "::", "192.0.2.1", "10.0.0.1", "localhost", "example.org", "", "127.0.0.1 "}) {
        auto options = usual();
        options.address = address;
        EXPECT_EQ(code_of_start(options), "api.not_loopback") << address;
    }
    auto options = usual();
    options.address = "127.0.0.2";
    EXPECT_EQ(code_of_start(options), "");
}

TEST(ServerStart, WantsASecretThatNobodyGuesses) {
    auto options = usual();
    options.pairing_secret = Secret("short");
    EXPECT_EQ(code_of_start(options), "api.secret_too_short");
    options.pairing_secret = Secret();
    EXPECT_EQ(code_of_start(options), "api.secret_too_short");
}

TEST(ServerStart, SaysWhenThePortIsTaken) {
    fakes::FakeService service;
    Server first(usual(), {service, service, service, service});
    ASSERT_TRUE(first.start());
    auto options = usual();
    options.port = first.port();
    EXPECT_EQ(code_of_start(options), "api.address_taken");
    first.stop();
    EXPECT_EQ(first.port(), 0);
    EXPECT_EQ(code_of_start(options), ""); // free again
}

TEST(ServerStart, CanBeRepeated) {
    fakes::FakeService service;
    Server server(usual(), {service, service, service, service});
    for (int round = 0; round < 20; ++round) {
        ASSERT_TRUE(server.start());
        ASSERT_TRUE(server.start()); // twice is once
        const Wire idle(server.port());
        Wire wire(server.port());
        wire.send("GET /api/v1/version HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + std::string(kSecret) +
                  "\r\n\r\n");
        EXPECT_TRUE(wire.read_until("200 OK"));
        server.stop();
        server.stop();
    }
}

class Serving : public ApiTest {
  protected:
    Serving() = default;
    explicit Serving(const Bounds& bounds) : ApiTest(bounds) {}
    void await_held(std::size_t count) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (service_.held() != count && std::chrono::steady_clock::now() < end)
            std::this_thread::yield();
        ASSERT_EQ(service_.held(), count);
    }
    void await_closed_door() {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        try {
            while (std::chrono::steady_clock::now() < end)
                const Wire another(port_);
            ADD_FAILURE() << "the door is still open";
        } catch (const std::runtime_error&) { // no connection any more
        }
    }
    const std::uint16_t port_ = server_.port();
    static Bounds few() {
        Bounds bounds;
        bounds.waiting = 2;
        return bounds;
    }
};

class FewWaiting : public Serving {
  protected:
    FewWaiting() : Serving(few()) {}
};

TEST_F(FewWaiting, SlowCallsHoldUpNobodyAndHaveABound) {
    service_.hold_slow_calls(true);
    std::vector<Wire> wires;
    const auto slow = head("GET", of_job("/undo"), "Connection: close\r\n");
    for (int count = 0; count < 2; ++count) {
        wires.emplace_back(server_.port());
        wires.back().send(slow);
    }
    await_held(2); // both threads
    for (int count = 0; count < 5; ++count) {
        wires.emplace_back(server_.port());
        wires.back().send(slow);
    }
    EXPECT_EQ(get(of_job("")).status, 200); // quick calls have threads of their own
    service_.hold_slow_calls(false);
    int answered = 0;
    int busy = 0;
    for (auto& wire : wires) {
        const auto answer = wire.read_to_end().value_or("");
        answered += answer.starts_with("HTTP/1.1 200") ? 1 : 0;
        busy += answer.starts_with("HTTP/1.1 503") && answer.find("Retry-After") != std::string::npos ? 1 : 0;
    }
    EXPECT_EQ(answered, 4);
    EXPECT_EQ(busy, 3);
}

TEST_F(FewWaiting, StoppingWaitsForWhatIsBeingAnswered) {
    service_.hold_slow_calls(true);
    Wire being_answered(server_.port());
    being_answered.send(head("GET", of_job("/undo")));
    Wire second(server_.port());
    second.send(head("GET", of_job("/undo")));
    await_held(2);
    Wire waiting(server_.port());
    waiting.send(head("GET", of_job("/undo")));
    EXPECT_EQ(get("/version").status, 200); // by now it waits
    const std::jthread stopping([&] { server_.stop(); });
    await_closed_door();
    EXPECT_EQ(service_.held(), 2u);
    service_.hold_slow_calls(false);
    EXPECT_TRUE(being_answered.read_to_end().value_or("").starts_with("HTTP/1.1 200"));
    EXPECT_TRUE(waiting.read_to_end().value_or("").starts_with("HTTP/1.1 503"));
}

/// Milliseconds. A sanitizer makes everything several times slower.
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr double kGoal = 500;
#else
constexpr double kGoal = 50;
#endif

double p99_of(std::vector<double> milliseconds) {
    std::ranges::sort(milliseconds);
    std::printf("p50 %.2f ms, p99 %.2f ms, most %.2f ms\n", milliseconds[milliseconds.size() / 2],
                milliseconds[milliseconds.size() * 99 / 100], milliseconds.back());
    return milliseconds[milliseconds.size() * 99 / 100];
}

/// While one thread keeps the service's lock, and two callers ask without pause. The best of three rounds counts: what
/// else the machine does is not measured here.
TEST_F(Serving, AnswersInTimeWhileTheServiceIsBusy) {
    std::atomic<bool> busy{true};
    std::vector<std::jthread> others;
    others.emplace_back([&] {
        const service::ItemQuery query{.filter = {}, .text = "", .below = "", .after = {}, .limit = 1000};
        while (busy) {
            service_.happened(job_, "progress");
            std::ignore = service_.items({"camille", false}, job_, query);
        }
    });
    others.emplace_back([&] {
        fakes::RawClient client("http://127.0.0.1:" + std::to_string(server_.port()));
        while (busy)
            std::ignore = client.send("GET", "/api/v1" + of_job("/items?limit=1000"), as("camille"));
    });
    double best = 1e9;
    for (int round = 0; round < 3 && best >= kGoal; ++round) {
        std::vector<double> milliseconds;
        for (int request = 0; request < 1000; ++request) {
            const auto path = request % 3 == 0 ? of_job("/items") : request % 3 == 1 ? of_job("") : "/jobs";
            const auto begun = std::chrono::steady_clock::now();
            EXPECT_EQ(get(path).status, 200);
            const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
            milliseconds.push_back(took.count());
        }
        best = std::min(best, p99_of(std::move(milliseconds)));
    }
    busy = false;
    EXPECT_LT(best, kGoal);
}

} // namespace
} // namespace passerelle::api
