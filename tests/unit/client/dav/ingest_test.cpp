// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/bulk_body.hpp"
#include "client/dav/ingest.hpp"
#include "tests/unit/client/dav/scripted_transport.hpp"

#include <gmock/gmock.h>

namespace passerelle::dav {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class IngestUpload : public ::testing::Test {
  protected:
    void TearDown() override { EXPECT_TRUE(transport.finished()); }

    static FileUpload folder(std::string path, std::int64_t modified) {
        FileUpload entry;
        entry.path = std::move(path);
        entry.modified = from_epoch(modified);
        return entry;
    }
    static std::string answer(const std::string& files) {
        return R"({"ocs":{"meta":{"status":"ok"},"data":{"files":[)" + files + "]}}}";
    }
    std::string entry(const FileUpload& file, const std::string& status) const {
        return fmt::format(R"({{"path":"{}","status":"{}","way":"direct","fileid":41,"etag":"e1","sha256":"{}"}})",
                           file.path, status, file.sha256);
    }

    ScriptedTransport transport;
    Endpoint endpoint{transport, {.root = {}, .user_id = "alice", .min_mtime = 86401}};
    std::vector<FileUpload> files{upload_of("d/é.txt", "hello"), upload_of("d/b.txt", "")};
};

} // namespace

TEST_F(IngestUpload, TheBodyCarriesCreationTimesAndFolders) {
    files[0].created = from_epoch(1'300'000'000);
    files.push_back(folder("vide", 0));
    files.push_back(folder("daté", 1'200'000'000));
    const BulkBody body(endpoint, files, BatchReader::ingest);
    const auto bytes = read_all(body, 10'000).value();
    EXPECT_EQ(body.size(), bytes.size());
    EXPECT_THAT(bytes, HasSubstr("X-OC-CTime: 1300000000\r\nContent-Length: 5\r\n\r\nhello\r\n"));
    EXPECT_THAT(bytes, HasSubstr("X-File-Path: /vide\r\nX-Kind: folder\r\nContent-Length: 0\r\n\r\n\r\n"));
    EXPECT_THAT(bytes, HasSubstr("X-File-Path: /daté\r\nX-Kind: folder\r\nX-OC-MTime: 1200000000\r\n"));
    EXPECT_THAT(read_all(BulkBody(endpoint, std::span(files).first(2)), 10'000).value(), Not(HasSubstr("CTime")));
}

TEST_F(IngestUpload, WhatWasStoredOrStoodThereIsBrought) {
    files.push_back(folder("vide", 0));
    transport.answer(200, answer(entry(files[0], "stored") + "," + entry(files[1], "present") +
                                 R"(,{"path":"vide","status":"folder","fileid":43})"));
    const auto outcomes = put_ingest(endpoint, files, {});
    ASSERT_TRUE(outcomes);
    EXPECT_EQ((*outcomes)[0].value().file_id, "41");
    EXPECT_EQ((*outcomes)[0].value().etag, "e1");
    EXPECT_EQ((*outcomes)[1].value().verified_by, VerifiedBy::sha256);
    EXPECT_EQ((*outcomes)[2].value().file_id, "43");
    EXPECT_THAT(transport.lines(), ElementsAre("POST /ocs/v2.php/apps/passerelle/api/v1/ingest?format=json"));
    EXPECT_EQ(transport.sent[0].header("OCS-APIRequest"), "true");
}

TEST_F(IngestUpload, WhatIsRefusedOrHasAnotherDigestIsNot) {
    transport.answer(200, answer(R"({"path":"d/é.txt","status":"refused","error":"exists","message":""},)" +
                                 entry(files[0], "stored")));
    const auto outcomes = put_ingest(endpoint, files, {});
    ASSERT_TRUE(outcomes);
    EXPECT_EQ((*outcomes)[0].error().code, codes::upload_not_in_batch);
    EXPECT_THAT((*outcomes)[0].error().message, HasSubstr("exists"));
    EXPECT_EQ((*outcomes)[1].error().code, codes::upload_not_in_batch) << "the digest is another file's";
}

TEST_F(IngestUpload, ABodyThatBrokeOffListsWhatCameBefore) {
    transport.answer(400, answer(entry(files[0], "stored")));
    const auto outcomes = put_ingest(endpoint, files, {});
    ASSERT_TRUE(outcomes);
    EXPECT_TRUE((*outcomes)[0]);
    EXPECT_EQ((*outcomes)[1].error().code, codes::upload_not_in_batch);
}

TEST_F(IngestUpload, AnAnswerThatListsNothingIsAnErrorOfTheWhole) {
    for (const char* body : {"", "[]", "<html>", R"({"ocs":{"data":{"files":7}}})"}) {
        transport.answer(200, body);
        const auto outcomes = put_ingest(endpoint, files, {});
        ASSERT_FALSE(outcomes) << body;
        EXPECT_EQ(outcomes.error().code, codes::server_bad_answer);
    }
    transport.answer(404, "");
    EXPECT_FALSE(put_ingest(endpoint, files, {}));
}

TEST_F(IngestUpload, ShowsTheSecretWhereThereIsOne) {
    Endpoint paired(transport, {.user_id = "alice", .pairing_secret = Secret("the secret")});
    for (const Endpoint* asking : {&endpoint, &paired}) {
        transport.answer(200, answer(entry(files[0], "stored") + "," + entry(files[1], "stored")));
        EXPECT_TRUE(put_ingest(*asking, files, {}));
    }
    EXPECT_EQ(transport.sent[0].header("X-Passerelle-Pairing"), "(none)");
    EXPECT_EQ(transport.sent[1].header("X-Passerelle-Pairing"), "the secret");
}

TEST_F(IngestUpload, WhereTheAppRefusesThemAllEachGoesByItself) {
    transport.answer(403, R"({"ocs":{"meta":{},"data":{"error":"not_allowed","message":"","files":[]}}})");
    const auto outcomes = put_ingest(endpoint, files, {});
    ASSERT_TRUE(outcomes) << outcomes.error().code;
    ASSERT_EQ(outcomes->size(), files.size());
    for (const auto& outcome : *outcomes) {
        EXPECT_EQ(outcome.error().code, codes::upload_not_in_batch);
        EXPECT_EQ(outcome.error().kind, ErrorKind::retryable);
    }
}

TEST_F(IngestUpload, AnswersThatAreNoObjectsBringNothing) {
    transport.answer(200, answer(R"(7,{"path":1,"status":2,"fileid":-3})"));
    const auto outcomes = put_ingest(endpoint, files, {});
    ASSERT_TRUE(outcomes);
    EXPECT_FALSE((*outcomes)[0]);
    EXPECT_FALSE((*outcomes)[1]);
}

} // namespace passerelle::dav
