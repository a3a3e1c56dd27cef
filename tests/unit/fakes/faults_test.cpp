// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/hash.hpp"
#include "tests/fakes/nextcloud_double.hpp"
#include "tests/fakes/raw_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

namespace passerelle::fakes {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kFiles = "/remote.php/dav/files/alice/";

/// Talks to the double as alice.
class FaultsTest : public ::testing::Test {
  protected:
    std::optional<RawAnswer> send(const std::string& method, const std::string& target, Fields headers = {},
                                  std::string_view body = "") {
        headers.emplace_back("Authorization", basic_authorization("alice", "app-password"));
        return client.send(method, target, headers, body);
    }
    std::optional<RawAnswer> put(const std::string& name, std::string_view body, Fields headers = {}) {
        return send("PUT", kFiles + name, std::move(headers), body);
    }

    NextcloudDouble server;
    RawClient client{server.url()};
};

TEST_F(FaultsTest, AnswersAStatusInsteadOfActingSoOftenAsAsked) {
    server.fault(
        {.method = "PUT", .path_suffix = "budget.ods", .times = 2, .status = 423, .headers = {{"Retry-After", "1"}}});
    const auto first = put("budget.ods", "a");
    ASSERT_TRUE(first);
    EXPECT_EQ(first->status, 423);
    EXPECT_EQ(first->header("Retry-After"), "1");
    EXPECT_EQ(put("other.ods", "a")->status, 201);
    EXPECT_EQ(put("budget.ods", "a")->status, 423);
    EXPECT_FALSE(server.bytes_of("budget.ods"));
    EXPECT_EQ(put("budget.ods", "a")->status, 201);
}

TEST_F(FaultsTest, LetsTheFirstOnesPass) {
    server.fault({.method = "PUT", .skip = 1, .status = 503});
    EXPECT_EQ(put("a", "1")->status, 201);
    EXPECT_EQ(put("b", "1")->status, 503);
    EXPECT_EQ(put("c", "1")->status, 201);
}

TEST_F(FaultsTest, LosesAnAnswerAfterActing) {
    server.fault({.kind = Fault::Kind::lose_answer, .method = "PUT"});
    EXPECT_FALSE(put("a.txt", "hello"));
    EXPECT_EQ(server.bytes_of("a.txt"), "hello");
    EXPECT_THAT(server.verbs(), ElementsAre("PUT " + kFiles + "a.txt 0"));
}

TEST_F(FaultsTest, CutsARequestAndDoesNothing) {
    server.fault({.kind = Fault::Kind::cut_request, .method = "PUT", .after_bytes = 3});
    EXPECT_FALSE(put("a.txt", "hello"));
    EXPECT_EQ(put("b.txt", "hello")->status, 201);
    EXPECT_FALSE(server.bytes_of("a.txt"));
    EXPECT_EQ(server.bytes_received(kFiles + "a.txt"), 3u);
}

TEST_F(FaultsTest, CutsAnAnswerInTheMiddle) {
    server.fault({.kind = Fault::Kind::cut_answer, .method = "PROPFIND"});
    EXPECT_FALSE(send("PROPFIND", kFiles));
    EXPECT_EQ(send("PROPFIND", kFiles)->status, 207);
}

TEST_F(FaultsTest, ClosesAKeptConnectionWithoutAWord) {
    server.fault({.kind = Fault::Kind::close_after_answer, .method = "PUT"});
    const auto first = put("a", "1");
    ASSERT_TRUE(first);
    EXPECT_EQ(first->header("Connection"), "keep-alive");
    EXPECT_FALSE(put("b", "2")) << "the kept connection is stale";
    EXPECT_EQ(put("b", "2")->status, 201);
    EXPECT_EQ(server.connections(), 2u);
}

TEST_F(FaultsTest, KeepsAConnectionOtherwise) {
    EXPECT_EQ(put("a", "1")->status, 201);
    EXPECT_EQ(put("b", "2")->status, 201);
    EXPECT_EQ(server.connections(), 1u);
}

TEST_F(FaultsTest, StoresOtherBytesAndSaysTheirHash) {
    server.fault({.kind = Fault::Kind::store_other_bytes, .method = "PUT"});
    const auto answer = put("a", "hello", {{"X-Hash", "sha256"}});
    EXPECT_NE(server.bytes_of("a"), "hello");
    EXPECT_EQ(answer->header("X-Hash-SHA256"), sha256_hex(*server.bytes_of("a")));
}

TEST_F(FaultsTest, LiesAboutTheHashOfRightBytes) {
    server.fault({.kind = Fault::Kind::wrong_hash, .method = "PUT"});
    const auto answer = put("a", "hello", {{"X-Hash", "sha256"}});
    EXPECT_EQ(server.bytes_of("a"), "hello");
    EXPECT_NE(answer->header("X-Hash-SHA256"), sha256_hex("hello"));
}

TEST_F(FaultsTest, ASlowWriterHoldsThePath) {
    const auto gate = std::make_shared<Gate>(); // shared with the request that waits
    server.fault({.kind = Fault::Kind::slow, .method = "PUT", .path_suffix = "a", .gate = gate});
    std::optional<RawAnswer> slow;
    std::jthread writer([&] { slow = put("a", "1"); });
    ASSERT_TRUE(gate->wait_for_arrival(std::chrono::seconds(30)));
    RawClient second(server.url());
    const auto refused =
        second.send("PUT", kFiles + "a", {{"Authorization", basic_authorization("alice", "app-password")}}, "2");
    EXPECT_EQ(refused->status, 423);
    gate->open();
    writer.join();
    EXPECT_EQ(slow->status, 201);
    EXPECT_EQ(server.bytes_of("a"), "1");
}

TEST_F(FaultsTest, APathThatATestHoldsIsLocked) {
    auto held = server.hold("a");
    EXPECT_EQ(put("a", "1")->status, 423);
    held.reset();
    EXPECT_EQ(put("a", "1")->status, 201);
}

TEST_F(FaultsTest, OneFileOfABulkUploadFails) {
    server.fault({.kind = Fault::Kind::bulk_file_error, .path_suffix = "b.txt", .body = "locked"});
    std::string body;
    for (const std::string name : {"/a.txt", "/b.txt"}) {
        body += "--B\r\nX-File-Path: " + name + "\r\nOC-Checksum: sha256:" + sha256_hex(name) +
                "\r\nContent-Length: " + std::to_string(name.size()) + "\r\n\r\n" + name + "\r\n";
    }
    const auto answer =
        send("POST", "/remote.php/dav/bulk", {{"Content-Type", "multipart/related; boundary=B"}}, body + "--B--\r\n");
    EXPECT_EQ(answer->status, 200);
    EXPECT_THAT(answer->body, HasSubstr(R"("\/a.txt":{"error":false)"));
    EXPECT_THAT(answer->body, HasSubstr(R"("\/b.txt":{"error":true,"message":"locked"})"));
    EXPECT_EQ(server.bytes_of("a.txt"), "/a.txt");
    EXPECT_FALSE(server.bytes_of("b.txt"));
}

TEST_F(FaultsTest, MaintenanceAnswers503EverywhereButInTheStatus) {
    server.set_maintenance(true);
    EXPECT_EQ(put("a", "1")->status, 503);
    EXPECT_THAT(send("GET", "/status.php")->body, HasSubstr(R"("maintenance":true)"));
    server.set_maintenance(false);
    EXPECT_EQ(put("a", "1")->status, 201);
}

TEST_F(FaultsTest, AFullQuotaAnswers507) {
    server.set_quota(6);
    EXPECT_EQ(put("a", "12345")->status, 201);
    EXPECT_EQ(put("b", "12")->status, 507);
    EXPECT_EQ(put("b", "1")->status, 201);
}

TEST_F(FaultsTest, ElevenBadLoginsLockEverybodyOut) {
    const Fields wrong = {{"Authorization", basic_authorization("alice", "wrong")}};
    for (int login = 0; login < 11; ++login)
        EXPECT_EQ(client.send("PROPFIND", kFiles, wrong)->status, 401);
    EXPECT_EQ(client.send("PROPFIND", kFiles, wrong)->status, 429);
    EXPECT_EQ(send("PROPFIND", kFiles)->status, 429);
    server.forgive_bad_logins();
    EXPECT_EQ(send("PROPFIND", kFiles)->status, 207);
}

TEST_F(FaultsTest, ALoginFlowGivesAnAppPasswordOnce) {
    const auto begun = client.send("POST", "/index.php/login/v2");
    const auto start = begun->body.find("\"token\":\"") + 9;
    const std::string form = "token=" + begun->body.substr(start, begun->body.find('"', start) - start);
    const Fields type = {{"Content-Type", "application/x-www-form-urlencoded"}};
    EXPECT_EQ(client.send("POST", "/login/v2/poll", type, form)->status, 404);
    EXPECT_EQ(server.grant_login(), 1);
    const auto granted = client.send("POST", "/login/v2/poll", type, form);
    EXPECT_EQ(granted->status, 200);
    EXPECT_THAT(granted->body, HasSubstr(R"("loginName":"alice","appPassword":")"));
    EXPECT_EQ(client.send("POST", "/login/v2/poll", type, form)->status, 404);
}

} // namespace
} // namespace passerelle::fakes
