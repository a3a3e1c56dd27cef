// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/contract/contract.hpp"

namespace passerelle::contract {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class FoldersContract : public ContractTest {
  protected:
    http::Response proppatch(const std::string& path, const std::string& properties) {
        return files("PROPPATCH", path, {{"Content-Type", "application/xml"}},
                     "<?xml version=\"1.0\"?><d:propertyupdate xmlns:d=\"DAV:\" xmlns:oc=\"http://owncloud.org/ns\" "
                     "xmlns:nc=\"http://nextcloud.org/ns\"><d:set><d:prop>" +
                         properties + "</d:prop></d:set></d:propertyupdate>");
    }
    static constexpr const char* kTimes =
        "<d:lastmodified>1400000000</d:lastmodified><nc:creation_time>1300000000</nc:creation_time>"
        "<oc:favorite>1</oc:favorite>";
};
INSTANTIATE_TEST_SUITE_P(Nextcloud, FoldersContract, ::testing::ValuesIn(targets()),
                         ::testing::PrintToStringParamName());

TEST_P(FoldersContract, MakingAFolder) {
    EXPECT_EQ(files("MKCOL", "new", {{"X-OC-MTime", "1400000000"}}).status, 201);
    EXPECT_THAT(element(propfind("new").body, "d:getlastmodified").value_or(""), Not(HasSubstr("2014")))
        << "X-OC-MTime is ignored";
    EXPECT_EQ(files("MKCOL", "new").status, 405);
    EXPECT_EQ(files("MKCOL", "no/where").status, 409);
    put("file", "hello");
    EXPECT_EQ(files("MKCOL", "file").status, 405);
    EXPECT_EQ(files("MKCOL", "file/below").status, 409);
}

TEST_P(FoldersContract, ListingGivesEncodedHrefsAndFoldersWithASlash) {
    files("MKCOL", "list");
    files("MKCOL", "list/Sous-dossier");
    put("list/%C3%A9t%C3%A9%20%26%20hiver.txt", "hello");
    const auto listed = propfind("list", "1");
    EXPECT_EQ(listed.status, 207);
    const std::string self = response_for(listed.body, "/list/");
    EXPECT_EQ(element(self, "oc:size"), "5");
    EXPECT_THAT(self, HasSubstr("<d:resourcetype><d:collection/></d:resourcetype>"));
    EXPECT_EQ(element(self, "oc:permissions"), "RGDNVCK");
    EXPECT_NE(response_for(listed.body, "/list/Sous-dossier/"), "");
    const std::string file = response_for(listed.body, "/list/%c3%a9t%c3%a9%20%26%20hiver.txt");
    EXPECT_EQ(element(file, "d:getcontentlength"), "5");
    EXPECT_EQ(element(file, "oc:permissions"), "RGDNVW");
    EXPECT_EQ(propfind("missing", "1").status, 404);
}

TEST_P(FoldersContract, DecomposedNamesAreComposed) {
    EXPECT_EQ(put("e%CC%81te%CC%81.txt", "hello").status, 201);
    EXPECT_EQ(files("GET", "%C3%A9t%C3%A9.txt").body, "hello");
}

TEST_P(FoldersContract, TimesAndFavouriteAreSetByProppatch) {
    files("MKCOL", "folder");
    put("file", "hello");
    for (const std::string path : {"folder", "file"}) {
        const auto patched = proppatch(path, kTimes);
        EXPECT_EQ(patched.status, 207);
        EXPECT_THAT(patched.body, Not(HasSubstr("HTTP/1.1 4")));
        const auto found = propfind(path).body;
        EXPECT_EQ(element(found, "d:getlastmodified"), "Tue, 13 May 2014 16:53:20 GMT");
        EXPECT_EQ(element(found, "nc:creation_time"), "1300000000");
        EXPECT_EQ(element(found, "oc:favorite"), "1");
    }
    EXPECT_EQ(proppatch("missing", kTimes).status, 404);
}

TEST_P(FoldersContract, AChildsChangeLiftsTheFoldersTimeAndChangesItsEtag) {
    files("MKCOL", "folder");
    files("MKCOL", "folder/inner");
    proppatch("folder", kTimes);
    const auto before = propfind("folder").body;
    put("folder/inner/file", "hello", {{"X-OC-MTime", "1200000000"}});
    const auto after = propfind("folder").body;
    EXPECT_NE(element(after, "d:getetag"), element(before, "d:getetag"));
    EXPECT_THAT(element(after, "d:getlastmodified").value_or(""), Not(HasSubstr("2014")));
    EXPECT_EQ(element(after, "oc:size"), "5");
    EXPECT_EQ(files("DELETE", "folder/inner").status, 204);
    EXPECT_EQ(element(propfind("folder").body, "oc:size"), "0");
}

} // namespace
} // namespace passerelle::contract
