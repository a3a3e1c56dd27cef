// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/hash.hpp"
#include "tests/contract/contract.hpp"

namespace passerelle::contract {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class FilesContract : public ContractTest {};
INSTANTIATE_TEST_SUITE_P(Nextcloud, FilesContract, ::testing::ValuesIn(targets()), ::testing::PrintToStringParamName());

const std::string kHello = sha256_hex("hello");

TEST_P(FilesContract, ANewFileIsWrittenWithTimesAndHash) {
    const auto response = put("a.txt", "hello",
                              {{"X-OC-MTime", "1400000000"},
                               {"X-OC-CTime", "1300000000"},
                               {"X-Hash", "sha256"},
                               {"OC-Checksum", "SHA256:" + kHello},
                               {"If-None-Match", "*"}});
    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(header(response, "X-OC-MTime"), "accepted");
    EXPECT_EQ(header(response, "X-OC-CTime"), "accepted");
    EXPECT_EQ(header(response, "X-Hash-SHA256"), kHello);
    EXPECT_THAT(header(response, "ETag"), StartsWith("\""));
    EXPECT_EQ(header(response, "OC-ETag"), header(response, "ETag"));
    EXPECT_GE(header(response, "OC-FileId").size(), 9u);

    const auto found = propfind("a.txt");
    EXPECT_EQ(found.status, 207);
    EXPECT_EQ(element(found.body, "d:getlastmodified"), "Tue, 13 May 2014 16:53:20 GMT");
    EXPECT_EQ(element(found.body, "d:getcontentlength"), "5");
    EXPECT_EQ(element(found.body, "oc:size"), "5");
    EXPECT_EQ(element(found.body, "nc:creation_time"), "1300000000");
    EXPECT_EQ(element(found.body, "oc:favorite"), "0");
    EXPECT_EQ(element(found.body, "oc:checksum"), "SHA256:" + kHello);
    std::string etag = header(response, "ETag");
    EXPECT_EQ(element(found.body, "d:getetag"), "&quot;" + etag.substr(1, etag.size() - 2) + "&quot;");
    EXPECT_THAT(found.body, HasSubstr("<d:resourcetype/>"));
}

TEST_P(FilesContract, OverwritingKeepsTheFileIdAndDropsTheChecksum) {
    // Of another time: an etag tells the time and the inode, which a second write within the second may have again.
    const auto first = put("a.txt", "hello", {{"OC-Checksum", "SHA256:" + kHello}, {"X-OC-MTime", "1400000000"}});
    const auto second = put("a.txt", "other", {{"X-Hash", "sha256"}});
    EXPECT_EQ(second.status, 204);
    EXPECT_EQ(header(second, "OC-FileId"), header(first, "OC-FileId"));
    EXPECT_NE(header(second, "ETag"), header(first, "ETag"));
    EXPECT_EQ(header(second, "X-Hash-SHA256"), sha256_hex("other"));
    EXPECT_EQ(element(propfind("a.txt").body, "oc:checksum"), std::nullopt);
}

TEST_P(FilesContract, PreconditionsProtectWhatIsThere) {
    const auto first = put("a.txt", "hello");
    EXPECT_EQ(put("a.txt", "other", {{"If-None-Match", "*"}}).status, 412);
    EXPECT_EQ(put("a.txt", "other", {{"If-Match", "\"0123456789abcdef\""}}).status, 412);
    EXPECT_EQ(put("new.txt", "other", {{"If-Match", "\"0123456789abcdef\""}}).status, 412);
    EXPECT_EQ(files("GET", "a.txt").body, "hello");
    EXPECT_EQ(put("a.txt", "other", {{"If-Match", header(first, "ETag")}}).status, 204);
    EXPECT_EQ(files("DELETE", "a.txt", {{"If-Match", header(first, "ETag")}}).status, 412);
}

TEST_P(FilesContract, ARangeOfTheVeryStateIsRead) {
    const auto written = put("a.txt", "hello world");
    const auto etag = header(written, "ETag");
    const auto middle = files("GET", "a.txt", {{"Range", "bytes=6-8"}, {"If-Match", etag}});
    EXPECT_EQ(middle.status, 206);
    EXPECT_EQ(middle.body, "wor");
    EXPECT_EQ(header(middle, "Content-Range"), "bytes 6-8/11");
    const auto beyond_the_end = files("GET", "a.txt", {{"Range", "bytes=6-1000"}, {"If-Match", etag}});
    EXPECT_EQ(beyond_the_end.status, 206);
    EXPECT_EQ(beyond_the_end.body, "world");
    EXPECT_EQ(files("GET", "a.txt", {{"Range", "bytes=11-20"}, {"If-Match", etag}}).status, 416);
    put("a.txt", "another state");
    EXPECT_EQ(files("GET", "a.txt", {{"Range", "bytes=6-8"}, {"If-Match", etag}}).status, 412);
    EXPECT_EQ(files("GET", "missing.txt", {{"Range", "bytes=6-8"}, {"If-Match", etag}}).status, 404);
}

TEST_P(FilesContract, TheChecksumIsStoredWithoutBeingLookedAt) {
    EXPECT_EQ(put("a.txt", "hello", {{"OC-Checksum", "SHA256:" + sha256_hex("other")}}).status, 201);
    EXPECT_EQ(element(propfind("a.txt").body, "oc:checksum"), "SHA256:" + sha256_hex("other"));
    const auto recalculated = files("PATCH", "a.txt", {{"X-Recalculate-Hash", "sha256"}});
    EXPECT_EQ(recalculated.status, 204);
    EXPECT_EQ(header(recalculated, "OC-Checksum"), "SHA256:" + kHello);
    EXPECT_EQ(element(propfind("a.txt").body, "oc:checksum"), "SHA256:" + kHello);
    EXPECT_EQ(files("PATCH", "missing.txt", {{"X-Recalculate-Hash", "sha256"}}).status, 404);
}

TEST_P(FilesContract, ATimeThatIsTooSmallIsRefusedAfterTheWrite) {
    for (const std::string time : {"0", "86400"}) {
        EXPECT_EQ(put("old.txt", "hello", {{"X-OC-MTime", time}}).status, 500) << time;
        EXPECT_EQ(files("GET", "old.txt").body, "hello");
    }
    EXPECT_LT(put("old.txt", "hello", {{"X-OC-MTime", "86401"}}).status, 300);
    EXPECT_EQ(element(propfind("old.txt").body, "d:getlastmodified"), "Fri, 02 Jan 1970 00:00:01 GMT");
}

TEST_P(FilesContract, ParentsAreMadeOnlyWhereAskedAndFrom32On) {
    EXPECT_EQ(put("no/where/a.txt", "hello").status, 404);
    EXPECT_EQ(put("no/where/a.txt", "hello", {{"X-NC-WebDAV-Auto-Mkcol", "1"}}).status, major() >= 32 ? 201 : 404);
    EXPECT_EQ(propfind("no/where").status, major() >= 32 ? 207 : 404);
}

TEST_P(FilesContract, AFolderOrAFileInTheWayIsRefused) {
    EXPECT_EQ(files("MKCOL", "folder").status, 201);
    EXPECT_EQ(put("folder", "hello").status, 409);
    EXPECT_EQ(put("file", "hello").status, 201);
    EXPECT_EQ(put("file/below", "hello").status, 404);
}

TEST_P(FilesContract, AFileComesBackWholeAndInParts) {
    put("a.txt", "hello", {{"X-OC-MTime", "1400000000"}});
    const auto whole = files("GET", "a.txt");
    EXPECT_EQ(whole.status, 200);
    EXPECT_EQ(whole.body, "hello");
    EXPECT_EQ(header(whole, "Last-Modified"), "Tue, 13 May 2014 16:53:20 GMT");
    const auto part = files("GET", "a.txt", {{"Range", "bytes=1-3"}});
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(part.body, "ell");
    EXPECT_EQ(header(part, "Content-Range"), "bytes 1-3/5");
    EXPECT_EQ(files("GET", "a.txt", {{"Range", "bytes=9-"}}).status, 416);
    EXPECT_EQ(files("HEAD", "a.txt").status, 200);
    EXPECT_EQ(files("GET", "missing.txt").status, 404);
}

TEST_P(FilesContract, DeletingAndMoving) {
    put("a.txt", "hello");
    put("b.txt", "other");
    const Fields to_b = {{"Destination", url() + folder() + "/b.txt"}, {"Overwrite", "F"}};
    EXPECT_EQ(files("MOVE", "a.txt", to_b).status, 412);
    EXPECT_EQ(files("MOVE", "a.txt", {{"Destination", url() + folder() + "/no/where.txt"}}).status, 409);
    EXPECT_EQ(files("MOVE", "a.txt", {{"Destination", url() + folder() + "/c%20d.txt"}}).status, 201);
    EXPECT_EQ(files("GET", "c%20d.txt").body, "hello");
    EXPECT_EQ(files("MOVE", "a.txt", to_b).status, 412) << "the destination is looked at before the source";
    EXPECT_EQ(files("MOVE", "a.txt", {{"Destination", url() + folder() + "/e.txt"}}).status, 404);
    EXPECT_EQ(files("DELETE", "b.txt").status, 204);
    EXPECT_EQ(files("DELETE", "b.txt").status, 404);
}

TEST_P(FilesContract, AnErrorSaysItsException) {
    const auto response = files("GET", "missing.txt");
    EXPECT_THAT(header(response, "Content-Type"), StartsWith("application/xml"));
    EXPECT_EQ(element(response.body, "s:exception"), "Sabre\\DAV\\Exception\\NotFound");
    EXPECT_THAT(element(response.body, "s:message").value_or(""), HasSubstr("could not be located"));
}

} // namespace
} // namespace passerelle::contract
