// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/hash.hpp"
#include "tests/contract/contract.hpp"

namespace passerelle::contract {
namespace {

class ChunksContract : public ContractTest {
  protected:
    void SetUp() override {
        ContractTest::SetUp();
        upload_ = uploads() + "/" + folder_name();
    }
    void TearDown() override {
        if (!folder_name().empty()) send("DELETE", upload_); // gone already where the upload was finished
        ContractTest::TearDown();
    }

    http::Response begin() { return send("MKCOL", upload_, {{"Destination", destination()}}); }
    http::Response chunk(const std::string& name, const std::string& bytes) {
        return send("PUT", upload_ + "/" + name, {{"Destination", destination()}, {"OC-Total-Length", "10"}}, bytes);
    }
    http::Response finish(Fields headers = {}) {
        headers.insert(headers.begin(), {{"Destination", destination()}, {"OC-Total-Length", "10"}});
        return send("MOVE", upload_ + "/.file", headers);
    }
    http::Response list() {
        return send("PROPFIND", upload_, {{"Depth", "1"}, {"Content-Type", "application/xml"}},
                    "<?xml version=\"1.0\"?><d:propfind "
                    "xmlns:d=\"DAV:\"><d:prop><d:getcontentlength/><d:resourcetype/></d:prop></d:propfind>");
    }
    [[nodiscard]] std::string destination() const { return url() + folder() + "/big.bin"; }

    std::string upload_;
};
INSTANTIATE_TEST_SUITE_P(Nextcloud, ChunksContract, ::testing::ValuesIn(targets()),
                         ::testing::PrintToStringParamName());

TEST_P(ChunksContract, AnUploadFromBeginningToEnd) {
    EXPECT_EQ(begin().status, 201);
    EXPECT_EQ(begin().status, 405);
    EXPECT_EQ(chunk("00001", "01234").status, 201);
    EXPECT_EQ(chunk("00001", "12345").status, 204);
    EXPECT_EQ(chunk("00002", "67890").status, 201);
    const auto end = finish({{"X-OC-MTime", "1400000000"},
                             {"X-OC-CTime", "1300000000"},
                             {"X-Hash", "sha256"},
                             {"OC-Checksum", "SHA256:feed"}});
    EXPECT_EQ(end.status, 201);
    EXPECT_EQ(header(end, "X-Hash-SHA256"), sha256_hex("1234567890"));
    EXPECT_EQ(header(end, "X-OC-MTime"), "accepted");
    EXPECT_EQ(header(end, "X-OC-CTime"), "accepted");
    EXPECT_NE(header(end, "ETag"), "");
    EXPECT_NE(header(end, "OC-FileId"), "");
    EXPECT_EQ(files("GET", "big.bin").body, "1234567890");
    const auto found = propfind("big.bin").body;
    EXPECT_EQ(element(found, "d:getlastmodified"), "Tue, 13 May 2014 16:53:20 GMT");
    EXPECT_EQ(element(found, "nc:creation_time"), "1300000000");
    EXPECT_EQ(element(found, "oc:checksum"), "SHA256:feed");
    EXPECT_EQ(finish().status, 404);
    EXPECT_EQ(finish({{"Overwrite", "F"}}).status, 412) << "what a repeat hears after its answer was lost";
    EXPECT_EQ(chunk("00003", "x").status, 404);
    EXPECT_EQ(list().status, 404);
}

TEST_P(ChunksContract, TheListShowsWhatHasArrived) {
    begin();
    chunk("00001", "12345");
    chunk("00002", "678");
    const auto listed = list();
    EXPECT_EQ(listed.status, 207);
    EXPECT_EQ(element(response_for(listed.body, "/00001"), "d:getcontentlength"), "5");
    EXPECT_EQ(element(response_for(listed.body, "/00002"), "d:getcontentlength"), "3");
    EXPECT_EQ(element(response_for(listed.body, "/.file"), "d:getcontentlength"), "8");
    EXPECT_EQ(send("PROPFIND", uploads(), {{"Depth", "1"}}).status, major() >= 34 ? 405 : 207);
}

TEST_P(ChunksContract, ARefusedEndKeepsTheChunks) {
    begin();
    chunk("00001", "12345");
    EXPECT_EQ(finish().status, 400) << "too early";
    chunk("00002", "67890");
    const Fields elsewhere = {{"Destination", url() + folder() + "/no/where.bin"}, {"OC-Total-Length", "10"}};
    EXPECT_EQ(send("MOVE", upload_ + "/.file", elsewhere).status, 409);
    put("big.bin", "here first");
    EXPECT_EQ(finish({{"Overwrite", "F"}}).status, 412);
    EXPECT_EQ(files("GET", "big.bin").body, "here first");
    EXPECT_EQ(finish().status, 204);
    EXPECT_EQ(files("GET", "big.bin").body, "1234567890");
}

TEST_P(ChunksContract, AnUploadCanBeDropped) {
    begin();
    chunk("00001", "12345");
    EXPECT_EQ(send("DELETE", upload_).status, 204);
    EXPECT_EQ(send("DELETE", upload_).status, 404);
}

} // namespace
} // namespace passerelle::contract
