// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/bulk.hpp"
#include "client/dav/bulk_body.hpp"
#include "tests/unit/client/dav/scripted_transport.hpp"

#include <gmock/gmock.h>

namespace passerelle::dav {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class Bulk : public ::testing::Test {
  protected:
    void TearDown() override { EXPECT_TRUE(transport.finished()); }

    ScriptedTransport transport;
    Endpoint endpoint{transport, {.root = {}, .user_id = "alice", .min_mtime = 86401}};
    std::vector<FileUpload> files{upload_of("d/é.txt", "hello"), upload_of("d/b.txt", "")};
};

} // namespace

TEST_F(Bulk, TheBodyIsWhatTheServerReads) {
    const BulkBody body(endpoint, files);
    const std::string boundary = body.content_type().substr(std::string("multipart/related; boundary=").size());
    const std::string expected = fmt::format("--{0}\r\nX-File-Path: /d/é.txt\r\nX-OC-MTime: 1400000000\r\n"
                                             "OC-Checksum: sha256:{1}\r\nContent-Length: 5\r\n\r\nhello\r\n"
                                             "--{0}\r\nX-File-Path: /d/b.txt\r\nX-OC-MTime: 1400000000\r\n"
                                             "OC-Checksum: sha256:{2}\r\nContent-Length: 0\r\n\r\n\r\n"
                                             "--{0}--\r\n",
                                             boundary, files[0].sha256, files[1].sha256);
    EXPECT_EQ(read_all(body, 10'000).value(), expected);
    EXPECT_EQ(body.size(), expected.size());
}

TEST_F(Bulk, OlderServersCompareMd5) {
    const Endpoint older(transport, {.root = {}, .user_id = "alice", .bulk_checksum = BulkChecksum::md5});
    const auto bytes = read_all(BulkBody(older, files), 10'000).value();
    EXPECT_THAT(bytes, HasSubstr("X-File-MD5: 5d41402abc4b2a76b9719d911017c592\r\n"));
}

TEST_F(Bulk, OneRequestBringsAll) {
    transport.answer(
        200, R"({"\/d\/\u00e9.txt":{"error":false,"etag":"e1","fileid":"00000041ocxyz","permissions":"RGDNVW"},)"
             R"("\/d\/b.txt":{"error":false,"etag":"e2","fileid":"00000042ocxyz","permissions":"RGDNVW"}})");
    const auto outcomes = put_bulk(endpoint, files, {});
    ASSERT_TRUE(outcomes);
    EXPECT_EQ((*outcomes)[0].value().file_id, "41");
    EXPECT_EQ((*outcomes)[1].value().etag, "e2");
    EXPECT_EQ((*outcomes)[1].value().verified_by, VerifiedBy::sha256);
    EXPECT_THAT(transport.lines(), ElementsAre("POST /remote.php/dav/bulk"));
    EXPECT_THAT(transport.sent[0].header("Content-Type"), StartsWith("multipart/related; boundary="));
}

TEST_F(Bulk, AnErrorOfOneFileIsThatFilesAlone) {
    transport.answer(200, R"({"/d/é.txt":{"error":true,"message":"Could not create path"},)"
                          R"("/d/b.txt":{"error":false,"etag":"e2","fileid":"00000042oc"}})");
    const auto outcomes = put_bulk(endpoint, files, {});
    ASSERT_TRUE(outcomes);
    EXPECT_EQ((*outcomes)[0].error().code, codes::upload_not_in_batch);
    EXPECT_EQ((*outcomes)[0].error().message, "Could not create path");
    EXPECT_TRUE((*outcomes)[1]);
}

TEST_F(Bulk, AWrongDigestEndsTheBatchAndKeepsWhatWasWritten) {
    transport.answer(400, R"({"/d/é.txt":{"error":false,"etag":"e1","fileid":"41oc"}})");
    const auto outcomes = put_bulk(endpoint, files, {});
    ASSERT_TRUE(outcomes);
    EXPECT_TRUE((*outcomes)[0]);
    EXPECT_EQ((*outcomes)[1].error().code, codes::upload_not_in_batch);
}

TEST_F(Bulk, AnEmptyAnswerNamesNoFile) {
    transport.answer(400, "[]");
    const auto outcomes = put_bulk(endpoint, files, {});
    ASSERT_TRUE(outcomes);
    for (const auto& outcome : *outcomes)
        EXPECT_EQ(outcome.error().code, codes::upload_not_in_batch);
}

TEST_F(Bulk, A500IsFoundOutFileByFile) {
    transport.answer(500, error_body("Exception", "Error"))
        .answer(207, multistatus(folder_response(std::string(kFiles) + "/d/") +
                                 file_response(std::string(kFiles) + "/d/%C3%A9.txt", 5, "41")))
        .answer(204, "", {{"OC-Checksum", "SHA256:" + files[0].sha256}});
    const auto outcomes = put_bulk(endpoint, files, {});
    ASSERT_TRUE(outcomes);
    EXPECT_EQ((*outcomes)[0].value().file_id, "41");
    EXPECT_EQ((*outcomes)[1].error().code, codes::upload_not_in_batch);
}

TEST_F(Bulk, ALostAnswerIsFoundOutWithOneListingAFolder) {
    const std::string folder = "/remote.php/dav/files/alice/d";
    transport.lose_answer()
        .answer(207, multistatus(folder_response(folder + "/") + file_response(folder + "/%C3%A9.txt", 5, "41") +
                                 file_response(folder + "/b.txt", 0, "42")))
        .answer(204, "", {{"OC-Checksum", "SHA256:" + files[0].sha256}})
        .answer(204, "", {{"OC-Checksum", "SHA256:" + files[1].sha256}});
    const auto outcomes = put_bulk(endpoint, files, {});
    ASSERT_TRUE(outcomes);
    EXPECT_TRUE((*outcomes)[0]);
    EXPECT_TRUE((*outcomes)[1]);
    EXPECT_THAT(transport.lines(), ElementsAre("POST /remote.php/dav/bulk", "PROPFIND " + folder,
                                               "PATCH " + folder + "/%C3%A9.txt", "PATCH " + folder + "/b.txt"));
}

TEST_F(Bulk, ABatchThatDidNotArriveIsSentAgain) {
    transport.lose_answer().answer(404).answer(200, R"({"/d/é.txt":{"error":false,"etag":"e","fileid":"1"},)"
                                                    R"("/d/b.txt":{"error":false,"etag":"e","fileid":"2"}})");
    ASSERT_TRUE(put_bulk(endpoint, files, {}));
    EXPECT_EQ(transport.lines().back(), "POST /remote.php/dav/bulk");
}

TEST_F(Bulk, TheRequestsOwnFailureIsTheWholes) {
    transport.answer(507);
    EXPECT_EQ(put_bulk(endpoint, files, {}).error().code, codes::server_quota_exceeded);
}

TEST_F(Bulk, ANonsenseAnswerIsBad) {
    transport.answer(200, "<html>");
    EXPECT_EQ(put_bulk(endpoint, files, {}).error().code, codes::server_bad_answer);
}

TEST_F(Bulk, NamesThatTheHeadersCannotCarryStayOut) {
    const std::vector<FileUpload> odd{upload_of("fin avec espace ", "x"), upload_of("ligne\r\nX-OC-MTime: 1", "x")};
    const auto outcomes = put_bulk(endpoint, odd, {});
    ASSERT_TRUE(outcomes);
    for (const auto& outcome : *outcomes)
        EXPECT_EQ(outcome.error().code, codes::upload_not_in_batch);
    EXPECT_TRUE(transport.sent.empty());
}

} // namespace passerelle::dav
