// SPDX-License-Identifier: AGPL-3.0-or-later
// The client against a server on which things go wrong. The oracle is the tree on the server and the requests that
// came.
#include "core/hash.hpp"
#include "core/reason_codes.hpp"
#include "tests/contract/client_subject.hpp"

#include <atomic>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <map>

namespace passerelle::contract {
namespace {

using fakes::Fault;
using nextcloud::FileUpload;
using ::testing::ElementsAre;

class ClientFaults : public ::testing::Test {
  protected:
    ClientFaults()
        : subject(Subject::make(34, {.first_delay = std::chrono::milliseconds(1),
                                     .on_wait = [this](const nextcloud::Waiting&) { ++waits; },
                                     .max_chunk_bytes = 1 << 16})) {}

    nextcloud::Nextcloud& client() { return subject->client(); }
    fakes::NextcloudDouble& server() { return *subject->twin(); }
    std::string at(const std::string& path) const { return subject->at(path); }

    /// How many requests of a method were answered with success, or did their work before the answer was lost.
    int acted(const std::string& method) {
        int count = 0;
        for (const auto& seen : server().requests())
            if (seen.method == method && (seen.status == 0 || seen.status / 100 == 2)) ++count;
        return count;
    }
    void expect_stored(const FileUpload& file) {
        const auto bytes = server().bytes_of(file.path);
        ASSERT_TRUE(bytes) << file.path;
        EXPECT_EQ(sha256_hex(*bytes), file.sha256) << file.path;
        EXPECT_EQ(server().tree().at(file.path).modified, kModified) << file.path;
    }

    std::atomic<int> waits = 0;
    std::unique_ptr<Subject> subject;
};

} // namespace

TEST_F(ClientFaults, ALostAnswerToAPutCostsNoSecondPut) {
    const FileUpload file = upload_of(at("a.txt"), "bonjour");
    server().fault({.kind = Fault::Kind::lose_answer, .method = "PUT"});
    const auto uploaded = client().put(file, {});
    ASSERT_TRUE(uploaded) << uploaded.error().message;
    EXPECT_EQ(acted("PUT"), 1);
    expect_stored(file);
}

TEST_F(ClientFaults, ACutPutIsSentAgain) {
    const FileUpload file = upload_of(at("a.bin"), std::make_shared<PatternContent>(1 << 20));
    server().fault({.kind = Fault::Kind::cut_request, .method = "PUT", .after_bytes = 1000});
    ASSERT_TRUE(client().put(file, {}));
    expect_stored(file);
}

TEST_F(ClientFaults, ACutAnswerToAPutIsLookedUp) {
    const FileUpload file = upload_of(at("a.txt"), "bonjour");
    server().fault({.kind = Fault::Kind::cut_answer, .method = "PUT"});
    ASSERT_TRUE(client().put(file, {}));
    expect_stored(file);
}

TEST_F(ClientFaults, WaitsForLocksAndOverload) {
    const FileUpload file = upload_of(at("a.txt"), "bonjour");
    for (const int status : {423, 429, 503})
        server().fault({.method = "PUT", .status = status});
    ASSERT_TRUE(client().put(file, {}));
    EXPECT_EQ(waits, 3);
    expect_stored(file);
}

TEST_F(ClientFaults, SomebodyElsesFileIsNotTakenForOurs) {
    const FileUpload file = upload_of(at("a.txt"), "bonjour");
    server().fault({.kind = Fault::Kind::cut_request, .method = "PUT", .after_bytes = 3});
    server().put_file(file.path, "bonsoir");
    EXPECT_EQ(client().put(file, {}).error().code, codes::target_exists);
    EXPECT_EQ(server().bytes_of(file.path), "bonsoir");
}

TEST_F(ClientFaults, BytesThatChangedOnTheWayDoNotStay) {
    const FileUpload file = upload_of(at("a.txt"), "bonjour");
    server().fault({.kind = Fault::Kind::store_other_bytes, .method = "PUT"});
    EXPECT_EQ(client().put(file, {}).error().code, codes::upload_hash_mismatch);
    EXPECT_FALSE(server().bytes_of(file.path));
    EXPECT_TRUE(client().put(file, {})) << "so that the next try finds its place free";
}

TEST_F(ClientFaults, AServerThatReportsAnotherDigestIsNotBelieved) {
    const FileUpload file = upload_of(at("a.txt"), "bonjour");
    server().fault({.kind = Fault::Kind::wrong_hash, .method = "PUT"});
    EXPECT_EQ(client().put(file, {}).error().code, codes::upload_hash_mismatch);
}

TEST_F(ClientFaults, AFullAccountStopsTheJob) {
    server().set_quota(10);
    const auto uploaded = client().put(upload_of(at("a.bin"), std::make_shared<PatternContent>(1000)), {});
    EXPECT_EQ(uploaded.error().code, codes::server_quota_exceeded);
    EXPECT_EQ(uploaded.error().kind, ErrorKind::job);
}

TEST_F(ClientFaults, ALostAnswerToABatchIsFoundOutFileByFile) {
    std::vector<FileUpload> files;
    for (int i = 0; i < 5; ++i)
        files.push_back(upload_of(at(fmt::format("f{}", i)), fmt::format("contenu {}", i)));
    server().fault({.kind = Fault::Kind::lose_answer, .method = "POST"});
    const auto outcomes = client().put_bulk(files, {});
    ASSERT_TRUE(outcomes) << outcomes.error().message;
    EXPECT_EQ(acted("POST"), 1) << "one batch, one request";
    for (std::size_t i = 0; i < files.size(); ++i) {
        EXPECT_TRUE((*outcomes)[i]);
        expect_stored(files[i]);
    }
}

TEST_F(ClientFaults, ACutBatchIsSentAgain) {
    const std::vector<FileUpload> files{upload_of(at("a"), "un"), upload_of(at("b"), std::string(5000, 'x'))};
    server().fault({.kind = Fault::Kind::cut_request, .method = "POST", .after_bytes = 500});
    const auto outcomes = client().put_bulk(files, {});
    ASSERT_TRUE(outcomes) << outcomes.error().message;
    for (const auto& file : files)
        expect_stored(file);
}

TEST_F(ClientFaults, OneFileOfABatchMayFailAlone) {
    const std::vector<FileUpload> files{upload_of(at("a"), "un"), upload_of(at("b"), "deux"),
                                        upload_of(at("c"), "trois")};
    server().fault({.kind = Fault::Kind::bulk_file_error, .path_suffix = "/b", .body = "\"b\" is locked"});
    const auto outcomes = client().put_bulk(files, {});
    ASSERT_TRUE(outcomes);
    EXPECT_TRUE((*outcomes)[0]);
    EXPECT_EQ((*outcomes)[1].error().code, codes::upload_not_in_batch);
    EXPECT_TRUE((*outcomes)[2]);
    EXPECT_TRUE(client().put(files[1], {}));
    for (const auto& file : files)
        expect_stored(file);
}

TEST_F(ClientFaults, AcknowledgedChunksAreNotSentAgain) {
    const FileUpload file = upload_of(at("grand.bin"), std::make_shared<PatternContent>(5 << 16));
    server().fault({.kind = Fault::Kind::lose_answer, .method = "PUT", .path_suffix = "/00002"});
    server().fault({.kind = Fault::Kind::cut_request, .method = "PUT", .path_suffix = "/00004", .after_bytes = 100});
    ASSERT_TRUE(client().put_chunked(file, "u1", {}, {}));
    expect_stored(file);
    std::map<std::string, int> puts;
    for (const auto& seen : server().requests())
        if (seen.method == "PUT") ++puts[seen.path.substr(seen.path.rfind('/') + 1)];
    const std::map<std::string, int> once{{"00001", 1}, {"00002", 1}, {"00003", 1}, {"00004", 2}, {"00005", 1}};
    EXPECT_EQ(puts, once) << "only the one that was cut travels twice";
    EXPECT_TRUE(server().open_uploads().empty());
}

TEST_F(ClientFaults, ALostAnswerToTheMoveIsLookedUp) {
    const FileUpload file = upload_of(at("grand.bin"), std::make_shared<PatternContent>(3 << 16));
    server().fault({.kind = Fault::Kind::lose_answer, .method = "MOVE"});
    const auto uploaded = client().put_chunked(file, "u1", {}, {});
    ASSERT_TRUE(uploaded) << uploaded.error().code << " " << uploaded.error().message;
    EXPECT_EQ(acted("MOVE"), 1);
    expect_stored(file);
}

TEST_F(ClientFaults, AnUploadThatTheServerForgotBeginsAgain) {
    const FileUpload file = upload_of(at("grand.bin"), std::make_shared<PatternContent>(3 << 16));
    server().fault({.method = "PUT", .path_suffix = "/00002", .status = 404});
    server().fault({.method = "PROPFIND", .path_suffix = "/u1", .skip = 1, .status = 404});
    EXPECT_EQ(client().put_chunked(file, "u1", {}, {}).error().code, codes::upload_interrupted);
    EXPECT_TRUE(client().put_chunked(file, "u1", {}, {}));
    expect_stored(file);
}

TEST_F(ClientFaults, AConnectionClosedBetweenRequestsIsNoticed) {
    server().fault({.kind = Fault::Kind::close_after_answer, .times = -1});
    for (int i = 0; i < 10; ++i)
        EXPECT_TRUE(client().put(upload_of(at(fmt::format("f{}", i)), "x"), {}));
    EXPECT_EQ(acted("PUT"), 10);
}

TEST_F(ClientFaults, AListingThatIsCutIsAskedAgain) {
    ASSERT_TRUE(client().put(upload_of(at("a"), "x"), {}));
    server().fault({.kind = Fault::Kind::cut_answer, .method = "PROPFIND"});
    const auto entries = client().list(subject->folder(), {});
    ASSERT_TRUE(entries && *entries);
    EXPECT_EQ((*entries)->size(), 1u);
}

} // namespace passerelle::contract
