// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/files.hpp"
#include "tests/unit/client/dav/scripted_transport.hpp"

#include <gmock/gmock.h>

namespace passerelle::dav {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class Files : public ::testing::Test {
  protected:
    void TearDown() override { EXPECT_TRUE(transport.finished()); }

    ScriptedTransport transport;
    Endpoint endpoint{transport, {.root = {}, .user_id = "alice", .min_mtime = 86401}};
};

} // namespace

TEST_F(Files, PathsAreEncodedAndTheServerMayLiveInAFolder) {
    const Endpoint in_folder(transport, {.root = "/cloud", .user_id = "jean@asso.fr"});
    EXPECT_EQ(in_folder.file("Été/a b#.txt"), "/cloud/remote.php/dav/files/jean%40asso.fr/%C3%89t%C3%A9/a%20b%23.txt");
    EXPECT_EQ(in_folder.file(""), "/cloud/remote.php/dav/files/jean%40asso.fr");
    EXPECT_EQ(in_folder.upload("id", "00001"), "/cloud/remote.php/dav/uploads/jean%40asso.fr/id/00001");
}

TEST_F(Files, FindTellsAFile) {
    transport.answer(207, multistatus(file_response(std::string(kFiles) + "/a/b.txt", 12, "99")));
    const auto entry = find(endpoint, "a/b.txt", {});
    ASSERT_TRUE(entry && *entry);
    EXPECT_EQ((*entry)->path, "a/b.txt");
    EXPECT_EQ((*entry)->size, 12u);
    EXPECT_EQ((*entry)->etag, "e99");
    EXPECT_EQ((*entry)->file_id, "99");
    EXPECT_FALSE((*entry)->folder);
    EXPECT_EQ(transport.sent[0].header("Depth"), "0");
}

TEST_F(Files, FindTellsThatThereIsNothing) {
    transport.answer(404, error_body("Sabre\\DAV\\Exception\\NotFound", "not there"));
    const auto entry = find(endpoint, "a", {});
    ASSERT_TRUE(entry);
    EXPECT_FALSE(*entry);
}

TEST_F(Files, AnAnswerThatIsNoMultistatusIsBad) {
    transport.answer(200, "<html/>");
    EXPECT_EQ(find(endpoint, "a", {}).error().code, codes::server_bad_answer);
}

TEST_F(Files, ListGivesTheChildrenAlone) {
    transport.answer(207, multistatus(folder_response(std::string(kFiles) + "/d/") +
                                      folder_response(std::string(kFiles) + "/d/e/") +
                                      file_response(std::string(kFiles) + "/d/f.txt", 1)));
    const auto entries = list(endpoint, "d", {});
    ASSERT_TRUE(entries && *entries);
    ASSERT_EQ((*entries)->size(), 2u);
    EXPECT_EQ((**entries)[0].path, "d/e");
    EXPECT_TRUE((**entries)[0].folder);
    EXPECT_EQ((**entries)[1].path, "d/f.txt");
    EXPECT_EQ(transport.sent[0].header("Depth"), "1");
}

TEST_F(Files, AFileIsNoFolderToList) {
    transport.answer(207, multistatus(file_response(std::string(kFiles) + "/d", 1)));
    const auto entries = list(endpoint, "d", {});
    ASSERT_TRUE(entries);
    EXPECT_FALSE(*entries);
}

TEST_F(Files, MakeFolderAcceptsAFolderThatIsThere) {
    transport.answer(405).answer(207, multistatus(folder_response(std::string(kFiles) + "/d/")));
    EXPECT_TRUE(make_folder(endpoint, "d", {}));
}

TEST_F(Files, MakeFolderDoesNotTakeAFileForAFolder) {
    transport.answer(405).answer(207, multistatus(file_response(std::string(kFiles) + "/d", 1)));
    EXPECT_EQ(make_folder(endpoint, "d", {}).error().code, codes::target_exists);
}

TEST_F(Files, MakeFolderSaysThatItsParentIsMissing) {
    transport.answer(409);
    EXPECT_EQ(make_folder(endpoint, "a/b", {}).error().code, codes::target_parent_missing);
}

TEST_F(Files, StoredDigestIsComputedByTheServer) {
    transport.answer(204, "", {{"OC-Checksum", "SHA256:00ff"}});
    EXPECT_EQ(stored_sha256(endpoint, "a", {}).value(), "00ff");
    EXPECT_EQ(transport.sent[0].line, "PATCH /remote.php/dav/files/alice/a");
    EXPECT_EQ(transport.sent[0].header("X-Recalculate-Hash"), "sha256");
}

TEST_F(Files, PropertiesAreSetTogetherAndTimesRaisedToWhatTheServerAccepts) {
    transport.answer(207, multistatus("<d:response><d:href>/remote.php/dav/files/alice/a</d:href><d:propstat><d:prop>"
                                      "<d:lastmodified/><nc:creation_time/><oc:favorite/></d:prop>"
                                      "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"));
    EXPECT_TRUE(set_properties(endpoint, "a", {from_epoch(1'400'000'000), from_epoch(5), true}, {}));
    EXPECT_THAT(transport.sent[0].body, HasSubstr("<d:lastmodified>1400000000</d:lastmodified>"));
    EXPECT_THAT(transport.sent[0].body, HasSubstr("<nc:creation_time>86401</nc:creation_time>"));
    EXPECT_THAT(transport.sent[0].body, HasSubstr("<oc:favorite>1</oc:favorite>"));
}

TEST_F(Files, OnlyThePropertiesGivenAreSet) {
    transport.answer(207, multistatus(folder_response("/remote.php/dav/files/alice/a")));
    EXPECT_TRUE(
        set_properties(endpoint, "a", {.modified = from_epoch(1'400'000'000), .created = {}, .favorite = {}}, {}));
    EXPECT_THAT(transport.sent[0].body, Not(HasSubstr("favorite")));
    EXPECT_TRUE(set_properties(endpoint, "a", {}, {})) << "nothing to say, nothing sent";
}

TEST_F(Files, ARefusedPropertyIsTold) {
    transport.answer(207,
                     multistatus("<d:response><d:href>/remote.php/dav/files/alice/a</d:href><d:propstat><d:prop>"
                                 "<d:lastmodified/></d:prop><d:status>HTTP/1.1 403 Forbidden</d:status></d:propstat>"
                                 "<d:propstat><d:prop><oc:favorite/></d:prop><d:status>HTTP/1.1 200 OK</d:status>"
                                 "</d:propstat></d:response>"));
    const auto set = set_properties(endpoint, "a", {from_epoch(1'400'000'000), {}, true}, {});
    ASSERT_FALSE(set);
    EXPECT_EQ(set.error().code, codes::target_properties_refused);
    EXPECT_EQ(set.error().message, "lastmodified");
}

TEST_F(Files, RemoveIsContentWhenThereIsNothing) {
    transport.answer(404);
    EXPECT_TRUE(remove(endpoint, "a", {}));
}

TEST_F(Files, RemoveLeavesWhatHasChanged) {
    transport.answer(412);
    transport.answer(207, multistatus(file_response(std::string(kFiles) + "/a", 1, "2")));
    EXPECT_EQ(remove(endpoint, "a", {}, "e1").error().code, codes::target_changed);
    EXPECT_EQ(transport.sent[0].header("If-Match"), "\"e1\"");
}

TEST_F(Files, WhatIsGoneCannotHaveChanged) {
    transport.answer(412);
    transport.answer(404);
    EXPECT_TRUE(remove(endpoint, "a", {}, "e1"));
}

} // namespace passerelle::dav
