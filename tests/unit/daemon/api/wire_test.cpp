// SPDX-License-Identifier: AGPL-3.0-or-later
// What no client would send.
#include "tests/unit/daemon/api/api_kit.hpp"

#include <chrono>
#include <fmt/format.h>
#include <fstream>
#include <thread>

namespace passerelle::api {
namespace {

std::uint64_t resident_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::stoull(line.substr(6));
    return 0;
}

class OnTheWire : public ApiTest {
  protected:
    std::string answer_to(const std::string& bytes) {
        Wire wire(server_.port());
        wire.send(bytes);
        return wire.read_to_end().value_or("still open");
    }
    std::string local_head(const std::string& line, const std::string& more = "") {
        return line + "\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + std::string(kSecret) +
               "\r\nX-Passerelle-User: camille\r\n" + more + "\r\n";
    }
};

TEST_F(OnTheWire, WhatIsNoHttpIsToldSoAndCutOff) {
    for (const auto& bytes :
         {std::string("nonsense\r\n\r\n"), std::string("\r\n\r\n\r\nGET\r\n\r\n"),
          std::string("GET /api/v1/jobs\r\n\r\n"), std::string("GET /api/v1/jobs HTTP/3.7\r\n\r\n"),
          std::string("\0\0\0\0", 4) + "\r\n\r\n", std::string("GET /api/v1/jobs HTTP/1.1\r\nno colon\r\n\r\n"),
          std::string("GET /api/v1/jobs HTTP/1.1\r\nHost: a\r\nA\x01: b\r\n\r\n"),
          std::string("GET /api/v1/\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"),
          local_head("POST /api/v1/jobs HTTP/1.1", "Content-Length: 5\r\nContent-Length: 6\r\n") + "{}",
          local_head("POST /api/v1/jobs HTTP/1.1", "Content-Length: -1\r\n") + "{}",
          local_head("POST /api/v1/jobs HTTP/1.1", "Content-Length: 99999999999999999999\r\n") + "{}"}) {
        const auto answer = answer_to(bytes);
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 4")) << bytes << " -> " << answer;
        EXPECT_NE(answer.find("application/problem+json"), std::string::npos) << bytes;
    }
    EXPECT_EQ(get("/version").status, 200);
}

/// The lengths that end cpprestsdk's server, docs/decisions/0013.
TEST_F(OnTheWire, LengthsOfChunksAreDoubted) {
    const auto json_chunked = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n";
    for (const std::string length : {"-1", "-2", "ffffffffffffffffff", "zz", "", "0x5", "7fffffffffffffff", "11000"}) {
        const auto answer =
            answer_to(local_head("POST /api/v1/jobs HTTP/1.1", json_chunked) + length + "\r\nabcdefgh\r\n0\r\n\r\n");
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 4")) << length << " -> " << answer;
    }
    EXPECT_EQ(get("/version").status, 200);
}

TEST_F(OnTheWire, ChunksAreCountedAgainstTheBound) {
    const auto chunked = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n";
    Wire wire(server_.port());
    wire.send(local_head("POST /api/v1/jobs HTTP/1.1", chunked));
    const std::string chunk = "1000\r\n" + std::string(0x1000, ' ') + "\r\n";
    for (int count = 0; count < 40 && wire.send(chunk); ++count) {
    }
    EXPECT_TRUE(wire.read_to_end().value_or("").starts_with("HTTP/1.1 413"));
    const std::string order = R"({"parts":[{"place":"inbox","path":"a.zip"}],"login":"c","app_password":"p"})";
    const auto taken =
        answer_to(local_head("POST /api/v1/jobs HTTP/1.1", std::string(chunked) + "Connection: close\r\n") +
                  "1\r\n{\r\n" + fmt::format("{:x}", order.size() - 1) + "\r\n" + order.substr(1) + "\r\n0\r\n\r\n");
    EXPECT_TRUE(taken.starts_with("HTTP/1.1 201")) << taken;
}

TEST_F(OnTheWire, AHeadHasBounds) {
    const auto answer = answer_to("GET /api/v1/jobs HTTP/1.1\r\nX: " + std::string(40'000, 'a'));
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 431")) << answer;
    std::string many = "GET /api/v1/jobs HTTP/1.1\r\n";
    for (int number = 0; number < 4000; ++number)
        many += "X-" + std::to_string(number) + ": a\r\n";
    EXPECT_TRUE(answer_to(many).starts_with("HTTP/1.1 431"));
}

TEST_F(OnTheWire, NobodyFillsTheMemory) {
    get("/version");
    const auto before = resident_kib();
    const std::string block(1'000'000, 'a');
    Wire head_wire(server_.port());
    head_wire.send("GET /api/v1/jobs HTTP/1.1\r\nX: ");
    for (int megabytes = 0; megabytes < 100 && head_wire.send(block); ++megabytes) {
    }
    Wire body_wire(server_.port()); // without the secret
    body_wire.send("POST /api/v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000000\r\n\r\n");
    for (int megabytes = 0; megabytes < 100 && body_wire.send(block); ++megabytes) {
    }
    EXPECT_LT(resident_kib(), before + 20'000);
    EXPECT_EQ(get("/version").status, 200);
}

TEST_F(OnTheWire, ARefusedBodyIsNotReadAndTheAnswerArrives) {
    Wire wire(server_.port());
    wire.send("POST /api/v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000\r\n\r\n" +
              std::string(30'000, ' '));
    const auto answer = wire.read_to_end().value_or("");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 401")) << answer;
    EXPECT_NE(answer.find("Connection: close"), std::string::npos);
}

TEST_F(OnTheWire, ABodyIsInvitedWhereOneWaitsToBe) {
    const std::string order = R"({"parts":[{"place":"inbox","path":"a.zip"}],"login":"c","app_password":"p"})";
    const auto more =
        "Content-Type: application/json\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: " +
        std::to_string(order.size()) + "\r\n";
    Wire wire(server_.port());
    wire.send(local_head("POST /api/v1/jobs HTTP/1.1", more));
    EXPECT_EQ(wire.read_until("\r\n\r\n").value_or(""), "HTTP/1.1 100 Continue\r\n\r\n");
    wire.send(order);
    EXPECT_TRUE(wire.read_to_end().value_or("").starts_with("HTTP/1.1 201"));
    Wire refused(server_.port());
    refused.send("POST /api/v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    EXPECT_TRUE(refused.read_to_end().value_or("").starts_with("HTTP/1.1 401"));
}

TEST_F(OnTheWire, AConnectionServesManyRequestsAlsoSentAtOnce) {
    Wire wire(server_.port());
    const auto one = local_head("GET /api/v1/version HTTP/1.1");
    wire.send(one + one + local_head("GET /api/v1/nowhere HTTP/1.1") +
              local_head("GET /api/v1/jobs HTTP/1.1", "Connection: close\r\n"));
    const auto all = wire.read_to_end().value_or("");
    std::string statuses;
    for (auto at = all.find("HTTP/1.1 "); at != std::string::npos; at = all.find("HTTP/1.1 ", at + 1))
        statuses += all.substr(at + 9, 4);
    EXPECT_EQ(statuses, "200 200 404 200 ");
}

TEST_F(OnTheWire, OldAndUnknownMethodsAreAnswered) {
    EXPECT_TRUE(
        answer_to(local_head("BREW /api/v1/jobs HTTP/1.1", "Connection: close\r\n")).starts_with("HTTP/1.1 405"));
    EXPECT_TRUE(
        answer_to(local_head("HEAD /api/v1/jobs HTTP/1.1", "Connection: close\r\n")).starts_with("HTTP/1.1 405"));
    EXPECT_TRUE(answer_to(local_head("GET /api/v1/jobs HTTP/1.0")).starts_with("HTTP/1.1 200"));
}

class Slow : public ApiTest {
  protected:
    static Bounds bounds() {
        Bounds bounds;
        bounds.head_time = std::chrono::milliseconds(300);
        bounds.body_time = std::chrono::milliseconds(300);
        bounds.connections = 50;
        return bounds;
    }
    Slow() : ApiTest(bounds()) {}
    /// The server hears of connections that ended on its own thread, a moment after they did: until then it may be
    /// full.
    int status_once_there_is_room() {
        const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        auto status = get("/version").status;
        for (; status == 503 && std::chrono::steady_clock::now() < patience; status = get("/version").status)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        return status;
    }
};

TEST_F(Slow, AHeadThatDoesNotComeEndsTheConnection) {
    Wire silent(server_.port());
    EXPECT_EQ(silent.read_to_end(), "");
    Wire half(server_.port());
    half.send("GET /api/v1/jobs HTTP/1.1\r\nX: ");
    EXPECT_TRUE(half.read_to_end().value_or("").starts_with("HTTP/1.1 408"));
}

TEST_F(Slow, ABodyThatDoesNotComeEndsTheConnection) {
    Wire wire(server_.port());
    wire.send(head("POST", "/jobs", "Content-Type: application/json\r\nContent-Length: 1000\r\n") + "{\"parts\"");
    EXPECT_TRUE(wire.read_to_end().value_or("").starts_with("HTTP/1.1 408"));
}

/// Byte by byte, each well in time: the whole is not.
TEST_F(Slow, ALorisIsNotFed) {
    Wire wire(server_.port());
    std::size_t sent = 0;
    while (!wire.answered_within(std::chrono::milliseconds(30)) && sent < 200) {
        wire.send("a");
        ++sent;
    }
    EXPECT_GT(sent, 3u);
    EXPECT_LT(sent, 100u);
    EXPECT_TRUE(wire.read_to_end().value_or("").starts_with("HTTP/1.1 408"));
    EXPECT_EQ(get("/version").status, 200);
}

TEST_F(Slow, ThoseWhoOnlyHoldConnectionsMakeRoom) {
    std::vector<Wire> wires;
    for (int count = 0; count < 120; ++count) // more than are turned away at once
        wires.emplace_back(server_.port());
    const auto turned_away = wires[60].read_to_end().value_or("");
    EXPECT_TRUE(turned_away.starts_with("HTTP/1.1 503")) << turned_away;
    EXPECT_NE(turned_away.find("Retry-After"), std::string::npos);
    for (std::size_t held = 0; held < 50; ++held)
        EXPECT_EQ(wires[held].read_to_end(), ""); // their time is over
    wires.clear();
    EXPECT_EQ(status_once_there_is_room(), 200);
}

} // namespace
} // namespace passerelle::api
