// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/chunked.hpp"
#include "tests/unit/client/dav/scripted_transport.hpp"

#include <gmock/gmock.h>

namespace passerelle::dav {
namespace {

using ::testing::ElementsAre;

constexpr const char* kUpload = "/remote.php/dav/uploads/alice/u1";
constexpr const char* kTarget = "/remote.php/dav/files/alice/d/a.bin";

class Chunked : public ::testing::Test {
  protected:
    void TearDown() override { EXPECT_TRUE(transport.finished()); }

    Result<Uploaded> run() {
        return put_chunked(endpoint, file, "u1", [this](std::uint64_t bytes) { heard.push_back(bytes); }, {});
    }
    ScriptedTransport::HeaderList stored() const {
        return {{"OC-ETag", "\"e1\""}, {"OC-FileId", "00000042oc"}, {"X-Hash-SHA256", file.sha256}};
    }
    static std::string listing(const std::string& chunks) {
        return multistatus(folder_response(std::string(kUpload) + "/") +
                           file_response(std::string(kUpload) + "/.file", 10) + chunks);
    }
    static std::string chunk(const std::string& number, std::uint64_t bytes) {
        return file_response(std::string(kUpload) + "/" + number, bytes);
    }
    static std::string line(const std::string& method, const std::string& name = {}) {
        return method + " " + kUpload + (name.empty() ? "" : "/" + name);
    }

    ScriptedTransport transport;
    Endpoint endpoint{transport, {.root = {}, .user_id = "alice", .max_chunk_bytes = 4}};
    FileUpload file = upload_of("d/a.bin", "0123456789");
    std::vector<std::uint64_t> heard;
    const std::string find_target = std::string("PROPFIND ") + kTarget;
};

} // namespace

TEST_F(Chunked, SendsEveryChunkAndMovesTheWhole) {
    transport.answer(404).answer(404).answer(201).answer(201).answer(201).answer(201).answer(201, "", stored());
    const auto uploaded = run();
    ASSERT_TRUE(uploaded);
    EXPECT_EQ(uploaded->file_id, "42");
    EXPECT_THAT(transport.lines(), ElementsAre(find_target, line("PROPFIND"), line("MKCOL"), line("PUT", "00001"),
                                               line("PUT", "00002"), line("PUT", "00003"), line("MOVE", ".file")));
    EXPECT_EQ(transport.sent[3].body + transport.sent[4].body + transport.sent[5].body, "0123456789");
    EXPECT_THAT(heard, ElementsAre(4u, 8u, 10u));
    for (const std::size_t i : {2u, 3u, 4u, 5u, 6u}) {
        EXPECT_EQ(transport.sent[i].header("Destination"), kTarget);
        EXPECT_EQ(transport.sent[i].header("OC-Total-Length"), "10");
    }
    EXPECT_EQ(transport.sent[6].header("Overwrite"), "F");
    EXPECT_EQ(transport.sent[6].header("X-Hash"), "sha256");
    EXPECT_EQ(transport.sent[6].header("X-OC-MTime"), "1400000000");
    EXPECT_EQ(transport.sent[6].header("OC-Checksum"), "SHA256:" + file.sha256);
}

TEST_F(Chunked, ResumesWithWhatIsMissing) {
    transport.answer(404)
        .answer(207, listing(chunk("00001", 4) + chunk("00002", 3))) // the second was cut
        .answer(204)
        .answer(201)
        .answer(201, "", stored());
    EXPECT_TRUE(run());
    EXPECT_THAT(transport.lines(), ElementsAre(find_target, line("PROPFIND"), line("PUT", "00002"),
                                               line("PUT", "00003"), line("MOVE", ".file")));
    EXPECT_EQ(transport.sent[2].body, "4567");
    EXPECT_EQ(transport.sent[3].body, "89");
    EXPECT_THAT(heard, ElementsAre(4u, 8u, 10u));
}

TEST_F(Chunked, WhatAnEarlierCallFinishedIsDone) {
    transport.answer(207, multistatus(file_response(kTarget, 10, "42")))
        .answer(207, multistatus(file_response(kTarget, 10, "42")))
        .answer(204, "", {{"OC-Checksum", "SHA256:" + file.sha256}});
    EXPECT_EQ(run().value().file_id, "42");
}

TEST_F(Chunked, AnotherFileAtTheTargetCostsNoUpload) {
    transport.answer(207, multistatus(file_response(kTarget, 11))).answer(207, multistatus(file_response(kTarget, 11)));
    EXPECT_EQ(run().error().code, codes::target_exists);
}

TEST_F(Chunked, ChunksCutOtherwiseAreThrownAway) {
    transport.answer(404)
        .answer(207, listing(chunk("00001", 8))) // from a time when the server allowed more
        .answer(204)
        .answer(201)
        .answer(201)
        .answer(201)
        .answer(201)
        .answer(201, "", stored());
    EXPECT_TRUE(run());
    EXPECT_EQ(transport.sent[2].line, line("DELETE"));
    EXPECT_EQ(transport.sent[3].line, line("MKCOL"));
}

TEST_F(Chunked, AChunkThatArrivedIsNotSentAgain) {
    transport.answer(404).answer(404).answer(201);
    transport.lose_answer().answer(207, multistatus(chunk("00001", 4)));             // arrived
    transport.lose_answer().answer(207, multistatus(chunk("00002", 1))).answer(204); // cut
    transport.answer(201).answer(201, "", stored());
    EXPECT_TRUE(run());
    EXPECT_THAT(transport.lines(),
                ElementsAre(find_target, line("PROPFIND"), line("MKCOL"), line("PUT", "00001"),
                            line("PROPFIND", "00001"), line("PUT", "00002"), line("PROPFIND", "00002"),
                            line("PUT", "00002"), line("PUT", "00003"), line("MOVE", ".file")));
}

TEST_F(Chunked, ALostAnswerToTheMoveIsLookedUp) {
    transport.answer(404).answer(404).answer(201).answer(201).answer(201).answer(201);
    transport.lose_answer()
        .answer(207, multistatus(file_response(kTarget, 10, "42")))
        .answer(204, "", {{"OC-Checksum", "SHA256:" + file.sha256}});
    EXPECT_EQ(run().value().file_id, "42");
}

TEST_F(Chunked, A404AfterALostMoveUsuallyMeansThatItSucceeded) {
    transport.answer(404).answer(404).answer(201).answer(201).answer(201).answer(201);
    transport.lose_answer()
        .answer(404) // still being assembled
        .answer(404) // the upload's folder is gone: it has been
        .answer(207, multistatus(file_response(kTarget, 10, "42")))
        .answer(204, "", {{"OC-Checksum", "SHA256:" + file.sha256}});
    EXPECT_TRUE(run());
}

TEST_F(Chunked, AWrongTotalStartsAgainNextTime) {
    transport.answer(404).answer(404).answer(201).answer(201).answer(201).answer(201);
    transport.answer(400, error_body("Sabre\\DAV\\Exception\\BadRequest", "Chunks on server do not sum up"))
        .answer(204);
    const auto uploaded = run();
    EXPECT_EQ(uploaded.error().code, codes::upload_interrupted);
    EXPECT_EQ(uploaded.error().kind, ErrorKind::retryable);
    EXPECT_EQ(transport.sent.back().line, line("DELETE"));
}

TEST_F(Chunked, AnUploadThatTheServerForgotIsInterrupted) {
    transport.answer(404).answer(207, listing(chunk("00001", 4))).answer(404).answer(404);
    EXPECT_EQ(run().error().code, codes::upload_interrupted);
}

TEST_F(Chunked, ATargetFolderThatIsNotThereIsToldAsSuch) {
    transport.answer(404).answer(404).answer(201).answer(404).answer(207, listing(""));
    EXPECT_EQ(run().error().code, codes::target_parent_missing);
}

TEST_F(Chunked, ChunksGrowRatherThanPassTenThousand) {
    endpoint = Endpoint(transport, {.root = {}, .user_id = "alice", .max_chunk_bytes = 1});
    file = upload_of("d/a.bin", std::string(10'001, 'x'));
    transport.answer(404).answer(404).answer(201);
    for (int i = 0; i < 5001; ++i)
        transport.answer(201);
    transport.answer(201, "", stored());
    EXPECT_TRUE(run());
    EXPECT_EQ(transport.sent[3].body, "xx");
    EXPECT_EQ(transport.sent[transport.sent.size() - 2].line, line("PUT", "05001"));
}

} // namespace passerelle::dav
