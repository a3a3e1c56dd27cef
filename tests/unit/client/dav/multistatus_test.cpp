// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/multistatus.hpp"
#include "core/reason_codes.hpp"

#include <gmock/gmock.h>

namespace passerelle::dav {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kListing = R"(<?xml version="1.0"?>
<d:multistatus xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns">
 <d:response>
  <d:href>/cloud/remote.php/dav/files/zo%c3%a9/Compta/</d:href>
  <d:propstat>
   <d:prop>
    <d:resourcetype><d:collection/></d:resourcetype>
    <d:getlastmodified>Sat, 12 Nov 2022 10:00:05 GMT</d:getlastmodified>
    <d:getetag>&quot;636f6d707461&quot;</d:getetag>
    <d:quota-used-bytes>1234</d:quota-used-bytes>
    <d:quota-available-bytes>-3</d:quota-available-bytes>
    <oc:fileid>41</oc:fileid>
    <oc:size>1234</oc:size>
   </d:prop>
   <d:status>HTTP/1.1 200 OK</d:status>
  </d:propstat>
  <d:propstat>
   <d:prop><d:getcontentlength/><oc:checksums/></d:prop>
   <d:status>HTTP/1.1 404 Not Found</d:status>
  </d:propstat>
 </d:response>
 <d:response>
  <d:href>/cloud/remote.php/dav/files/zo%c3%a9/Compta/Budget%202024%20%26%20%c3%a9t%c3%a9.ods</d:href>
  <d:propstat>
   <d:prop>
    <d:resourcetype/>
    <d:getlastmodified>Thu, 01 Jan 1970 00:00:00 GMT</d:getlastmodified>
    <d:getcontentlength>5000000000</d:getcontentlength>
    <d:getetag>&quot;abc&quot;</d:getetag>
    <oc:fileid>42</oc:fileid>
    <oc:checksums><oc:checksum>SHA256:00ff</oc:checksum></oc:checksums>
   </d:prop>
   <d:status>HTTP/1.1 200 OK</d:status>
  </d:propstat>
 </d:response>
</d:multistatus>)";

} // namespace

TEST(Multistatus, ReadsAListing) {
    const auto resources = parse_multistatus(kListing, "/cloud/remote.php/dav/files/zo%C3%A9/Compta");
    ASSERT_TRUE(resources);
    ASSERT_EQ(resources->size(), 2u);
    const Resource& folder = (*resources)[0];
    EXPECT_EQ(folder.path, "");
    EXPECT_TRUE(folder.collection);
    EXPECT_EQ(folder.modified, from_epoch(1668247205));
    EXPECT_EQ(folder.size, 1234u);
    EXPECT_EQ(folder.quota_used, 1234);
    EXPECT_EQ(folder.quota_available, -3);
    EXPECT_THAT(folder.refused, ElementsAre("getcontentlength", "checksums"));
    const Resource& file = (*resources)[1];
    EXPECT_EQ(file.path, "Budget 2024 & été.ods");
    EXPECT_FALSE(file.collection);
    EXPECT_EQ(file.modified, from_epoch(0));
    EXPECT_EQ(file.length, 5'000'000'000u);
    EXPECT_EQ(file.etag, "abc");
    EXPECT_EQ(file.file_id, "42");
    EXPECT_THAT(file.checksums, ElementsAre("SHA256:00ff"));
    EXPECT_THAT(file.refused, IsEmpty());
}

TEST(Multistatus, AProxyMayShowTheServerInAnotherFolder) {
    const auto resources = parse_multistatus(kListing, "/remote.php/dav/files/zo%C3%A9/Compta");
    ASSERT_TRUE(resources);
    EXPECT_EQ((*resources)[1].path, "Budget 2024 & été.ods");
}

TEST(Multistatus, HrefsMayBeWholeAddresses) {
    const auto resources = parse_multistatus(
        "<d:multistatus xmlns:d='DAV:'><d:response><d:href>https://c.example/remote.php/dav/files/a/b/c.txt</d:href>"
        "</d:response></d:multistatus>",
        "/remote.php/dav/files/a/b");
    ASSERT_TRUE(resources);
    EXPECT_EQ(resources->front().path, "c.txt");
}

TEST(Multistatus, ACutBodyIsABadAnswer) {
    for (const std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{200}, kListing.size() - 1}) {
        const auto resources = parse_multistatus(kListing.substr(0, length), "/remote.php/dav/files/a");
        ASSERT_FALSE(resources) << length;
        EXPECT_EQ(resources.error().code, codes::server_bad_answer);
        EXPECT_EQ(resources.error().kind, ErrorKind::retryable);
    }
}

TEST(Multistatus, APageOfHtmlIsABadAnswer) {
    EXPECT_EQ(parse_multistatus("<html><body/></html>", "/").error().code, codes::server_bad_answer);
}

TEST(ErrorBody, SaysWhatTheNameRulesSay) {
    const ErrorBody body = parse_error_body(R"(<?xml version="1.0" encoding="utf-8"?>
<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">
  <s:exception>OCA\DAV\Connector\Sabre\Exception\InvalidPath</s:exception>
  <s:message>"a&lt;b" is not allowed inside a file or folder name.</s:message>
  <o:retry xmlns:o="o:">false</o:retry>
  <o:reason xmlns:o="o:">"&lt;" is not allowed</o:reason>
</d:error>)");
    EXPECT_EQ(body.exception, "OCA\\DAV\\Connector\\Sabre\\Exception\\InvalidPath");
    EXPECT_EQ(body.reason, "\"<\" is not allowed");
}

TEST(ErrorBody, IsEmptyForAnythingElse) {
    EXPECT_EQ(parse_error_body("<html><message>x</message></html>").message, "");
    EXPECT_EQ(parse_error_body("").exception, "");
}

} // namespace passerelle::dav
