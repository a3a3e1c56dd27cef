// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/put.hpp"
#include "tests/unit/client/dav/scripted_transport.hpp"

#include <gmock/gmock.h>

namespace passerelle::dav {
namespace {

using ::testing::ElementsAre;

class Put : public ::testing::Test {
  protected:
    void TearDown() override { EXPECT_TRUE(transport.finished()); }

    ScriptedTransport::HeaderList stored(const std::string& sha256) const {
        return {{"OC-ETag", "\"e1\""}, {"OC-FileId", "00000042ocabc123"}, {"X-Hash-SHA256", sha256}};
    }

    ScriptedTransport transport;
    Endpoint endpoint{transport, {.root = {}, .user_id = "alice", .min_mtime = 86401}};
    FileUpload file = upload_of("d/a.txt", "bonjour");
    const std::string put_line = "PUT /remote.php/dav/files/alice/d/a.txt";
    const std::string find_line = "PROPFIND /remote.php/dav/files/alice/d/a.txt";
    const std::string hash_line = "PATCH /remote.php/dav/files/alice/d/a.txt";
};

} // namespace

TEST_F(Put, SendsTimesAndDigestAndComparesWhatWasStored) {
    file.created = from_epoch(10);
    transport.answer(201, "", stored(file.sha256));
    const auto uploaded = put(endpoint, file, {});
    ASSERT_TRUE(uploaded);
    EXPECT_EQ(uploaded->etag, "e1");
    EXPECT_EQ(uploaded->file_id, "42");
    const auto& sent = transport.sent[0];
    EXPECT_EQ(sent.line, put_line);
    EXPECT_EQ(sent.body, "bonjour");
    EXPECT_EQ(sent.header("If-None-Match"), "*");
    EXPECT_EQ(sent.header("X-OC-MTime"), "1400000000");
    EXPECT_EQ(sent.header("X-OC-CTime"), "86401") << "raised to what the server accepts";
    EXPECT_EQ(sent.header("OC-Checksum"), "SHA256:" + file.sha256);
    EXPECT_EQ(sent.header("X-Hash"), "sha256");
}

TEST_F(Put, NeverOverwrites) {
    transport.answer(412).answer(207, multistatus(file_response(endpoint.file(file.path), 7)));
    const auto uploaded = put(endpoint, file, {});
    EXPECT_EQ(uploaded.error().code, codes::target_exists)
        << "no answer was lost, so it is not ours, whatever its size";
}

TEST_F(Put, AForbiddenNameThatOnlySeemsToExistIsToldAsSuch) {
    file.path = "d/a.part";
    transport.answer(412).answer(
        207,
        multistatus("<d:response><d:href>/remote.php/dav/files/alice/d/a.part</d:href><d:propstat><d:prop>"
                    "<d:getcontentlength>0</d:getcontentlength><d:resourcetype/><d:getetag>&quot;&quot;</d:getetag>"
                    "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"));
    EXPECT_EQ(put(endpoint, file, {}).error().code, codes::target_name_refused);
}

TEST_F(Put, AnotherDigestIsAMismatchAndTheFileIsTakenAway) {
    transport.answer(201, "", stored("00ff")).answer(204);
    const auto uploaded = put(endpoint, file, {});
    EXPECT_EQ(uploaded.error().code, codes::upload_hash_mismatch);
    EXPECT_EQ(uploaded.error().kind, ErrorKind::retryable);
    EXPECT_EQ(transport.sent[1].line, "DELETE /remote.php/dav/files/alice/d/a.txt");
    EXPECT_EQ(transport.sent[1].header("If-Match"), "\"e1\"");
}

TEST_F(Put, WithoutADigestInTheAnswerTheServerIsAsked) {
    transport.answer(201, "", {{"ETag", "\"e1\""}}).answer(204, "", {{"OC-Checksum", "SHA256:" + file.sha256}});
    EXPECT_EQ(put(endpoint, file, {}).value().etag, "e1");
}

TEST_F(Put, ALostAnswerIsLookedUpAndNothingIsSentTwice) {
    transport.lose_answer()
        .answer(207, multistatus(file_response(endpoint.file(file.path), 7, "42")))
        .answer(204, "", {{"OC-Checksum", "SHA256:" + file.sha256}});
    const auto uploaded = put(endpoint, file, {});
    ASSERT_TRUE(uploaded);
    EXPECT_EQ(uploaded->file_id, "42");
    EXPECT_EQ(uploaded->etag, "e42");
    EXPECT_THAT(transport.lines(), ElementsAre(put_line, find_line, hash_line));
}

TEST_F(Put, WhatDidNotArriveIsSentAgain) {
    transport.lose_answer().answer(404).answer(201, "", stored(file.sha256));
    EXPECT_TRUE(put(endpoint, file, {}));
    EXPECT_THAT(transport.lines(), ElementsAre(put_line, find_line, put_line));
}

TEST_F(Put, A412AfterALostAnswerMayBeOurOwnDoing) {
    transport.lose_answer()
        .answer(404) // still being written
        .answer(412)
        .answer(207, multistatus(file_response(endpoint.file(file.path), 7)))
        .answer(204, "", {{"OC-Checksum", "SHA256:" + file.sha256}});
    EXPECT_TRUE(put(endpoint, file, {}));
}

TEST_F(Put, SomebodyElsesFileIsNotTakenForOurs) {
    transport.lose_answer()
        .answer(207, multistatus(file_response(endpoint.file(file.path), 7)))
        .answer(204, "", {{"OC-Checksum", "SHA256:00ff"}})
        .answer(412)
        .answer(207, multistatus(file_response(endpoint.file(file.path), 8)))
        .answer(207, multistatus(file_response(endpoint.file(file.path), 8)));
    EXPECT_EQ(put(endpoint, file, {}).error().code, codes::target_exists);
}

TEST_F(Put, A500MayHaveWrittenTheFile) {
    transport.answer(500)
        .answer(207, multistatus(file_response(endpoint.file(file.path), 7)))
        .answer(204, "", {{"OC-Checksum", "SHA256:" + file.sha256}});
    EXPECT_TRUE(put(endpoint, file, {}));
}

TEST_F(Put, AServerThatIsGoneIsNotAsked) {
    transport.give_up();
    EXPECT_EQ(put(endpoint, file, {}).error().code, codes::server_unreachable);
}

} // namespace passerelle::dav
