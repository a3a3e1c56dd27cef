// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/hash.hpp"
#include "tests/contract/contract.hpp"

namespace passerelle::contract {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string md5_hex(std::string_view bytes) {
    Hasher hasher(HashAlgorithm::md5);
    hasher.update(bytes);
    return hasher.finish();
}

class BulkContract : public ContractTest {
  protected:
    /// A part of the request; `hash_line` is "X-File-MD5: …" or "OC-Checksum: …".
    std::string part(const std::string& name, const std::string& bytes, const std::string& hash_line) const {
        return "--B\r\nX-File-Path: /" + folder_name() + "/" + name + "\r\nX-OC-MTime: 1400000000\r\n" + hash_line +
               "\r\nContent-Length: " + std::to_string(bytes.size()) + "\r\n\r\n" + bytes + "\r\n";
    }
    std::string part(const std::string& name, const std::string& bytes) const {
        return part(name, bytes, "X-File-MD5: " + md5_hex(bytes));
    }
    http::Response post(const std::string& parts) {
        return send("POST", root() + "/remote.php/dav/bulk", {{"Content-Type", "multipart/related; boundary=B"}},
                    parts + "--B--\r\n");
    }
    /// The key of a file as PHP writes it.
    std::string key(const std::string& name) const { return R"("\/)" + folder_name() + R"(\/)" + name + R"(":)"; }
};
INSTANTIATE_TEST_SUITE_P(Nextcloud, BulkContract, ::testing::ValuesIn(targets()), ::testing::PrintToStringParamName());

TEST_P(BulkContract, WritesFilesWithTheirTimes) {
    const auto response = post(part("été.txt", "hello") + part("empty", ""));
    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(header(response, "Content-Type"), StartsWith("text/html"));
    EXPECT_THAT(response.body, HasSubstr(key(R"(\u00e9t\u00e9.txt)") + R"({"error":false,"etag":")"));
    EXPECT_THAT(response.body, HasSubstr(R"("permissions":"RGDNVW"})"));
    EXPECT_THAT(response.body, HasSubstr(key("empty") + R"({"error":false)"));
    EXPECT_EQ(files("GET", "%C3%A9t%C3%A9.txt").body, "hello");
    const auto found = propfind("%C3%A9t%C3%A9.txt").body;
    EXPECT_EQ(element(found, "d:getlastmodified"), "Tue, 13 May 2014 16:53:20 GMT");
    EXPECT_EQ(element(found, "oc:checksum"), std::nullopt) << "the checksum is not stored";
}

TEST_P(BulkContract, OverwritesWithoutAWord) {
    put("a.txt", "before");
    EXPECT_THAT(post(part("a.txt", "after")).body, HasSubstr(R"("error":false)"));
    EXPECT_EQ(files("GET", "a.txt").body, "after");
}

TEST_P(BulkContract, AMissingParentFailsThatFileAlone) {
    const auto response = post(part("a.txt", "a") + part("nowhere/b.txt", "b") + part("c.txt", "c"));
    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(response.body, HasSubstr(key("a.txt") + R"({"error":false)"));
    EXPECT_THAT(response.body,
                HasSubstr(key(R"(nowhere\/b.txt)") + R"({"error":true,"message":"Could not create path )"));
    EXPECT_THAT(response.body, HasSubstr(key("c.txt") + R"({"error":false)"));
    EXPECT_EQ(propfind("nowhere").status, 404);
}

TEST_P(BulkContract, AWrongHashEndsTheRequestAndListsWhatWasWritten) {
    const auto response =
        post(part("a.txt", "a") + part("b.txt", "b", "X-File-MD5: " + md5_hex("other")) + part("c.txt", "c"));
    EXPECT_EQ(response.status, 400);
    EXPECT_THAT(response.body, HasSubstr(key("a.txt") + R"({"error":false)"));
    EXPECT_THAT(response.body, Not(HasSubstr("b.txt")));
    EXPECT_EQ(files("GET", "a.txt").status, 200);
    EXPECT_EQ(files("GET", "b.txt").status, 404);
    EXPECT_EQ(files("GET", "c.txt").status, 404);
}

TEST_P(BulkContract, From32OnASha256IsVerified) {
    const std::string sha256 = sha256_hex("hello");
    EXPECT_EQ(post(part("a.txt", "hello", "OC-Checksum: sha256:" + sha256)).status, major() >= 32 ? 200 : 400);
    EXPECT_EQ(post(part("b.txt", "hello", "OC-Checksum: SHA256:" + sha256)).status, major() >= 32 ? 200 : 400);
    EXPECT_EQ(post(part("c.txt", "other", "OC-Checksum: sha256:" + sha256)).status, 400);
    EXPECT_EQ(files("GET", "a.txt").status, major() >= 32 ? 200 : 404);
    EXPECT_EQ(files("GET", "c.txt").status, 404);
}

TEST_P(BulkContract, WithoutAHashNothingIsWritten) {
    const auto response = post(part("a.txt", "hello", "X-Nothing: 1"));
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(response.body, "[]");
    EXPECT_EQ(files("GET", "a.txt").status, 404);
}

TEST_P(BulkContract, AForbiddenNameFailsThatFileAloneAPartialOneTheBatchBefore34) {
    const auto reserved = post(part("a.txt", "a") + part(".htaccess", "b") + part("c.txt", "c"));
    EXPECT_EQ(reserved.status, 200);
    EXPECT_THAT(reserved.body, HasSubstr(key(".htaccess") + R"({"error":true)"));
    EXPECT_THAT(reserved.body, HasSubstr(key("c.txt") + R"({"error":false)"));
    // 33 lies between two releases that were measured.
    if (major() == 33) return;
    EXPECT_EQ(post(part("film.part", "p")).status, major() >= 34 ? 200 : 500);
}

TEST_P(BulkContract, ATooLongNameFailsThatFileAlone) {
    const auto response = post(part(std::string(251, 'x'), "a") + part("c.txt", "c"));
    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(response.body, HasSubstr(key(std::string(251, 'x')) + R"({"error":true)"));
    EXPECT_THAT(response.body, HasSubstr(key("c.txt") + R"({"error":false)"));
}

TEST_P(BulkContract, TheLastLineEndIsRequired) {
    const auto response = send("POST", root() + "/remote.php/dav/bulk",
                               {{"Content-Type", "multipart/related; boundary=B"}}, part("a.txt", "hello") + "--B--");
    EXPECT_EQ(response.status, 400);
    EXPECT_THAT(response.body, HasSubstr(key("a.txt") + R"({"error":false)")) << "written and listed all the same";
}

} // namespace
} // namespace passerelle::contract
