// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/http/cpprest_transport.hpp"
#include "core/reason_codes.hpp"
#include "tests/unit/client/http/raw_server.hpp"

#include <atomic>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <latch>
#include <semaphore>

/// Nobody joins the threads of cpprestsdk's pool: what a stopped request left there when the process ends is no leak.
extern "C" const char*
__lsan_default_suppressions() { // NOLINT(bugprone-reserved-identifier): its name is LeakSanitizer's
    return "leak:pplx::details::_ScheduleFuncWithAutoInline\nleak:_ScheduleFuncWithAutoInline\n";
}

namespace passerelle::http {
namespace {

using std::chrono::milliseconds;

std::unique_ptr<Transport> transport_to(std::uint16_t port, std::size_t connections = 4,
                                        milliseconds timeout = milliseconds(20'000)) {
    TransportOptions options;
    options.server = Url{false, "127.0.0.1", port, ""};
    options.user = "zoé";
    options.password = Secret("mot de passe");
    options.connections = connections;
    options.timeout = timeout;
    return std::move(make_transport(options).value());
}

Request get(std::string target) {
    Request request;
    request.method = "GET";
    request.target = std::move(target);
    return request;
}

Request put(std::string body) {
    Request request;
    request.method = "PUT";
    request.target = "/file";
    request.body = std::make_shared<MemoryContent>(std::move(body));
    return request;
}

std::string code(const Result<Response>& answer) {
    return answer ? fmt::format("answer {}", answer->status) : answer.error().code;
}

/// Serves every request of a connection with 200.
void serve_all(RawConnection& connection, int) {
    while (connection.read_request())
        connection.write_ok();
}

TEST(Transport, SendsRequestAndBodyAndReadsTheAnswer) {
    Seen seen;
    RawServer server([&](RawConnection& connection, int) {
        while (auto request = connection.read_request()) {
            seen = *request;
            connection.write("HTTP/1.1 201 Created\r\nETag: \"abc\"\r\nContent-Length: 5\r\n\r\nhello");
        }
    });
    const auto transport = transport_to(server.port());
    auto request = put("some bytes");
    request.target = "/nc/remote.php/dav/files/zo%C3%A9/a%20b%2Bc%25%27%28x%29.odt?x=%26&y=1";
    request.headers.set("X-OC-MTime", "1400000000");
    request.headers.set("Content-Type", "text/plain");
    const auto answer = transport->send(request, {});
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->status, 201);
    EXPECT_EQ(answer->headers.find("etag"), "\"abc\"");
    EXPECT_EQ(answer->body, "hello");
    EXPECT_TRUE(seen.head.starts_with(
        "PUT /nc/remote.php/dav/files/zo%C3%A9/a%20b%2Bc%25%27%28x%29.odt?x=%26&y=1 HTTP/1.1\r\n"))
        << seen.head;
    EXPECT_TRUE(seen.has("Authorization:Basic em/DqTptb3QgZGUgcGFzc2U=\r\n")) << seen.head;
    EXPECT_TRUE(seen.has("User-Agent:Passerelle/")) << seen.head;
    EXPECT_TRUE(seen.has("X-OC-MTime:1400000000\r\n"));
    EXPECT_TRUE(seen.has("Content-Type:text/plain\r\n"));
    EXPECT_FALSE(seen.has("Expect:"));
    EXPECT_EQ(seen.body, "some bytes");
}

TEST(Transport, SendsEveryVerbWithAndWithoutABody) {
    RawServer server([](RawConnection& connection, int) {
        while (auto request = connection.read_request())
            connection.write(fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{}", request->head.find(' '),
                                         request->head.substr(0, request->head.find(' '))));
    });
    const auto transport = transport_to(server.port());
    for (const auto* verb : {"GET", "PUT", "POST", "DELETE", "PROPFIND", "PROPPATCH", "MKCOL", "MOVE", "PATCH"}) {
        Request request = get("/");
        request.method = verb;
        EXPECT_EQ(transport->send(request, {}).value().body, verb);
    }
    EXPECT_EQ(server.connections(), 1);
}

TEST(Transport, ReadsChunkedAndEmptyAndErrorAnswers) {
    RawServer server([](RawConnection& connection, int) {
        static_cast<void>(connection.read_request());
        connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
        static_cast<void>(connection.read_request());
        connection.write("HTTP/1.1 204 No Content\r\n\r\n");
        static_cast<void>(connection.read_request());
        connection.write("HTTP/1.1 423 Locked\r\nContent-Length: 7\r\n\r\n<error>");
    });
    const auto transport = transport_to(server.port());
    EXPECT_EQ(transport->send(get("/"), {}).value().body, "hello world");
    EXPECT_EQ(transport->send(get("/"), {}).value().status, 204);
    const auto locked = transport->send(put("x"), {}).value();
    EXPECT_EQ(locked.status, 423);
    EXPECT_EQ(locked.body, "<error>");
    EXPECT_EQ(server.connections(), 1);
}

TEST(Transport, KeepsNoMoreConnectionsThanAllowed) {
    RawServer server(serve_all);
    const auto transport = transport_to(server.port(), 2);
    std::atomic<int> answered = 0;
    {
        std::vector<std::jthread> senders;
        for (int i = 0; i < 8; ++i)
            senders.emplace_back([&] {
                for (int j = 0; j < 50; ++j)
                    answered += transport->send(put("body"), {}).has_value();
            });
    }
    EXPECT_EQ(answered, 400);
    EXPECT_LE(server.connections(), 2);
}

TEST(Transport, NeverFollowsARedirectionWithThePassword) {
    RawServer elsewhere(serve_all);
    RawServer server([&](RawConnection& connection, int) {
        while (connection.read_request())
            connection.write(fmt::format(
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{}/\r\nContent-Length: 0\r\n\r\n", elsewhere.port()));
    });
    EXPECT_EQ(transport_to(server.port())->send(get("/"), {}).value().status, 302);
    EXPECT_EQ(elsewhere.connections(), 0);
}

TEST(Transport, NeverSendsACookieBack) {
    std::string heads;
    RawServer server([&](RawConnection& connection, int) {
        while (auto request = connection.read_request()) {
            heads += request->head;
            connection.write("HTTP/1.1 200 OK\r\nSet-Cookie: session=1\r\nContent-Length: 0\r\n\r\n");
        }
    });
    const auto transport = transport_to(server.port());
    for (int i = 0; i < 2; ++i)
        ASSERT_TRUE(transport->send(get("/"), {}));
    EXPECT_EQ(heads.find("Cookie"), std::string::npos);
}

TEST(Transport, NoticesAKeptConnectionThatTheServerClosed) {
    std::atomic<int> requests = 0;
    std::counting_semaphore<> closed(0);
    RawServer server([&](RawConnection& connection, int number) {
        if (connection.read_request()) ++requests;
        connection.write_ok();
        if (number > 2) return serve_all(connection, number);
        connection.shut_down();
        closed.release();
    });
    const auto transport = transport_to(server.port());
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(code(transport->send(put("body"), {})), "answer 200");
        closed.acquire();
    }
    EXPECT_EQ(code(transport->send(put("body"), {})), "answer 200");
    EXPECT_EQ(requests, 4);
}

TEST(Transport, SendsNothingTwiceWhereAKeptConnectionBreaksUnderTheRequest) {
    std::atomic<int> requests = 0;
    RawServer server([&](RawConnection& connection, int number) {
        for (int i = 0; connection.read_request(); ++i) {
            ++requests;
            if (number == 0 && i == 1) return; // reads the second request and closes without a word
            connection.write_ok();
        }
    });
    const auto transport = transport_to(server.port());
    Request move;
    move.method = "MOVE";
    move.target = "/upload/.file";
    ASSERT_EQ(code(transport->send(move, {})), "answer 200");
    EXPECT_EQ(code(transport->send(move, {})), codes::server_connection_lost);
    EXPECT_EQ(requests, 2);
}

TEST(Transport, TellsAnAnswerCutInTheMiddle) {
    RawServer server([](RawConnection& connection, int number) {
        static_cast<void>(connection.read_request());
        if (number == 0) connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
        if (number == 1) connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nonly this");
        if (number == 2) connection.write("HTTP/1.1 200 OK\r\nContent-Le");
        if (number == 3) connection.write("220 ftp.example.org ready\r\n\r\n");
    });
    const auto transport = transport_to(server.port());
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(code(transport->send(put("x"), {})), codes::server_connection_lost) << i;
}

TEST(Transport, TakesNoLeftoverForTheNextAnswer) {
    RawServer server([](RawConnection& connection, int) {
        static_cast<void>(connection.read_request());
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 500 Lie\r\nContent-Length: 0\r\n\r\n");
        while (connection.read_request())
            connection.write("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
    });
    const auto transport = transport_to(server.port());
    EXPECT_EQ(transport->send(get("/"), {}).value().body, "ok");
    EXPECT_EQ(code(transport->send(get("/"), {})), "answer 201");
}

TEST(Transport, GivesUpTheConnectionAfterAnInterimAnswer) {
    RawServer server([](RawConnection& connection, int number) {
        while (connection.read_request()) {
            if (number == 0) connection.write("HTTP/1.1 103 Early Hints\r\n\r\n");
            connection.write(fmt::format("HTTP/1.1 20{} OK\r\nContent-Length: 0\r\n\r\n", number));
        }
    });
    const auto transport = transport_to(server.port());
    EXPECT_EQ(code(transport->send(get("/"), {})), codes::server_connection_lost);
    EXPECT_EQ(code(transport->send(get("/"), {})), "answer 201");
}

TEST(Transport, BoundsAnAnswer) {
    RawServer server([](RawConnection& connection, int number) {
        static_cast<void>(connection.read_request());
        connection.write(number == 0 ? "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" : "HTTP/1.1 200 OK\r\n\r\n");
        for (int i = 0; i < 20; ++i)
            connection.write(std::string(100, 'x'));
    });
    const auto transport = transport_to(server.port());
    auto request = get("/");
    for (int i = 0; i < 2; ++i) {
        request.max_response_bytes = 1999;
        EXPECT_EQ(code(transport->send(request, {})), codes::server_response_too_large);
    }
    request.max_response_bytes = 2000;
    EXPECT_EQ(transport->send(request, {}).value().body.size(), 2000u);
}

TEST(Transport, SaysWhenNobodyListens) {
    std::uint16_t port = 0;
    { port = RawServer(serve_all).port(); }
    const auto answer = transport_to(port)->send(get("/"), {});
    EXPECT_EQ(code(answer), codes::server_unreachable);
    EXPECT_EQ(answer.error().kind, ErrorKind::retryable);
}

TEST(Transport, SaysWhenTheServerIsTooSlow) {
    RawServer server([](RawConnection& connection, int) {
        static_cast<void>(connection.read_request());
        static_cast<void>(connection.read_request()); // until the client gives up
    });
    EXPECT_EQ(code(transport_to(server.port(), 4, milliseconds(100))->send(put("x"), {})), codes::server_timeout);
}

TEST(Transport, StopsWhileItWaits) {
    std::latch arrived(1);
    RawServer server([&](RawConnection& connection, int) {
        static_cast<void>(connection.read_request());
        arrived.count_down();
        static_cast<void>(connection.read_request());
    });
    const auto transport = transport_to(server.port(), 1);
    std::stop_source stop;
    std::string first;
    std::string second;
    std::jthread sender([&] { first = code(transport->send(put("x"), stop.get_token())); });
    arrived.wait();
    std::jthread waiter([&] { second = code(transport->send(put("x"), stop.get_token())); });
    stop.request_stop();
    sender.join();
    waiter.join();
    EXPECT_EQ(first, codes::job_stopped);
    EXPECT_EQ(second, codes::job_stopped);
}

/// Yields `size` bytes without having them; ends `missing` bytes early.
class GeneratedContent final : public Content {
  public:
    explicit GeneratedContent(std::uint64_t size, std::uint64_t missing = 0) : size_(size), missing_(missing) {}
    [[nodiscard]] std::uint64_t size() const override { return size_; }
    [[nodiscard]] Result<std::unique_ptr<ByteReader>> open() const override {
        return std::make_unique<Reader>(size_ - missing_);
    }

  private:
    class Reader final : public ByteReader {
      public:
        explicit Reader(std::uint64_t rest) : rest_(rest) {}
        Result<std::size_t> read(std::span<std::byte> buffer) override {
            const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(rest_, buffer.size()));
            std::fill_n(buffer.begin(), count, std::byte{'x'});
            rest_ -= count;
            return count;
        }

      private:
        std::uint64_t rest_;
    };
    std::uint64_t size_;
    std::uint64_t missing_;
};

std::uint64_t resident_bytes() {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen("/proc/self/statm", "r"), &std::fclose);
    unsigned long pages = 0;
    if (std::fscanf(file.get(), "%*u %lu", &pages) != 1) return 0;
    return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

TEST(Transport, StreamsALargeBodyInLittleMemory) {
    constexpr std::uint64_t kSize = 300'000'000;
    std::uint64_t received = 0;
    RawServer server([&](RawConnection& connection, int) {
        while (auto request = connection.read_request()) {
            received = request->body_bytes;
            connection.write_ok();
        }
    });
    const auto transport = transport_to(server.port());
    ASSERT_TRUE(transport->send(put(std::string(1'000'000, 'x')), {}));
    const auto before = resident_bytes();
    auto request = put("");
    request.body = std::make_shared<GeneratedContent>(kSize);
    EXPECT_EQ(code(transport->send(request, {})), "answer 200");
    EXPECT_EQ(received, kSize);
    EXPECT_LT(resident_bytes(), before + 16'000'000);
}

TEST(Transport, SaysWhenTheContentFailsAndNotThatTheConnectionDid) {
    RawServer server(serve_all);
    const auto transport = transport_to(server.port());
    auto request = put("");
    request.body = std::make_shared<GeneratedContent>(5'000'000, 10);
    EXPECT_EQ(code(transport->send(request, {})), codes::file_changed);
    request.body = std::make_shared<FileContent>("/nonexistent/file", 10);
    EXPECT_EQ(code(transport->send(request, {})), codes::file_unreadable);
    EXPECT_EQ(code(transport->send(put("x"), {})), "answer 200");
}

TEST(Transport, RefusesAHeaderThatBreaksOutOfItsLine) {
    RawServer server(serve_all);
    const auto transport = transport_to(server.port(), 1);
    auto request = get("/");
    request.headers.set("X-Name", "a\r\nX-Other: b");
    for (int i = 0; i < 2; ++i)
        EXPECT_THROW(static_cast<void>(transport->send(request, {})), std::invalid_argument);
    EXPECT_EQ(code(transport->send(get("/"), {})), "answer 200");
}

TEST(Transport, ReadsAnAnswerThatComesBeforeTheBodyIsThrough) {
    RawServer server([](RawConnection& connection, int) {
        connection.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
        while (connection.read_request()) {
        }
    });
    EXPECT_EQ(code(transport_to(server.port())->send(put(std::string(5'000'000, 'x')), {})), "answer 413");
}

TEST(Transport, RefusesAnAddressThatItCannotReach) {
    TransportOptions options;
    options.server = parse_url("https://[::1]:8443").value();
    EXPECT_EQ(make_transport(options).error().code, codes::usage_bad_url);
}

TEST(Transport, RefusesPlainHttpToAnotherHost) {
    TransportOptions options;
    options.server = Url{false, "192.0.2.1", 80, ""};
    EXPECT_EQ(make_transport(options).error().code, codes::server_insecure_http);
    options.insecure_http = true;
    EXPECT_TRUE(make_transport(options));
}

} // namespace
} // namespace passerelle::http
